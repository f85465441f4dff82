import type { Clock } from '../lib/clock.ts';

/** Moments that are written down by the wall clock, and how long ago they were by a clock that nobody can set. */
export interface Ages {
  /** The wall clock's time, for a record whose age will matter. */
  now(): number;
  /** How long ago a recorded moment was, in milliseconds. */
  ageOf(atMs: number): number;
}

/**
 * While a process watches, its own clock decides: a wall clock that is set forward must not cut a wait short, and one that is
 * set back must not make it last for days. What lies before the first look at a moment of somebody else can be known from
 * the wall clock alone, and is at least 0.
 */
export function createAges(clock: Clock): Ages {
  const watched = new Map<number, { beforeMs: number; sinceMs: number }>();
  const watch = (atMs: number, beforeMs: number) => {
    const seen = watched.get(atMs) ?? { beforeMs, sinceMs: clock.monotonic() };
    watched.set(atMs, seen);
    return seen;
  };
  return {
    now() {
      const atMs = clock.now();
      watch(atMs, 0);
      return atMs;
    },
    ageOf(atMs) {
      const { beforeMs, sinceMs } = watch(atMs, Math.max(0, clock.now() - atMs));
      return beforeMs + (clock.monotonic() - sinceMs);
    },
  };
}
