import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLatencyProfile, drawLatency } from './latency.ts';

const PROFILE = { p50S: 45, p90S: 75 };

/** Walks [0, 1) evenly in two directions at once: a sample without luck. */
function evenRandom(): () => number {
  let index = 0;
  const steps = [0.7548776662466927, 0.5698402909980532, 0.3247179572447460];
  return () => {
    const call = index;
    index += 1;
    return (0.5 + Math.floor(call / 3 + 1) * (steps[call % 3] ?? 0)) % 1;
  };
}

describe('latencies', () => {
  it('have the profile\'s median and its slow tenth, divided by the speed', () => {
    const random = evenRandom();
    const drawn = Array.from({ length: 4000 }, () => drawLatency(PROFILE, 10, random).totalMs).sort((a, b) => a - b);
    expect(drawn[2000]).toBeGreaterThan(4500 * 0.97);
    expect(drawn[2000]).toBeLessThan(4500 * 1.03);
    expect(drawn[3600]).toBeGreaterThan(7500 * 0.96);
    expect(drawn[3600]).toBeLessThan(7500 * 1.04);
  });

  it('are whole, never negative, bounded, and queue before they end', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const speed = fc.oneof(fc.constant(Infinity), fc.double({ min: 0.1, max: 1000, noNaN: true }));
    fc.assert(
      fc.property(fc.tuple(chance, chance, chance), speed, (values, times) => {
        let call = 0;
        const { submittedMs, totalMs } = drawLatency(PROFILE, times, () => values[call++] ?? 0);
        expect(Number.isInteger(submittedMs) && Number.isInteger(totalMs)).toBe(true);
        expect(submittedMs).toBeGreaterThanOrEqual(0);
        expect(submittedMs).toBeLessThanOrEqual(totalMs);
        expect(totalMs).toBeLessThanOrEqual((300_000 / times) + 1);
      }),
    );
  });

  it('are nothing at infinite speed', () => {
    expect(drawLatency(PROFILE, Infinity, () => 0.3)).toEqual({ submittedMs: 0, totalMs: 0 });
  });

  it('of unmeasured models grow with length and size', () => {
    const p50S = (mode: 'std' | 'pro' | '4k', durationS: number) => defaultLatencyProfile(mode, durationS).p50S;
    expect(p50S('std', 10)).toBeGreaterThan(p50S('std', 5));
    expect(p50S('4k', 5)).toBeGreaterThan(p50S('pro', 5));
    expect(p50S('pro', 5)).toBeGreaterThan(p50S('std', 5));
  });
});
