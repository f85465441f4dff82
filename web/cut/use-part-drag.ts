import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { partAt, type FilmPart } from './parts.ts';

/** Before that, in pixels, a press is a click. */
const SLACK_PX = 6;
/** So near to the edge the row scrolls by itself. */
const EDGE_PX = 48;
const SCROLL_PX = 14;

export interface PartDragOptions {
  scroller: RefObject<HTMLElement | null>;
  parts: readonly FilmPart[];
  pxPerS: number;
  onMove: (from: number, to: number) => void;
  /** A click: on which part, and where in it, in seconds. */
  onPick: (index: number, offsetS: number) => void;
}

export interface PartDrag {
  /** The part that is carried. */
  from: number | undefined;
  /** Where it would fall, in pixels of the row. */
  toPx: number | undefined;
  begin: (event: PointerEvent<HTMLElement>, index: number) => void;
}

/** A part carried to another place with the mouse or a pen. A finger scrolls the row instead; for it there are buttons. Escape lets go. */
export function usePartDrag({ scroller, parts, pxPerS, onMove, onPick }: PartDragOptions): PartDrag {
  const [drag, setDrag] = useState<{ from: number; gap: number }>();
  const end = useRef<() => void>(undefined);
  useEffect(() => () => end.current?.(), []);
  const row = () => scroller.current?.firstElementChild?.getBoundingClientRect().left ?? 0;
  const timeAt = (clientX: number) => (clientX - row()) / pxPerS;
  /** The gap between parts that is nearest: 0 before the first. */
  const gapAt = (clientX: number) => {
    const timeS = timeAt(clientX);
    const index = partAt(parts, timeS);
    const part = parts[index];
    return part === undefined ? 0 : index + (timeS > (part.startS + part.endS) / 2 ? 1 : 0);
  };

  const begin = (event: PointerEvent<HTMLElement>, from: number) => {
    if (event.button !== 0) return;
    const target = event.currentTarget;
    const startX = event.clientX;
    const offsetS = timeAt(startX) - (parts[from]?.startS ?? 0);
    const isFinger = event.pointerType === 'touch';
    let lastX = startX;
    let gap: number | undefined;
    let frame: number | undefined;
    const place = () => {
      gap = gapAt(lastX);
      setDrag({ from, gap });
    };
    const scroll = () => {
      frame = undefined;
      const element = scroller.current;
      if (!element || gap === undefined) return;
      const { left, right } = element.getBoundingClientRect();
      const by = lastX < left + EDGE_PX ? -SCROLL_PX : lastX > right - EDGE_PX ? SCROLL_PX : 0;
      if (by === 0) return;
      element.scrollLeft += by;
      place();
      frame = requestAnimationFrame(scroll);
    };
    const move = ({ clientX }: globalThis.PointerEvent) => {
      lastX = clientX;
      if (isFinger || (gap === undefined && Math.abs(clientX - startX) < SLACK_PX)) return;
      place();
      frame ??= requestAnimationFrame(scroll);
    };
    const stop = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', drop);
      window.removeEventListener('pointercancel', stop);
      window.removeEventListener('keydown', letGo, true);
      if (frame !== undefined) cancelAnimationFrame(frame);
      gap = undefined;
      end.current = undefined;
      setDrag(undefined);
    };
    const drop = () => {
      const to = gap;
      stop();
      target.focus({ preventScroll: true });
      if (to === undefined) onPick(from, offsetS);
      else if (to !== from && to !== from + 1) onMove(from, to > from ? to - 1 : to);
    };
    const letGo = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Escape') return;
      pressed.preventDefault();
      stop();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', drop);
    window.addEventListener('pointercancel', stop);
    window.addEventListener('keydown', letGo, true);
    end.current = stop;
  };

  const at = drag && (parts[drag.gap]?.startS ?? parts.at(-1)?.endS ?? 0);
  return { from: drag?.from, toPx: at === undefined ? undefined : at * pxPerS, begin };
}
