/** Frames a second as a fraction (24/1, 24000/1001): a film of an hour ends on its frame, not near it. */
export interface FrameRate {
  numerator: number;
  denominator: number;
}

/** Measured rates are this near to the one that was meant; 23.976 and 24 are 0.1 % apart. */
const TOLERANCE = 0.0004;

/** The fraction that a number of frames a second stands for: a whole one, one of the NTSC family, or else thousandths. */
export function frameRateFrom(measured: number): FrameRate {
  const whole = Math.round(measured);
  if (whole > 0 && Math.abs(measured / whole - 1) < TOLERANCE) return { numerator: whole, denominator: 1 };
  const ntsc = Math.round(measured * 1.001);
  if (ntsc > 0 && Math.abs((measured * 1.001) / ntsc - 1) < TOLERANCE) return { numerator: ntsc * 1000, denominator: 1001 };
  return reduced(Math.max(1, Math.round(measured * 1000)), 1000);
}

export function perSecond({ numerator, denominator }: FrameRate): number {
  return numerator / denominator;
}

export function sameRate(one: FrameRate, other: FrameRate): boolean {
  return one.numerator * other.denominator === other.numerator * one.denominator;
}

export function secondsOf(frames: number, { numerator, denominator }: FrameRate): number {
  return (frames * denominator) / numerator;
}

/** What a second of time code counts: 24 also for 23.976, because time code never drops a frame here. */
export function nominalRate({ numerator, denominator }: FrameRate): number {
  return Math.max(1, Math.round(numerator / denominator));
}

/** `01:00:00:00` + frames, non-drop; after a day it begins again, as clocks do. */
export function timecode(frames: number, rate: FrameRate): string {
  const nominal = nominalRate(rate);
  const seconds = Math.floor(frames / nominal);
  const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60, frames % nominal];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Where films begin by custom: the hour before belongs to bars and leader. */
export function firstFrameOfHourOne(rate: FrameRate): number {
  return 3600 * nominalRate(rate);
}

/** An exact time in seconds as FCPXML writes it: `121/24s`, `5s`. */
export function rationalSeconds(frames: number, rate: FrameRate): string {
  const { numerator, denominator } = reduced(frames * rate.denominator, rate.numerator);
  return denominator === 1 ? `${numerator}s` : `${numerator}/${denominator}s`;
}

function reduced(numerator: number, denominator: number): FrameRate {
  const divisor = commonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
