import { ArrowUpToLine, Link2, Plus, RotateCcw } from 'lucide-react';
import { memo, useState, type ReactNode } from 'react';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { useChange } from '../api/use-api.ts';
import { useFailureToast, useToast } from '../app/toasts.tsx';
import { useCard } from '../live/live-context.tsx';
import type { LiveCard } from '../live/live-store.ts';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Money } from '../ui/money.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { StatusMark, statusFill, statusWords } from '../ui/status.tsx';
import { durationWords } from '../ui/time-words.ts';
import type { MakeRequest } from './make-clips.tsx';
import { TimeLeft } from './time-left.tsx';

export interface ClipCardProps {
  shotId: string;
  projectId: string;
  engine: Engine;
  /** Place among the cards that are shown, and how many: most of them are not in the document. */
  position: number;
  total: number;
  /** Where it stands on the board, in pixels. */
  left: number;
  top: number;
  width: number;
  height: number;
  onOpen: (shotId: string) => void;
  onMake: (request: MakeRequest) => void;
}

/** One shot of the board. It hears of its own clip alone. */
export const ClipCard = memo(function ClipCard({ shotId, projectId, engine, position, total, left, top, width, height, onOpen, onMake }: ClipCardProps): ReactNode {
  const card = useCard(shotId);
  const [looking, setLooking] = useState(false);
  if (!card) return null;
  const { name, words, status, stage, error, clipUrl, pictureUrl, takes, readyTakes, shownTake } = card;
  const inWork = status !== 'completed' && status !== 'failed' && status !== 'notMade';
  return (
    <li
      aria-posinset={position}
      aria-setsize={total}
      className="absolute left-0 top-0 flex flex-col overflow-hidden rounded-xl border border-line bg-panel"
      style={{ width, height, transform: `translate(${left}px, ${top}px)` }}
      onMouseEnter={() => setLooking(true)}
      onMouseLeave={() => setLooking(false)}
      onFocus={() => setLooking(true)}
      onBlur={() => setLooking(false)}
    >
      <button type="button" data-card={shotId} className="relative block aspect-video w-full bg-sunken -outline-offset-2" onClick={() => onOpen(shotId)} aria-label={`${name}, ${statusWords(status, stage)}. ${readyTakes === 0 ? '' : `${readyTakes} ready. `}Open its takes`}>
        <img src={withWidth(pictureUrl, 320)} alt="" loading="lazy" decoding="async" className="absolute inset-0 size-full object-contain" />
        {looking && clipUrl !== undefined ? <video src={clipUrl} muted autoPlay loop playsInline className="absolute inset-0 size-full object-contain" /> : null}
        <span className="absolute left-2 top-2 rounded-md bg-black/70 px-1.5 py-0.5 font-mono text-xs text-white">{name}</span>
        {readyTakes > 1 ? <span className="absolute right-2 top-2 rounded-md bg-black/70 px-1.5 py-0.5 text-xs text-white">{readyTakes} takes</span> : null}
      </button>
      <div className={classNames('h-1', statusFill(status))} />
      <div className="flex min-h-0 flex-1 flex-col gap-1.5 p-3">
        <div className="flex items-center justify-between gap-2">
          <StatusMark status={status} stage={stage} />
          {inWork && card.timeLeftMs !== undefined ? (
            <span className="shrink-0 text-sm text-quiet">
              <TimeLeft leftMs={card.timeLeftMs} heardAtMs={card.heardAtMs} />
            </span>
          ) : null}
        </div>
        {inWork && card.fraction !== undefined ? <ProgressBar label={`${name}: downloaded`} done={card.fraction} /> : null}
        {error ? (
          <p className="line-clamp-2 text-sm text-quiet" title={[error.message, error.next].filter(Boolean).join(' ')}>
            {error.message} {error.next}
          </p>
        ) : (
          <p className="line-clamp-2 text-sm text-quiet" title={words}>
            {words}
          </p>
        )}
        <div className="mt-auto flex items-center gap-1 text-sm text-quiet">
          <span className="truncate">
            {durationWords(card.onScreenS)}
            {shownTake === undefined ? null : `, take ${shownTake}`}
            {card.continues ? <Link2 size={14} className="ml-1 inline" aria-label="goes on from the shot before" /> : null}
            {card.billedUnits > 0 ? (
              <>
                {', '}
                <Money units={card.billedUnits} engine={engine} />
              </>
            ) : null}
          </span>
          <span className="ml-auto flex shrink-0">
            <CardActions card={card} projectId={projectId} takes={takes} onMake={onMake} />
          </span>
        </div>
      </div>
    </li>
  );
});

function CardActions({ card, projectId, takes, onMake }: { card: LiveCard; projectId: string; takes: number; onMake: (request: MakeRequest) => void }): ReactNode {
  const { shotId, name, status, stage } = card;
  const toast = useToast();
  const sendNext = useChange('sendNext', { onFailed: useFailureToast(), onDone: () => toast({ words: `${name} is sent next.` }) });
  if (status === 'notMade') return <IconButton icon={Plus} small label={`Make ${name}`} onClick={() => onMake({ shotIds: [shotId] })} />;
  if (status === 'failed') return <IconButton icon={RotateCcw} small label={`Try ${name} again`} onClick={() => onMake({ shotIds: [shotId], newTake: true })} />;
  if (stage === 'waitingForSlot' || stage === 'waitingForBudget') return <IconButton icon={ArrowUpToLine} small label={`Send ${name} next`} busy={sendNext.isPending} onClick={() => sendNext.mutate({ params: { projectId, shotId } })} />;
  return takes > 0 && status === 'completed' ? <IconButton icon={Plus} small label={`One more take of ${name}`} onClick={() => onMake({ shotIds: [shotId], newTake: true })} /> : null;
}

/** The address of a picture at a width that the studio makes. */
export function withWidth(url: string, width: 160 | 320 | 640 | 1280): string {
  return `${url}${url.includes('?') ? '&' : '?'}width=${width}`;
}
