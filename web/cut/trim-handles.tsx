import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import { durationWords } from '../ui/time-words.ts';
import type { FilmPlayer } from './film-player.ts';
import { FRAME_S, isShot, lengthOf, outOf, SHORTEST_S, type FilmPart, type ShotPart } from './parts.ts';

/** How much shorter a part is while somebody pulls, in seconds; below 0: longer. */
export interface TrimPreview {
  index: number;
  headS: number;
  tailS: number;
}

export interface TrimHandlesProps {
  player: FilmPlayer;
  part: FilmPart;
  index: number;
  pxPerS: number;
  leftPx: number;
  widthPx: number;
  onPreview: (preview: TrimPreview | undefined) => void;
  onTrim: (index: number, trim: { inS?: number; outS?: number }) => void;
  onBlack: (index: number, blackS: number) => void;
}

const LONGEST_BLACK_S = 600;

/** The edges of the part at the playhead: pulled by the pointer, a frame at a time by arrow, ten with Shift. */
export function TrimHandles({ player, part, index, pxPerS, leftPx, widthPx, onPreview, onTrim, onBlack }: TrimHandlesProps): ReactNode {
  const lengthS = lengthOf(part);
  if (!isShot(part)) {
    const setS = (blackS: number) => onBlack(index, Math.max(SHORTEST_S, Math.min(LONGEST_BLACK_S, blackS)));
    return <Handle edge="out" label="Length of the black" xPx={leftPx + widthPx} pxPerS={pxPerS} nowS={part.blackS} leastS={SHORTEST_S} mostS={LONGEST_BLACK_S} onPull={(byS) => onPreview({ index, headS: 0, tailS: -byS })} onLet={(byS) => setS(part.blackS + byS)} onEnd={() => onPreview(undefined)} />;
  }
  const end = outOf(part);
  return (
    <>
      <Handle
        edge="in"
        label={`In of ${part.name}`}
        xPx={leftPx}
        pxPerS={pxPerS}
        nowS={part.inS}
        leastS={0}
        mostS={end - SHORTEST_S}
        onPull={(byS) => {
          onPreview({ index, headS: byS, tailS: 0 });
          player.peek(part.inS + byS);
        }}
        onLet={(byS) => onTrim(index, { inS: part.inS + byS })}
        onEnd={() => onPreview(undefined)}
      />
      <Handle
        edge="out"
        label={`Out of ${part.name}`}
        xPx={leftPx + widthPx}
        pxPerS={pxPerS}
        nowS={end}
        leastS={part.inS + SHORTEST_S}
        mostS={part.clipS}
        onPull={(byS) => {
          onPreview({ index, headS: 0, tailS: -byS });
          player.peek(lastFrame(part, lengthS + byS));
        }}
        onLet={(byS) => onTrim(index, { outS: end + byS })}
        onEnd={() => onPreview(undefined)}
      />
    </>
  );
}

function lastFrame(part: ShotPart, lengthS: number): number {
  return Math.max(part.inS, part.inS + lengthS - FRAME_S);
}

interface HandleProps {
  edge: 'in' | 'out';
  label: string;
  xPx: number;
  pxPerS: number;
  /** Of the edge, within the clip; it stays between the other two. In seconds. */
  nowS: number;
  leastS: number;
  mostS: number;
  onPull: (byS: number) => void;
  onLet: (byS: number) => void;
  onEnd: () => void;
}

function Handle({ edge, label, xPx, pxPerS, nowS, leastS, mostS, onPull, onLet, onEnd }: HandleProps): ReactNode {
  const fromPx = useRef<number>(undefined);
  const held = (byS: number) => Math.max(leastS, Math.min(mostS, nowS + byS)) - nowS;
  /** From frame to frame, as the film is cut. */
  const by = (event: PointerEvent) => held(Math.round((nowS + (event.clientX - (fromPx.current ?? event.clientX)) / pxPerS) / FRAME_S) * FRAME_S - nowS);
  const end = () => {
    fromPx.current = undefined;
    onEnd();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = ({ ArrowLeft: -1, ArrowRight: 1 } as const)[event.key as 'ArrowLeft'];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onLet(held(step * FRAME_S * (event.shiftKey ? 10 : 1)));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={round(leastS)}
      aria-valuemax={round(mostS)}
      aria-valuenow={round(nowS)}
      aria-valuetext={durationWords(round(nowS))}
      className={classNames('absolute top-6 z-20 flex h-19 w-3 cursor-ew-resize touch-none items-center justify-center bg-warm', edge === 'in' ? 'rounded-l-lg' : '-translate-x-full rounded-r-lg')}
      style={{ left: xPx }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        fromPx.current = event.clientX;
      }}
      onPointerMove={(event) => {
        if (fromPx.current !== undefined) onPull(by(event));
      }}
      onPointerUp={(event) => {
        if (fromPx.current === undefined) return;
        const byS = by(event);
        end();
        if (Math.abs(byS) > 0.001) onLet(byS);
      }}
      onPointerCancel={end}
    >
      <span aria-hidden className="h-6 w-0.5 rounded-full bg-on-warm" />
    </div>
  );
}

function round(timeS: number): number {
  return Math.round(timeS * 100) / 100;
}
