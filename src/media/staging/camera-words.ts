import { moveOfShot, type StagedMove } from './camera-control.ts';
import { findSize, type ShotSize } from './shot-words.ts';

/** How close a shot is and how the camera moves, as its words or Kling's camera control say it; a small part of what `readStaging` reads. */
export function readCameraWords(prompt: string, cameraControl: unknown): { size: ShotSize | undefined; move: StagedMove } {
  return { size: findSize(prompt), move: moveOfShot(prompt, cameraControl) };
}
