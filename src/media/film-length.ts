/** Samples from the film's start to a frame: rounded from the whole, so that no error adds up over the parts. */
export function samplesUntilFrame(frame: number, frameRate: number, sampleRate: number): number {
  return Math.round((frame * sampleRate) / frameRate);
}
