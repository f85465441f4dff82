import type { SaidPlace } from './place-words.ts';
import type { CameraAngle, ShotSize } from './shot-words.ts';

/** What the shots before say where a shot's own words do not. */
export interface SaidBefore extends SaidPlace {
  /** Of the shot that it goes on from. */
  size?: ShotSize;
  angle?: CameraAngle;
}
