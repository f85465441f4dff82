import { isPassing, KlingError } from '../kling/index.ts';
import type { Clock } from '../lib/clock.ts';
import { backoffMs, DEFAULT_TIMINGS, type GenerationTimings } from './timings.ts';

/** A free question that had no good answer and is asked again. */
export interface AskAgain {
  error: KlingError;
  inMs: number;
  /** Which new try this is, from 1, of how many. */
  number: number;
  of: number;
}

export interface Patience {
  clock: Clock;
  timings?: Partial<GenerationTimings>;
  signal?: AbortSignal;
  /** Hears of every wait, so that a person is told. */
  onAskAgain?: ((again: AskAgain) => void) | undefined;
}

/** With the usual waits that is a quarter of a minute. */
const TRIES_AGAIN = 4;
/** After this long, in milliseconds, nothing is asked again: a Kling that is silent would keep a person for minutes. */
const LONG_ENOUGH_MS = 60_000;

/**
 * Asks something free at the start of a run, and again with back-off while what is wrong may pass: too many calls, an
 * answer that was lost, was a 5xx or no JSON, nobody listening.
 * @throws KlingError what Kling refuses at once, or what still was wrong the last time; the signal's reason.
 */
export async function askPatiently<Answer>(ask: () => Promise<Answer>, { clock, timings, signal, onAskAgain }: Patience): Promise<Answer> {
  const startedAtMs = clock.monotonic();
  const waits = { ...DEFAULT_TIMINGS, ...timings };
  for (let number = 1; ; number += 1) {
    try {
      return await ask();
    } catch (error) {
      signal?.throwIfAborted();
      const isOver = number > TRIES_AGAIN || clock.monotonic() - startedAtMs > LONG_ENOUGH_MS;
      if (isOver || !(error instanceof KlingError) || !isPassing(error)) throw error;
      const inMs = Math.max(backoffMs(waits, number - 1), Math.min(error.retryAfterMs ?? 0, waits.backoffLongestMs));
      onAskAgain?.({ error, inMs, number, of: TRIES_AGAIN });
      await clock.sleep(inMs, signal);
    }
  }
}
