import type { Place } from '../staging/place-words.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Inks } from './inks.ts';
import type { CameraPose, Point, View } from './view.ts';

/** Something that stands on the set and is drawn in the order of its distance. */
export interface Piece {
  at: Point;
  /** Looks another way at every moment, also to a camera that stands still. */
  moving?: boolean;
  draw: (view: View) => void;
}

/** Where a shot plays: what lies behind everything, and what stands about. */
export interface StageSet {
  backdrop: (view: View) => void;
  pieces: readonly Piece[];
}

/** What a set is built for: it is cheated a little for every shot, so that a tight one still shows where it plays. */
export interface SetBrief {
  place: Place;
  inks: Inks;
  random: SeededRandom;
  /** The camera as the shot is composed, and the width of the frame in heights of it. */
  pose: CameraPose;
  aspect: number;
  /** The side that stays free of people: the window goes there. */
  freeSide: -1 | 1;
  /** Water to the front of the frame, no beach. */
  afloat: boolean;
  /** Many people stand behind: what all stand on reaches back to them. */
  crowd: boolean;
  /** A thing fills the frame: the wall with the window stands right behind the table. */
  insert: boolean;
  /** A room so large that an extreme wide shot fits into it. */
  grand: boolean;
}
