import { ChevronsLeftRight, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useShortcuts } from '../app/shortcuts.tsx';
import { IconButton } from '../ui/button.tsx';
import { filmTime } from '../ui/time-words.ts';
import type { FilmPlayer } from './film-player.ts';
import { isShot, lengthOf, type FilmPart } from './parts.ts';
import { TimelinePart } from './timeline-part.tsx';
import { marksIn, pxASecond, rulerStepS, useView } from './time-scale.ts';
import { TrimHandles, type TrimPreview } from './trim-handles.tsx';
import type { CutWork } from './use-cut-work.ts';
import { usePartDrag } from './use-part-drag.ts';
import { usePlayerState } from './use-player.ts';

/** Beyond the edges of what is in sight, in pixels: what comes next is there already. */
const OVERSCAN_PX = 300;
const ZOOM_STEP = 1.5;

/** The parts of the film, as wide as they are long: click to go there, drag to reorder, pull the edges to trim. */
export function Timeline({ player, parts, durationS, work }: { player: FilmPlayer; parts: readonly FilmPart[]; durationS: number; work: CutWork }): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const view = useView(scroller);
  const [wished, setWished] = useState<number>();
  const [preview, setPreview] = useState<TrimPreview>();
  const index = usePlayerState(player, 'state', (now) => now.index);
  const pxPerS = pxASecond(wished, durationS, view.widthPx);
  const drag = usePartDrag({ scroller, parts, pxPerS, onMove: work.move, onPick: (at, offsetS) => player.goTo(at, offsetS) });
  const zoom = (by: number) => setWished(pxASecond(pxPerS * by, durationS, view.widthPx));
  useShortcuts('Timeline', [
    { key: '+', words: 'Zoom in', onPress: () => zoom(ZOOM_STEP) },
    { key: '-', words: 'Zoom out', onPress: () => zoom(1 / ZOOM_STEP) },
    { key: '0', words: 'The whole film in sight', onPress: () => setWished(1) },
  ]);
  useFollow(player, scroller, pxPerS);

  /** From part to part by arrow; with Alt the part itself moves. The focus goes along. */
  const onKeyDown = (event: KeyboardEvent) => {
    const by = ({ ArrowLeft: -1, ArrowRight: 1 } as const)[event.key as 'ArrowLeft'];
    const to = by === undefined ? ({ Home: 0, End: parts.length - 1 } as const)[event.key as 'Home'] : Math.max(0, Math.min(parts.length - 1, index + by));
    if (to === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.altKey) work.move(index, to);
    else player.goTo(to);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
  };

  /** Where a part begins on the row. While its head is trimmed the cut edge follows the hand, and the film closes up behind. */
  const leftOf = (part: FilmPart, at: number) => (part.startS + (preview?.index === at ? preview.headS : 0)) * pxPerS;
  const widthOf = (part: FilmPart, at: number) => (lengthOf(part) - (preview?.index === at ? preview.headS + preview.tailS : 0)) * pxPerS;
  const inSight = parts.flatMap((part, at) => (at === index || at === drag.from || (part.endS * pxPerS > view.leftPx - OVERSCAN_PX && part.startS * pxPerS < view.leftPx + view.widthPx + OVERSCAN_PX) ? [{ part, at }] : []));
  const current = parts[index];
  return (
    <section aria-label="Timeline" className="flex min-w-0 flex-col border-t border-line bg-panel">
      <div className="flex items-center gap-1 px-3 pt-1.5 sm:px-5">
        <p className="mr-auto text-sm text-quiet max-sm:hidden">
          Drag to reorder, or <kbd>Alt ←</kbd> <kbd>Alt →</kbd>; pull the edges to trim, or <kbd>I</kbd> <kbd>O</kbd> at the playhead.
        </p>
        <IconButton icon={ZoomOut} label="Zoom out" shortcut="-" small className="max-sm:ml-auto" onClick={() => zoom(1 / ZOOM_STEP)} />
        <IconButton icon={ChevronsLeftRight} label="The whole film in sight" shortcut="0" small onClick={() => setWished(1)} />
        <IconButton icon={ZoomIn} label="Zoom in" shortcut="+" small onClick={() => zoom(ZOOM_STEP)} />
      </div>
      <div ref={scroller} className="relative overflow-x-auto overflow-y-hidden overscroll-x-contain pb-2">
        <div className="relative mx-3 h-31" style={{ width: durationS * pxPerS }}>
          <Ruler player={player} marks={marksIn(view, pxPerS, durationS)} pxPerS={pxPerS} />
          <div ref={list} role="listbox" tabIndex={-1} aria-label="Parts of the film" aria-orientation="horizontal" onKeyDown={onKeyDown}>
            {inSight.map(({ part, at }) => (
              <TimelinePart key={isShot(part) ? `${part.shotId} ${at}` : `black ${at}`} part={part} position={at + 1} total={parts.length} current={at === index} leftPx={leftOf(part, at)} widthPx={widthOf(part, at)} carried={drag.from === at} onPointerDown={(event) => drag.begin(event, at)} />
            ))}
          </div>
          {drag.toPx === undefined ? null : <div data-drop className="pointer-events-none absolute top-0 z-20 h-31 w-1.5 -translate-x-1/2 rounded-full bg-accent-text" style={{ left: drag.toPx }} />}
          {current && drag.from === undefined ? <TrimHandles key={index} player={player} part={current} index={index} pxPerS={pxPerS} leftPx={leftOf(current, index)} widthPx={widthOf(current, index)} onPreview={setPreview} onTrim={work.trim} onBlack={work.setBlack} /> : null}
          <Playhead player={player} pxPerS={pxPerS} />
        </div>
      </div>
    </section>
  );
}

