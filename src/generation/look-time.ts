import type { Clock } from '../lib/clock.ts';
import type { GenerationState } from '../store/index.ts';

/** Both clocks, read at once: of a moment from which something is waited for. */
export function instantOf(clock: Clock): { atMs: number; monotonicMs: number } {
  return { atMs: clock.now(), monotonicMs: clock.monotonic() };
}

/**
 * What time it is for a take that is looked for: the time at which its answer was lost and what has passed since. That is
 * never more than what truly passed, or an absent task would be believed, and paid for again, before it can show. So the
 * wall clock does not tell it, which somebody may set, but the monotonic one, which all processes of a machine share. (To
 * carry a home to another machine takes longer than the wait.)
 */
export function lookTimeMs({ lostAtMs, lostAtMonotonicMs }: Extract<GenerationState, { status: 'unknown' }>, clock: Clock): number {
  // A row that an older version wrote.
  if (lostAtMonotonicMs === undefined) return clock.now();
  const monotonicMs = clock.monotonic();
  // The machine was started anew in between: then at least as much has passed as it runs.
  return lostAtMs + (monotonicMs < lostAtMonotonicMs ? monotonicMs : monotonicMs - lostAtMonotonicMs);
}
