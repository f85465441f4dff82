import { ChevronDown, Link2, MessageSquare } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { Shot } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { withWidth } from '../ui/picture-address.ts';
import { classNames } from '../ui/class-names.ts';
import { Money } from '../ui/money.tsx';
import { durationWords } from '../ui/time-words.ts';
import { SEVERITIES } from './problem-bar.tsx';
import { ShotDetails, type ShotDetailsProps } from './shot-details.tsx';

export interface ShotRowProps extends ShotDetailsProps {
  shown: boolean;
  opened: boolean;
}

const CHANGES: Record<NonNullable<Shot['change']>, string | undefined> = { new: 'new', kept: undefined, edited: 'new words', replanned: 'planned anew', fixed: 'mended' };

/** One shot: its picture, its words, how it is filmed and what it costs; opened, everything of it. */
export function ShotRow({ shot, shown, opened, ...rest }: ShotRowProps): ReactNode {
  const { problems, engine, flags } = rest;
  const worst = (['error', 'warning', 'info'] as const).find((severity) => problems.some(({ issue }) => issue.severity === severity));
  return (
    <div className={classNames('border-b border-l-4 border-b-line', shown ? 'border-l-warm bg-panel' : 'border-l-transparent')}>
      <ShotHead shot={shot} shown={shown} opened={opened} engine={engine} flagged={flags.has(shot.name)} worst={worst} problemCount={problems.length} />
      {opened ? <ShotDetails {...rest} shot={shot} /> : null}
    </div>
  );
}

interface ShotHeadProps {
  shot: Shot;
  shown: boolean;
  opened: boolean;
  engine: Engine;
  /** It wants another model than the film. */
  flagged: boolean;
  worst: keyof typeof SEVERITIES | undefined;
  problemCount: number;
}

/** What is seen of a closed one. While somebody writes, only those that change are drawn anew. */
const ShotHead = memo(function ShotHead({ shot, shown, opened, engine, flagged, worst, problemCount }: ShotHeadProps): ReactNode {
  const { name, prompt, pictureUrl, settings, estimateUnits, takesWanted, continues, lines, change } = shot;
  const changed = change && CHANGES[change];
  const Worst = worst && SEVERITIES[worst].icon;
  return (
      <button type="button" data-shot={name} aria-expanded={opened} aria-current={shown ? 'true' : undefined} className="flex w-full items-start gap-3 p-3 text-left -outline-offset-2 hover:bg-panel">
        <span className="relative mt-0.5 block aspect-video w-28 shrink-0 overflow-hidden rounded-lg bg-sunken max-sm:w-20">{pictureUrl === undefined ? null : <img src={withWidth(pictureUrl, 320)} alt="" loading="lazy" decoding="async" className="size-full object-contain" />}</span>
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2 text-sm">
            <span className="font-mono">{name}</span>
            {changed === undefined ? null : <span className="rounded border border-line px-1.5 text-caution-text">{changed}</span>}
            {continues ? <Link2 size={14} className="text-quiet" aria-label="goes on from the shot before" /> : null}
            {lines.length > 0 ? <MessageSquare size={14} className="text-quiet" aria-label="somebody speaks" /> : null}
            {Worst ? (
              <span className={classNames('flex items-center gap-1', SEVERITIES[worst].text)}>
                <Worst size={14} aria-hidden />
                {problemCount}
                <span className="sr-only"> {problemCount === 1 ? 'problem' : 'problems'}</span>
              </span>
            ) : null}
            <ChevronDown size={16} aria-hidden className={classNames('ml-auto shrink-0 text-quiet transition-transform', opened && 'rotate-180')} />
          </span>
          <span className="mt-0.5 line-clamp-2 text-sm text-quiet">{prompt}</span>
          <span className="mt-1 flex flex-wrap gap-x-2 text-sm">
            <span>{[sizeWords(shot), durationWords(shot.onScreenS)].filter(Boolean).join(', ')}</span>
            <span className="text-quiet">{[settings.modelWord, settings.mode].filter(Boolean).join(' ')}</span>
            <Money units={estimateUnits * takesWanted} engine={engine} />
            {flagged ? <span className="text-caution-text">wants another model</span> : null}
          </span>
        </span>
      </button>
  );
});

/** `close, zoom in`: as its words are read. */
function sizeWords({ size, move }: Shot): string {
  return [size, move === undefined || move === 'static' ? undefined : move.replaceAll('-', ' ')].filter(Boolean).join(', ');
}