function Ruler({ player, marks, pxPerS }: { player: FilmPlayer; marks: readonly number[]; pxPerS: number }): ReactNode {
  const seek = (event: PointerEvent<HTMLDivElement>) => player.seek(Math.max(0, (event.clientX - event.currentTarget.getBoundingClientRect().left) / pxPerS));
  return (
    <div
      aria-hidden
      className="absolute inset-x-0 top-0 h-6 cursor-ew-resize touch-none select-none"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
      }}
    >
      {marks.map((atS) => (
        <span key={atS} className="absolute top-0 h-full border-l border-line pl-1 font-mono text-xs text-quiet" style={{ left: atS * pxPerS }}>
          {rulerStepS(pxPerS) < 1 ? filmTime(atS) : filmTime(atS).slice(0, -2)}
        </span>
      ))}
    </div>
  );
}

/** Moves with every frame, so it is moved by hand and nothing is drawn anew for it. */
function Playhead({ player, pxPerS }: { player: FilmPlayer; pxPerS: number }): ReactNode {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = () => {
      if (line.current) line.current.style.transform = `translateX(${player.timeS * pxPerS}px)`;
    };
    move();
    return player.on('time', move);
  }, [player, pxPerS]);
  return (
    <div ref={line} className="pointer-events-none absolute left-0 top-0 z-10 h-full w-0.5 bg-warm">
      <div className="absolute -left-1.25 top-0 size-3 rounded-b-full bg-warm" />
    </div>
  );
}

/** Keeps the playhead in sight: page by page while it plays, near the middle when one goes somewhere. */
function useFollow(player: FilmPlayer, scroller: { current: HTMLElement | null }, pxPerS: number): void {
  useEffect(
    () =>
      player.on('time', () => {
        const { current } = scroller;
        if (!current) return;
        const x = player.timeS * pxPerS + 12;
        if (x >= current.scrollLeft && x <= current.scrollLeft + current.clientWidth - 24) return;
        current.scrollLeft = player.playing ? x - 40 : x - current.clientWidth / 2;
      }),
    [player, scroller, pxPerS],
  );
}
