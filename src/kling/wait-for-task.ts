import type { Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import { KlingError } from './kling-error.ts';
import { isTerminal, type KlingTask } from './kling-task.ts';

export interface WaitOptions {
  signal?: AbortSignal;
  /** Longest wait, in milliseconds; default 15 minutes. The task goes on after it, and is billed. */
  deadlineMs?: number;
  /** Called with every answer, also when nothing changed. */
  onUpdate?: (task: KlingTask) => void;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 8000;

/**
 * Asks until the task has ended: pauses of 1, 2, 4, then 8 s. A lost or unreadable answer and "too many calls" only cost
 * another pause. A failed task is returned, not thrown.
 * @throws StudioError KLING_WAIT_TIMEOUT; KlingError when Kling refuses the question; the signal's reason.
 */
export async function waitForTask(read: () => Promise<KlingTask>, taskId: string, clock: Clock, options: WaitOptions): Promise<KlingTask> {
  const deadlineMs = options.deadlineMs ?? 15 * 60_000;
  const endsAt = clock.monotonic() + deadlineMs;
  let last: KlingTask | undefined;
  let trouble: KlingError | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    options.signal?.throwIfAborted();
    let askAgainMs = pauseMs;
    try {
      last = await read();
      trouble = undefined;
      options.onUpdate?.(last);
      if (isTerminal(last)) return last;
    } catch (error) {
      if (!(error instanceof KlingError) || !isPassing(error)) throw error;
      trouble = error;
      askAgainMs = Math.max(pauseMs, error.retryAfterMs ?? 0);
    }
    const leftMs = endsAt - clock.monotonic();
    if (leftMs <= 0) {
      throw new StudioError('KLING_WAIT_TIMEOUT', `Task ${taskId} had not ended after ${deadlineMs / 1000} s (last seen: ${last?.rawStatus ?? 'never'}).`, {
        next: 'Ask for it again later: it goes on at Kling and is billed.',
        cause: trouble,
        detail: { taskId, deadlineMs, lastStatus: last?.rawStatus },
      });
    }
    await clock.sleep(Math.min(askAgainMs, leftMs), options.signal);
  }
}

/** Asking is free, so anything that may pass is asked again. */
export function isPassing(error: KlingError): boolean {
  return error.outcome !== 'refused' || error.action === 'slow-down' || error.action === 'wait-slot';
}
