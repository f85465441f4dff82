/** As much of a clip as decides how long a part of it is on the screen. */
export interface ClipLength {
  durationS: number;
  frameCount: number;
  /** Frames per second. */
  frameRate: number;
}

/**
 * How many frames a part has in a film of that rate: exactly round((out - in) × rate), or every frame of a whole clip of the
 * same rate. `outS` beyond the clip's end, or missing, is its end. Whoever says how long a film will be asks here.
 */
export function partFrames(part: { inS: number; outS?: number | undefined }, clip: ClipLength, filmFrameRate: number): { trimmed: boolean; frameCount: number } {
  const { durationS, frameRate } = clip;
  const outS = Math.min(part.outS ?? durationS, durationS);
  const halfFrameS = 0.5 / frameRate;
  const trimmed = part.inS >= halfFrameS || outS <= durationS - halfFrameS;
  const frameCount = trimmed || frameRate !== filmFrameRate ? Math.max(1, Math.round((outS - part.inS) * filmFrameRate)) : clip.frameCount;
  return { trimmed, frameCount };
}
