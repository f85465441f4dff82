import { Layers, PenLine } from 'lucide-react';
import { memo, type PointerEvent, type ReactNode } from 'react';
import { withWidth } from '../ui/picture-address.ts';
import { classNames } from '../ui/class-names.ts';
import { durationWords } from '../ui/time-words.ts';
import { isShot, lengthOf, partName, type FilmPart } from './parts.ts';

export interface TimelinePartProps {
  part: FilmPart;
  /** Counted from 1; most parts of a long film are not in the document. */
  position: number;
  total: number;
  /** The playhead is in it. */
  current: boolean;
  leftPx: number;
  widthPx: number;
  /** It is being dragged. */
  carried: boolean;
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
}

/** Narrower than this its name is not read. */
const NAMED_PX = 56;

export const TimelinePart = memo(function TimelinePart({ part, position, total, current, leftPx, widthPx, carried, onPointerDown }: TimelinePartProps): ReactNode {
  const shot = isShot(part) ? part : undefined;
  return (
    <div
      role="option"
      data-part={position}
      aria-selected={current}
      aria-posinset={position}
      aria-setsize={total}
      aria-label={`${partName(part)}, ${durationWords(lengthOf(part))}${showsWords(part)}`}
      tabIndex={current ? 0 : -1}
      className={classNames('absolute top-6 h-25 cursor-grab touch-pan-x overflow-hidden rounded-lg border-2 bg-sunken select-none -outline-offset-2', current ? 'z-10 border-warm' : 'border-panel', carried && 'opacity-50')}
      style={{ left: leftPx, width: Math.max(2, widthPx) }}
      onPointerDown={onPointerDown}
    >
      {shot ? (
        <>
          <div className="absolute inset-x-0 bottom-6 top-0 bg-repeat-x" style={{ backgroundImage: `url("${withWidth(shot.pictureUrl, 320)}")`, backgroundSize: 'auto 100%' }} />
          <div className="absolute inset-x-0 bottom-0 flex h-6 items-center gap-1 bg-panel px-1.5 text-xs">
            {shot.shows === 'drawing' ? <PenLine size={12} aria-hidden className="shrink-0 text-caution-text" /> : shot.shows === 'otherTake' ? <Layers size={12} aria-hidden className="shrink-0 text-accent-text" /> : null}
            {widthPx >= NAMED_PX ? <span className="truncate font-mono">{shot.name}</span> : null}
            {widthPx >= 2 * NAMED_PX ? <span className="ml-auto shrink-0 tabular-nums text-quiet">{durationWords(lengthOf(part))}</span> : null}
          </div>
        </>
      ) : (
        <p className="grid size-full place-items-center bg-black text-xs text-white">{widthPx >= NAMED_PX ? 'Black' : null}</p>
      )}
    </div>
  );
});

function showsWords(part: FilmPart): string {
  if (!isShot(part) || part.shows === 'clip') return '';
  return part.shows === 'drawing' ? ', not filmed yet, a drawing' : `, take ${part.take} stands in`;
}
