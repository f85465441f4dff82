import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { seededRandom, type Random } from './seeded-random.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** The box that is open now: what a thread computes must hold its time, and its ids are drawn from its seed. */
let current: { clock: VirtualClock; random: Random } | undefined;
let installed = false;

export function useBox(box: { clock: VirtualClock; random: Random } | undefined): void {
  current = box;
}

/**
 * From now on ids come from the open box's seed, and signatures (which Node computes on other threads) are made one after
 * the other with time standing still: so a seed replays to the letter. Without an open box everything is as usual.
 */
export function installDeterminism(): void {
  if (installed) return;
  installed = true;
  const realUuid = crypto.randomUUID;
  (crypto as { randomUUID: unknown }).randomUUID = (...given: Parameters<typeof realUuid>) => (current ? uuidFrom(current.random) : realUuid(...given));
  syncBuiltinESMExports();
  const subtle = globalThis.crypto.subtle as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
  let last: Promise<unknown> = Promise.resolve();
  for (const name of ['importKey', 'sign', 'verify']) {
    const real = subtle[name]!.bind(globalThis.crypto.subtle);
    subtle[name] = (...given) => {
      if (!current) return real(...given);
      const turn = last.then(() => real(...given));
      last = turn.catch(() => {});
      return current.clock.busyWith(turn);
    };
  }
}

function uuidFrom(random: Random): string {
  const hex = Array.from({ length: 4 }, () => Math.floor(random.next() * 2 ** 32).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** A source of ids that has nothing to do with what is drawn elsewhere. */
export function idsOf(seed: number): Random {
  return seededRandom(seed ^ 0x1d5);
}
