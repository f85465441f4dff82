import type { KlingAPIClient, KlingKind, KlingTask } from '../kling/index.ts';
import { pictureOfExternalTaskId } from './fingerprint.ts';

/** Kling keeps a list for each. */
const KINDS = ['text2video', 'image2video'] as const satisfies readonly KlingKind[];

/** The whole list is read, because its order is not documented: in as few calls as Kling allows. */
const LARGEST_PAGE = 500;

/** A task on the account that carries an id of ours. */
export interface OurTask {
  kind: KlingKind;
  task: KlingTask;
  externalTaskId: string;
  fingerprint: string;
  /** Counted from 1. */
  attempt: number;
}

/** What a walk through the account's lists has seen. */
export interface TaskCensus {
  /** All of them, foreign ones too. */
  seen: number;
  ours: OurTask[];
}

/**
 * Walks the lists of every product and picks the tasks that carry an id of ours and began at `sinceMs` or later. Tasks of
 * other programs and of other kinds of id are counted and left alone. Free: a call for five hundred tasks.
 * @param onProgress called after every hundred tasks.
 * @throws KlingError when Kling refuses or stays out of reach; the signal's reason, unchanged.
 */
export async function findOurTasks(
  client: KlingAPIClient,
  options: { sinceMs: number; signal: AbortSignal; onProgress?: (census: { seen: number; ours: number }) => void },
): Promise<TaskCensus> {
  const { sinceMs, signal, onProgress } = options;
  const ours: OurTask[] = [];
  let seen = 0;
  for (const kind of KINDS) {
    for await (const task of client.walkTasks(kind, { sinceMs, signal, pageSize: LARGEST_PAGE })) {
      signal.throwIfAborted();
      // A list may be in any order, so an older task can stand between newer ones.
      if (task.createdAtMs !== undefined && task.createdAtMs < sinceMs) continue;
      seen += 1;
      const { externalTaskId } = task;
      const picture = externalTaskId === undefined ? undefined : pictureOfExternalTaskId(externalTaskId);
      if (externalTaskId !== undefined && picture) ours.push({ kind, task, externalTaskId, ...picture });
      if (seen % 100 === 0) onProgress?.({ seen, ours: ours.length });
    }
  }
  onProgress?.({ seen, ours: ours.length });
  return { seen, ours };
}
