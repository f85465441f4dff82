/** Every wait of the state machine, in milliseconds. Defaults are for Kling; tests shorten them. */
export interface GenerationTimings {
  /** How long a start waits for its first question to go out, before reading a film keeps the processor from it. */
  askAheadMs: number;
  /** From the lost connection of a POST to the look that may be believed when it says absent. */
  lookWaitMs: number;
  /** After this long an id that is taken but cannot be found is parked for a person. */
  lookGiveUpMs: number;
  /** First and longest wait before trying again what did not work for a passing reason. */
  backoffFirstMs: number;
  backoffLongestMs: number;
  /** One request for the state of up to 20 tasks, this often. */
  pollIntervalMs: number;
  /** How often a full account is looked at again although no slot of ours was freed. */
  slotRetryMs: number;
  /** How often the account's packs are read while takes wait for a slot. Kling allows one such call a second. */
  packIntervalMs: number;
  /** How often a row that another process drives is read. */
  followIntervalMs: number;
  /** Longest download pause before it counts as broken. */
  downloadIdleMs: number;
  /** Downloads tried before a clip counts as unobtainable for now. */
  downloadTries: number;
  /** Kling keeps a finished clip this long (its documentation: 30 days). */
  clipLifetimeMs: number;
  /** How long one run waits for a take that makes no progress; it is not failed by it, `resume` goes on. */
  patienceMs: number;
  /** How long a stopping run waits for answers to POSTs that are under way. */
  stopGraceMs: number;
}

export const DEFAULT_TIMINGS: GenerationTimings = {
  askAheadMs: 50,
  lookWaitMs: 10_000,
  lookGiveUpMs: 10 * 60_000,
  backoffFirstMs: 1_000,
  backoffLongestMs: 30_000,
  pollIntervalMs: 1_000,
  slotRetryMs: 1_000,
  packIntervalMs: 10_000,
  followIntervalMs: 300,
  downloadIdleMs: 30_000,
  downloadTries: 5,
  clipLifetimeMs: 30 * 24 * 3_600_000,
  patienceMs: 30 * 60_000,
  stopGraceMs: 5_000,
};

/** 1, 2, 4, ... times the first wait, up to the longest. @param tries how often it has not worked before, from 0. */
export function backoffMs(timings: GenerationTimings, tries: number): number {
  return Math.min(timings.backoffLongestMs, timings.backoffFirstMs * 2 ** Math.min(tries, 20));
}
