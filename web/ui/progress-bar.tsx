import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/**
 * How far something is. Without `done` nothing is known, and it says so by moving without a length.
 * @param done 0 to 1.
 */
export function ProgressBar({ label, done, className, fill = 'bg-accent' }: { label: string; done: number | undefined; className?: string; fill?: string }): ReactNode {
  const percent = done === undefined ? undefined : Math.round(Math.max(0, Math.min(1, done)) * 100);
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className={classNames('h-1.5 overflow-hidden rounded-full bg-raised', className)}>
      <div className={classNames('h-full rounded-full transition-[width]', fill, percent === undefined && 'w-1/3 animate-pulse')} style={percent === undefined ? undefined : { width: `${percent}%` }} />
    </div>
  );
}
