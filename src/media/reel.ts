import type { DrawnPicture } from './clip-picture.ts';

/** Words in the margin around a drawn shot. */
export interface MarginWords {
  /** In bold at the top left: `S01_SH03`. */
  slate: string;
  /** Behind it: the scene's heading. */
  heading: string;
  /** In a badge: what this is, `ANIMATIC, not Kling`. */
  stamp: string;
  /** At the bottom left. */
  facts: string;
  /** At the bottom right. */
  price: string;
  /** Before the time code: which time it counts, `film` or `clip`. */
  clock: string;
}

/** Spoken words over some frames of a shot. */
export interface ReelSubtitle {
  /** Counted from the first frame that is shown. */
  fromFrame: number;
  /** Exclusive. */
  toFrame: number;
  /** One or two lines, parted by `\n`. */
  text: string;
}

/** A shot as an animatic draws it. */
export interface ReelShot {
  /** What is drawn: its width and height give the shape only, and none of its words are set in the picture. */
  picture: DrawnPicture;
  /** First frame of the picture that is shown. */
  fromFrame: number;
  /** Frames that are shown. */
  frameCount: number;
  margin: MarginWords;
  subtitles: readonly ReelSubtitle[];
}

/** Drawn shots one after the other: plain data, so it crosses a process boundary as JSON. The same data gives the same frames. */
export interface Reel {
  /** Of the whole frame, margin included; even. */
  width: number;
  height: number;
  /** Frames per second. */
  frameRate: number;
  /** What the time code says in the first frame. */
  firstFrame: number;
  shots: readonly ReelShot[];
}
