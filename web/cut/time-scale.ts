import { useLayoutEffect, useState, type RefObject } from 'react';

const MOST_PX_A_SECOND = 240;
/** Without a wish: a shot of five seconds shows what it is. */
const USUAL_PX_A_SECOND = 24;
/** Between two marks of the ruler, in seconds. */
const STEPS_S = [0.5, 1, 2, 5, 10, 30, 60, 300, 600];
const LEAST_STEP_PX = 64;

export interface View {
  leftPx: number;
  widthPx: number;
}

/** What of a scrolled row is in sight; of a film of thousands of parts only that is in the document. */
export function useView(scroller: RefObject<HTMLElement | null>): View {
  const [view, setView] = useState<View>({ leftPx: 0, widthPx: 0 });
  useLayoutEffect(() => {
    const { current } = scroller;
    if (!current) return undefined;
    const look = () => setView({ leftPx: current.scrollLeft, widthPx: current.clientWidth });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(current);
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, [scroller]);
  return view;
}

/** Pixels a second of film: what was wished for, at least as much as fills the row. */
export function pxASecond(wished: number | undefined, durationS: number, widthPx: number): number {
  const fit = durationS === 0 ? USUAL_PX_A_SECOND : Math.max(1, widthPx - 24) / durationS;
  return Math.min(MOST_PX_A_SECOND, Math.max(fit, wished ?? USUAL_PX_A_SECOND));
}

export function rulerStepS(pxPerS: number): number {
  return STEPS_S.find((stepS) => stepS * pxPerS >= LEAST_STEP_PX) ?? 1800;
}

/** Ruler marks in sight, in seconds. */
export function marksIn({ leftPx, widthPx }: View, pxPerS: number, durationS: number): number[] {
  const stepS = rulerStepS(pxPerS);
  const first = Math.max(0, Math.floor(leftPx / pxPerS / stepS));
  const last = Math.floor(Math.min(durationS, (leftPx + widthPx) / pxPerS) / stepS);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * stepS);
}
