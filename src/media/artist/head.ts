import type { Hat } from '../staging/looks.ts';
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
  bald: boolean;
  beard: boolean;
  hat: Hat | undefined;
  /** Of what is worn: hats go with it. */
  cloth: string;
}
