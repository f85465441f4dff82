import type { Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import { KlingError } from './kling-error.ts';
import type { KlingTask } from './kling-task.ts';
import { isPassing } from './wait-for-task.ts';

export interface WalkOptions {
  signal?: AbortSignal;
  /**
   * Tasks that Kling made before this are left out, in milliseconds since 1970 by Kling's clock. Default: none is. Clips
   * can be fetched for 30 days, so older tasks are of use only for their bill.
   */
  sinceMs?: number;
  /** Tasks a page, 1 to 500; default 100. */
  pageSize?: number;
}

/** One page of the list as it came; `entries` counts also what could not be read as a task. */
export interface TaskPage {
  tasks: KlingTask[];
  entries: number;
}

/** Kling counts pages from 1 to this (documented). */
export const LAST_PAGE = 1000;
const PAUSES_MS = [1000, 2000, 4000, 8000, 8000];

/**
 * Every task of a list once, page after page until one is empty. Kling documents no order and no total, so however
 * old a page is, a young task may stand on the next one, and nothing but the end ends the walk. Tasks made meanwhile may be missed.
 * A lost answer or "too many calls" only costs a pause (1, 2, 4, 8, 8 s in a row, then it is thrown).
 * @throws StudioError KLING_LIST_TOO_LONG after page 1000; KlingError; the signal's reason, unchanged.
 */
export async function* walkTasks(readPage: (pageNum: number) => Promise<TaskPage>, clock: Clock, { sinceMs, signal }: WalkOptions): AsyncGenerator<KlingTask, void, undefined> {
  const seen = new Set<string>();
  for (let pageNum = 1; pageNum <= LAST_PAGE; pageNum += 1) {
    const { tasks, entries } = await patiently(() => readPage(pageNum), clock, signal);
    // What was made since the last page pushes tasks onto this one a second time.
    const fresh = tasks.filter(({ taskId }) => !seen.has(taskId));
    if (entries === 0 || (tasks.length > 0 && fresh.length === 0)) return;
    for (const task of fresh) {
      seen.add(task.taskId);
      if (!isOlder(task, sinceMs)) yield task;
    }
  }
  throw new StudioError('KLING_LIST_TOO_LONG', `Kling’s list of tasks goes on after page ${LAST_PAGE}, where it can’t be read any further.`, {
    next: 'Ask for more tasks a page, or look each task up by its id.',
  });
}

function isOlder({ createdAtMs }: KlingTask, sinceMs: number | undefined): boolean {
  return sinceMs !== undefined && createdAtMs !== undefined && createdAtMs < sinceMs;
}

async function patiently<T>(read: () => Promise<T>, clock: Clock, signal: AbortSignal | undefined): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof KlingError) || !isPassing(error)) throw error;
      await clock.sleep(Math.max(pauseMs, error.retryAfterMs ?? 0), signal);
    }
  }
  return await read();
}
