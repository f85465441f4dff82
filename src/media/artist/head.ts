import type { Point } from './view.ts';

/** The pen for one figure. */
export interface FigureInk {
  line: string;
  widthPx: number;
}

/** A head on its neck. */
export interface Head {
  /** From the head's own right, up and forward (in heights of the figure, from the middle of the skull) to the set. */
  place: (right: number, up: number, forward: number) => Point;
  tall: number;
  skin: string;
  hair: string;
  longHair: boolean;
}
