import crypto, { type webcrypto } from 'node:crypto';
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
 * From now on ids come from the open box's seed, and signatures (which Node computes on other threads, a turn of the event
 * loop at a time) are made on the spot: so a seed replays to the letter. Without an open box everything is as usual.
 */
export function installDeterminism(): void {
  if (installed) return;
  installed = true;
  const realUuid = crypto.randomUUID;
  (crypto as { randomUUID: unknown }).randomUUID = (...given: Parameters<typeof realUuid>) => (current ? uuidFrom(current.random) : realUuid(...given));
  syncBuiltinESMExports();
  const { subtle } = globalThis.crypto;
  const real = { importKey: subtle.importKey.bind(subtle), sign: subtle.sign.bind(subtle), verify: subtle.verify.bind(subtle) };
  const keys = new Map<string, Promise<webcrypto.CryptoKey>>();
  Object.assign(subtle, {
    importKey: (...given: Parameters<typeof real.importKey>) => {
      if (!current) return real.importKey(...given);
      const { clock } = current;
      // The same few keys again and again: each is made once, with time standing still.
      const name = JSON.stringify([...given.slice(2), given[0], Buffer.from(given[1] as Uint8Array).toString('hex')]);
      const key = keys.get(name) ?? clock.busyWith(real.importKey(...given));
      keys.set(name, key);
      return key;
    },
    sign: async (...given: Parameters<typeof real.sign>) => (current ? hmac(given[1], given[2]) : await real.sign(...given)),
    verify: async (...given: Parameters<typeof real.verify>) =>
      current ? crypto.timingSafeEqual(Buffer.from(hmac(given[1], given[3])), Buffer.from(given[2] as Uint8Array)) : await real.verify(...given),
  });
}

/** The only signature there is: HMAC with SHA-256, of Kling's tokens. */
function hmac(key: webcrypto.CryptoKey, data: unknown): ArrayBuffer {
  const digest = crypto.createHmac('sha256', crypto.KeyObject.from(key)).update(data as Uint8Array).digest();
  return new Uint8Array(digest).buffer;
}

function uuidFrom(random: Random): string {
  const hex = Array.from({ length: 4 }, () => Math.floor(random.next() * 2 ** 32).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** A source of ids that has nothing to do with what is drawn elsewhere. */
export function idsOf(seed: number): Random {
  return seededRandom(seed ^ 0x1d5);
}
