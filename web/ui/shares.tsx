import type { ReactNode } from 'react';
import type { ProjectSummary } from '../../src/protocol/api/index.ts';
import { classNames } from './class-names.ts';

/** Done, in work, failed, and what is left, as parts of one bar; said in words to those who do not see it. */
export function Shares({ summary: { shots, ready, underWay, failed }, className }: { summary: Pick<ProjectSummary, 'shots' | 'ready' | 'underWay' | 'failed'>; className?: string }): ReactNode {
  const parts = [
    { words: `${ready} ready`, share: ready, fill: 'bg-good' },
    { words: `${underWay} in work`, share: underWay, fill: 'bg-accent' },
    { words: `${failed} failed`, share: failed, fill: 'bg-bad' },
  ];
  return (
    <div role="img" aria-label={parts.map(({ words }) => words).join(', ')} className={classNames('flex h-2 overflow-hidden rounded-full bg-raised', className)}>
      {parts.map(({ words, share, fill }) => (
        <div key={words} className={classNames('h-full transition-[width]', fill)} style={{ width: `${shots === 0 ? 0 : (share / shots) * 100}%` }} />
      ))}
    </div>
  );
}
