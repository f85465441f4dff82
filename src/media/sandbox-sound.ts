const CHORDS: readonly (readonly number[])[] = [
  [220, 277.18, 329.63, 415.3],
  [196, 246.94, 293.66, 369.99],
  [174.61, 220, 261.63, 329.63],
  [246.94, 293.66, 369.99, 440],
  [164.81, 207.65, 246.94, 311.13],
];

/**
 * The sandbox's sound: a soft chord that breathes and a tick each second, so that an ear can tell where a clip starts and
 * whether it stays in step. The same variant gives the same sound.
 * @returns stereo samples `from` (inclusive) to `from + count` of a track of `totalSamples`.
 */
export function synthesizeSound(variant: number, sampleRate: number, totalSamples: number, from: number, count: number): [left: Float32Array, right: Float32Array] {
  const chord = CHORDS[((variant % CHORDS.length) + CHORDS.length) % CHORDS.length] ?? [];
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  const fade = sampleRate * 0.15;
  for (let index = 0; index < count; index += 1) {
    const at = from + index;
    const timeS = at / sampleRate;
    const edge = Math.max(0, Math.min(1, at / fade, (totalSamples - 1 - at) / fade));
    let low = 0;
    let high = 0;
    chord.forEach((frequency, voice) => {
      const tone = Math.sin(2 * Math.PI * frequency * timeS) * (0.75 + 0.25 * Math.sin(timeS * (0.7 + voice * 0.31) + voice));
      if (voice % 2 === 0) low += tone;
      else high += tone;
    });
    const sinceTick = timeS % 1;
    const tick = sinceTick < 0.06 ? Math.sin(2 * Math.PI * 1320 * sinceTick) * Math.exp(-sinceTick * 70) * 0.16 : 0;
    left[index] = (low * 0.07 + high * 0.03 + tick) * edge;
    right[index] = (low * 0.03 + high * 0.07 + tick) * edge;
  }
  return [left, right];
}
