/** How long a task takes. */
export interface Latency {
  /** Until it says `processing`. */
  submittedMs: number;
  /** Until it ends, at the earliest. */
  totalMs: number;
}

/** Half of all tasks take less than `p50S`, nine of ten less than `p90S`. */
export interface LatencyProfile {
  p50S: number;
  p90S: number;
}

/** The standard normal's 90th percentile. */
const Z90 = 1.2816;
/** Draws beyond this many standard deviations are cut: about one in a thousand. */
const LONGEST_Z = 3.1;

/**
 * Draws a latency, log-normal through the profile's two points.
 * @param speed divides it; Infinity gives 0.
 * @param random uniform in [0, 1); called three times.
 */
export function drawLatency(profile: LatencyProfile, speed: number, random: () => number): Latency {
  const sigma = Math.log(profile.p90S / profile.p50S) / Z90;
  const z = Math.min(LONGEST_Z, normal(random));
  const totalMs = (profile.p50S * Math.exp(sigma * z) * 1000) / speed;
  // The reference's queue times are 2 to 20 % of the median.
  const queuedMs = (profile.p50S * (0.02 + 0.18 * random()) * 1000) / speed;
  return { submittedMs: Math.round(Math.min(queuedMs, totalMs / 2)), totalMs: Math.round(totalMs) };
}

/** Box and Muller's way from two uniform numbers to a normal one. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** For models nobody has measured: a guess between 2.5 turbo and the 1.x models, longer for longer and larger clips. */
export function defaultLatencyProfile(mode: 'std' | 'pro' | '4k', durationS: number): LatencyProfile {
  const p50S = { std: 90, pro: 130, '4k': 220 }[mode] * (0.5 + durationS / 10);
  return { p50S, p90S: p50S * 2 };
}
