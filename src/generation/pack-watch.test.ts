import { beforeEach, describe, expect, it } from 'vitest';
import type { ResourcePack } from '../kling/index.ts';
import { PackWatch } from './pack-watch.ts';
import { DEFAULT_TIMINGS } from './timings.ts';

const pack = (name: string, status = 'online'): ResourcePack => ({
  name,
  id: name,
  type: 'decreasing_total',
  totalUnits: 100,
  remainingUnits: 50,
  purchasedAtMs: 0,
  effectiveAtMs: 0,
  invalidAtMs: 9e15,
  status,
});

let nowMs = 0;
let asked = 0;
let answer: () => Promise<ResourcePack[]>;
let watch: PackWatch;

beforeEach(async () => {
  nowMs = 0;
  asked = 0;
  const client = { accountCosts: () => ((asked += 1), answer()) };
  watch = new PackWatch(client, { now: () => nowMs, monotonic: () => nowMs, sleep: () => Promise.resolve() }, DEFAULT_TIMINGS);
  // A run whose takes begin to wait.
  await watch.mayHaveGrown(new AbortController().signal);
});

/** Looks again when it may. */
async function look(packs: ResourcePack[] | Error): Promise<boolean> {
  answer = () => (packs instanceof Error ? Promise.reject(packs) : Promise.resolve(packs));
  nowMs += DEFAULT_TIMINGS.packIntervalMs;
  return await watch.mayHaveGrown(new AbortController().signal);
}

describe('the packs of an account', () => {
  it('are not asked for by a film that is over sooner, and then once an interval', async () => {
    answer = () => Promise.resolve([]);
    for (nowMs = 0; nowMs < DEFAULT_TIMINGS.packIntervalMs; nowMs += 100) await watch.mayHaveGrown(new AbortController().signal);
    expect(asked).toBe(0);
    for (; nowMs < 6 * DEFAULT_TIMINGS.packIntervalMs; nowMs += 100) await watch.mayHaveGrown(new AbortController().signal);
    expect(asked).toBe(5);
  });

  it('are a reason to ask for more slots when a larger one is in force, not when a smaller one or the same is', async () => {
    expect(await look([pack('Trial-5Con')])).toBe(false);
    expect(await look([pack('Trial-5Con')])).toBe(false);
    expect(await look([pack('Trial-5Con'), pack('Large-20Con')])).toBe(true);
    // Once more, for a "full" that was on its way when the pack came.
    expect(await look([pack('Trial-5Con'), pack('Large-20Con')])).toBe(true);
    expect(await look([pack('Trial-5Con'), pack('Large-20Con')])).toBe(false);
    expect(await look([pack('Trial-5Con'), pack('Large-20Con', 'expired')])).toBe(false);
    expect(await look([pack('Trial-5Con'), pack('Later-20Con', 'toBeOnline')])).toBe(false);
  });

  it('are a reason to ask whenever they change, where their names tell no number', async () => {
    await look([pack('Standard')]);
    expect(await look([pack('Standard'), pack('Premium')])).toBe(true);
    expect(await look([pack('Premium')])).toBe(true);
    expect(await look([pack('Premium')])).toBe(true);
    expect(await look([pack('Premium')])).toBe(false);
  });

  it('say nothing when they cannot be read', async () => {
    await look([pack('Trial-5Con')]);
    expect(await look(new Error('1302'))).toBe(false);
    expect(await look([pack('Large-20Con')])).toBe(true);
  });
});
