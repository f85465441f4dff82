import { describe, expect, it } from 'vitest';
import type { Clock } from '../lib/clock.ts';
import { lookTimeMs } from './look-time.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A machine at a wall-clock time, and how long it runs. */
const machine = (nowMs: number, monotonicMs: number): Clock => ({ now: () => nowMs, monotonic: () => monotonicMs, sleep: async () => {} });

const lost = { status: 'unknown', lostAtMs: 1_000 * HOUR_MS, lostAtMonotonicMs: HOUR_MS, looks: 0, nextLookAtMs: 0, tries: 0, idTaken: false, posts: 1, unanswered: 1 } as const;

describe('what has passed since an answer was lost', () => {
  it('is no more and no less when somebody sets the wall clock, so that an absent task is not paid for again too soon, nor ever waited for', () => {
    for (const setByMs of [-5 * HOUR_MS, 0, 5 * HOUR_MS]) {
      expect(lookTimeMs(lost, machine(lost.lostAtMs + 3_000 + setByMs, HOUR_MS + 3_000))).toBe(lost.lostAtMs + 3_000);
    }
  });

  it('is at least how long the machine runs when it was started anew, and never more than what passed', () => {
    expect(lookTimeMs(lost, machine(lost.lostAtMs + MINUTE_MS, 20_000))).toBe(lost.lostAtMs + 20_000);
    // It ran longer again than before: what it runs beyond that has passed for certain.
    expect(lookTimeMs(lost, machine(lost.lostAtMs + 2 * HOUR_MS, HOUR_MS + 5_000))).toBe(lost.lostAtMs + 5_000);
  });

  it('is told by the wall clock in a row that an older version wrote', () => {
    const { lostAtMonotonicMs: _, ...older } = lost;
    expect(lookTimeMs(older, machine(older.lostAtMs + 3_000, 7))).toBe(older.lostAtMs + 3_000);
  });
});
