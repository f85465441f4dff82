import { ArrowUpToLine, Link2, Plus, RotateCcw, type LucideIcon } from 'lucide-react';
import { memo, useState, type ReactNode } from 'react';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { useCard } from '../live/live-context.tsx';
import type { LiveCard } from '../live/live-store.ts';
import { classNames } from '../ui/class-names.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { withWidth } from '../ui/picture-address.ts';
import { StatusMark, statusFill, statusWords } from '../ui/status.tsx';
import { durationWords } from '../ui/time-words.ts';
import type { MakeRequest } from '../making/make-clips.tsx';
import { TimeLeft } from './time-left.tsx';

export interface ClipCardProps {
  shotId: string;
  engine: Engine;
  /** Says an amount of this film's money. */
  moneyWords: (units: number) => string;
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
  onSendNext: (shotId: string) => void;
}

/** One shot of the board. It hears of its own clip alone. */
export const ClipCard = memo(function ClipCard({ shotId, engine, moneyWords, position, total, left, top, width, height, onOpen, onMake, onSendNext }: ClipCardProps): ReactNode {
  const card = useCard(shotId);
  const [looking, setLooking] = useState(false);
  if (!card) return null;
  const { name, words, status, stage, error, clipUrl, pictureUrl, readyTakes, shownTake } = card;
  const inWork = status !== 'completed' && status !== 'failed' && status !== 'notMade';
  return (
    <li
      aria-posinset={position}
      aria-setsize={total}
      className="absolute left-0 top-0 flex flex-col overflow-hidden rounded-xl border border-line bg-panel contain-strict"
      style={{ width, height, transform: `translate(${left}px, ${top}px)` }}
      onMouseEnter={() => setLooking(true)}
      onMouseLeave={() => setLooking(false)}
      onFocus={() => setLooking(true)}
      onBlur={() => setLooking(false)}
    >
      <button type="button" data-card={shotId} className="relative block aspect-video w-full bg-sunken -outline-offset-2" onClick={() => onOpen(shotId)} aria-label={`${name}, ${statusWords(status, stage, engine)}. ${readyTakes === 0 ? '' : `${readyTakes} ready. `}Open its takes`}>
        <img src={withWidth(pictureUrl, 320)} alt="" loading="lazy" decoding="async" className="absolute inset-0 size-full object-contain" />
        {looking && clipUrl !== undefined ? <video src={clipUrl} muted autoPlay loop playsInline className="absolute inset-0 size-full object-contain" /> : null}
        <span className="absolute left-2 top-2 rounded-md bg-black/70 px-1.5 py-0.5 font-mono text-xs text-white">{name}</span>
        {readyTakes > 1 ? <span className="absolute right-2 top-2 rounded-md bg-black/70 px-1.5 py-0.5 text-xs text-white">{readyTakes} takes</span> : null}
      </button>
      <div className={classNames('h-1', statusFill(status))} />
      <div className="flex min-h-0 flex-1 flex-col gap-1.5 p-3">
        <div className="flex items-center justify-between gap-2">
          <StatusMark status={status} stage={stage} engine={engine} />
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
          <span className="min-w-0">
            {durationWords(card.onScreenS)}
            {shownTake === undefined ? null : `, take ${shownTake}`}
            {card.continues ? <Link2 size={14} className="ml-1 inline" aria-label="goes on from the shot before" /> : null}
            {card.billedUnits > 0 ? <span className="block truncate">{moneyWords(card.billedUnits)}</span> : null}
          </span>
          <span className="ml-auto flex shrink-0">
            <CardAction card={card} onMake={onMake} onSendNext={onSendNext} />
          </span>
        </div>
      </div>
    </li>
  );
});

/** What can be done from the board. Plain buttons with plain hints: there are many cards, and they come and go while one scrolls. */
function CardAction({ card, onMake, onSendNext }: { card: LiveCard } & Pick<ClipCardProps, 'onMake' | 'onSendNext'>): ReactNode {
  const { shotId, name, status, stage, takes } = card;
  if (status === 'notMade') return <Action icon={Plus} words={`Make ${name}`} onPress={() => onMake({ shotIds: [shotId] })} />;
  if (status === 'failed') return <Action icon={RotateCcw} words={`Try ${name} again`} onPress={() => onMake({ shotIds: [shotId], newTake: true })} />;
  if (stage === 'waitingForSlot' || stage === 'waitingForBudget') return <Action icon={ArrowUpToLine} words={`Send ${name} next`} onPress={() => onSendNext(shotId)} />;
  return takes > 0 && status === 'completed' ? <Action icon={Plus} words={`One more take of ${name}`} onPress={() => onMake({ shotIds: [shotId], newTake: true })} /> : null;
}

function Action({ icon: Icon, words, onPress }: { icon: LucideIcon; words: string; onPress: () => void }): ReactNode {
  return (
    <button type="button" aria-label={words} title={words} onClick={onPress} className="inline-flex size-8 items-center justify-center rounded-lg text-text hover:bg-raised">
      <Icon size={16} aria-hidden />
    </button>
  );
}
