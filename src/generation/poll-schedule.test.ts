import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfNews, fitDurations, nextPollMs, type PolledTask } from './poll-schedule.ts';

/** A generator of its own per seed (mulberry32), so that a failure replays. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const logNormal = (random: () => number, medianMs: number, sigma: number) => medianMs * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));

/** 200 tasks, 20 at a time, as a film on a 20-slot account would see them; in made-up time. */
function film(seed: number, medianMs: number, sigma: number) {
  const random = seeded(seed);
  const draw = () => logNormal(random, medianMs, sigma);
  const fit = fitDurations(Array.from({ length: 50 }, draw));
  const delays: number[] = [];
  let requests = 0;
  let requestsOfLoop = 0;
  let nowMs = 0;
  let left = 200;
  let running: { startMs: number; durationMs: number; askedMs: number | undefined }[] = [];
  const start = () => {
    if (left === 0) return;
    left -= 1;
    const durationMs = draw();
    running.push({ startMs: nowMs, durationMs, askedMs: undefined });
    requestsOfLoop += Math.floor(durationMs / 5_000) + 1;
  };
  while (running.length < 20) start();
  while (running.length > 0) {
    const tasks: PolledTask[] = running.map(({ startMs, askedMs }) => ({ ageMs: nowMs - startMs, unaskedMs: nowMs - (askedMs ?? startMs), fit }));
    nowMs += nextPollMs(tasks, 1_000);
    requests += 1;
    const ended = running.filter(({ startMs, durationMs }) => startMs + durationMs <= nowMs);
    for (const { startMs, durationMs } of ended) delays.push(nowMs - startMs - durationMs);
    running = running.filter((task) => !ended.includes(task)).map((task) => ({ ...task, askedMs: nowMs }));
    while (running.length < 20 && left > 0) start();
  }
  delays.sort((a, b) => a - b);
  return { p50Ms: delays[100] ?? 0, p95Ms: delays[190] ?? 0, share: requests / requestsOfLoop };
}

describe('when to ask about tasks', () => {
  it('notices finished clips within half a second for a quarter of the requests of a loop of 5 s, whatever clips usually take', () => {
    for (const [medianMs, sigma] of [[40_000, 0.3], [60_000, 0.25], [180_000, 0.2]] as const) {
      const runs = Array.from({ length: 25 }, (_, seed) => film(seed, medianMs, sigma));
      const mean = (of: (run: (typeof runs)[number]) => number) => runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
      expect(mean(({ share }) => share), `${medianMs}`).toBeLessThanOrEqual(0.25);
      expect(mean(({ p50Ms }) => p50Ms), `${medianMs}`).toBeLessThanOrEqual(500);
      expect(mean(({ p95Ms }) => p95Ms), `${medianMs}`).toBeLessThanOrEqual(1_200);
    }
  });

  it('asks once an interval while anything is unknown, and always between a twentieth of an interval and five', () => {
    const fit = { mu: Math.log(60_000), sigma: 0.3 };
    expect(nextPollMs([{ ageMs: 1_000, unaskedMs: 1_000, fit }, { ageMs: 1_000, unaskedMs: 1_000 }], 1_000)).toBe(1_000);
    const task = fc.record({ ageMs: fc.nat(10_000_000), unaskedMs: fc.nat(60_000), fit: fc.record({ mu: fc.double({ min: 0, max: 16, noNaN: true }), sigma: fc.double({ min: 0.05, max: 2, noNaN: true }) }) });
    fc.assert(
      fc.property(fc.array(task, { minLength: 1, maxLength: 300 }), (tasks) => {
        const waitMs = nextPollMs(tasks, 1_000);
        expect(waitMs).toBeGreaterThanOrEqual(50);
        expect(waitMs).toBeLessThanOrEqual(5_000);
      }),
    );
  });

  it('never sleeps across the moment at which every clip so far was ready', () => {
    const fit = fitDurations([8_000, 8_010, 7_990, 8_005, 7_995]);
    for (let ageMs = 0; ageMs < 7_500; ageMs += 100) expect(ageMs + nextPollMs([{ ageMs, unaskedMs: 100, fit }], 1_000), `${ageMs}`).toBeLessThan(8_300);
    expect(nextPollMs(Array.from({ length: 5 }, () => ({ ageMs: 7_900, unaskedMs: 100, fit })), 1_000)).toBeLessThan(300);
  });

  it('does not leave one clip that has surely ended waiting for another of a few to end', () => {
    const fit = fitDurations([8_000, 8_010, 7_990, 8_005, 7_995]);
    const others = Array.from({ length: 4 }, () => ({ ageMs: 2_000, unaskedMs: 100, fit }));
    expect(nextPollMs([{ ageMs: 7_900, unaskedMs: 100, fit }, ...others], 1_000)).toBeLessThan(400);
  });

  it('keeps asking where clips are ready sooner than one can ask, and about one that takes longer than any before', () => {
    const quick = fitDurations([1, 1, 1, 2, 2]);
    expect(nextPollMs(Array.from({ length: 40 }, () => ({ ageMs: 300, unaskedMs: 300, fit: quick })), 1_000)).toBeLessThanOrEqual(1_000);
    const steady = fitDurations([60_000, 60_100, 59_900, 60_000, 60_050]);
    expect(nextPollMs([{ ageMs: 90_000, unaskedMs: 500, fit: steady }], 1_000)).toBeLessThan(3_000);
  });

  it('rates a task that was never asked about, or not for long, as sure to have news, and never leaves 0 to 1', () => {
    const fit = { mu: Math.log(60_000), sigma: 0.3 };
    expect(chanceOfNews({ ageMs: 5, unaskedMs: Number.POSITIVE_INFINITY, fit }, 1_000)).toBe(1);
    expect(chanceOfNews({ ageMs: 9_000_000, unaskedMs: 30_000, fit }, 1_000)).toBe(1);
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(40_000), fc.boolean(), (ageMs, unaskedMs, learned) => {
        const chance = chanceOfNews({ ageMs, unaskedMs, fit: learned ? fit : undefined }, 1_000);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('says nothing from fewer than five clips', () => {
    expect(fitDurations([1, 2, 3, 4])).toBeUndefined();
    expect(fitDurations(Array.from({ length: 10 }, () => 60_000))).toEqual({ mu: expect.closeTo(Math.log(60_000), 9) as number, sigma: 0.01 });
  });
});
