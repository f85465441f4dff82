import { rm } from 'node:fs/promises';
import { StudioError } from '../lib/errors.ts';
import type { ErrorFacts } from '../store/index.ts';
import type { FetchContext } from './drive-context.ts';
import { errorFacts } from './error-facts.ts';
import { fetchClip } from './fetch-clip.ts';
import { withoutPath } from './fetch-step.ts';
import type { OurTask } from './our-tasks.ts';
import { backoffMs } from './timings.ts';

/** Clips are as long as Kling says, give or take a frame or two. */
const LENGTH_TOLERANCE_S = 0.6;

/**
 * Fetches a finished clip that no row of this home knows, checks it and puts it into the cache under its picture, where the
 * next run of its script finds it. Nothing else is written. Tried again with growing pauses, each time with a fresh address.
 * @returns why it could not be had; `undefined` when it is in the cache.
 * @throws StudioError DISK_FULL, CACHE_NOT_WRITABLE; the signal's reason.
 */
export async function recoverClip(ours: OurTask, context: FetchContext): Promise<ErrorFacts | undefined> {
  const { signal, clock, timings } = context;
  for (let tries = 0; ; tries += 1) {
    try {
      await keepClip(ours, await addressOf(ours, tries > 0, context), context);
      return undefined;
    } catch (thrown) {
      signal.throwIfAborted();
      if (StudioError.is(thrown) && (thrown.code === 'DISK_FULL' || thrown.code === 'CACHE_NOT_WRITABLE')) throw thrown;
      if (tries + 1 >= timings.downloadTries) return errorFacts(thrown);
      await clock.sleep(backoffMs(timings, tries), signal);
    }
  }
}

async function addressOf({ kind, task }: OurTask, fresh: boolean, { client, signal }: FetchContext): Promise<string> {
  const now = fresh ? await client.findTask(kind, { taskId: task.taskId }, { signal }) : task;
  const url = now?.videos[0]?.url;
  if (url !== undefined) return url;
  throw new StudioError('CLIP_MISSING', `Kling says that task ${task.taskId} succeeded and names no video.`);
}

async function keepClip({ fingerprint, task }: OurTask, url: string, context: FetchContext): Promise<void> {
  const { cache, clock, timings, allowLoopbackHttp, signal } = context;
  const file = await cache.temporaryFile();
  try {
    await fetchClip(url, file, { fetch: context.fetch, clock, idleMs: timings.downloadIdleMs, allowLoopbackHttp, signal });
    const { durationS } = await context.probe(file);
    const saidS = task.videos[0]?.durationS;
    if (saidS !== undefined && Math.abs(durationS - saidS) > LENGTH_TOLERANCE_S) {
      throw new StudioError('CLIP_LENGTH_WRONG', `The clip is ${durationS.toFixed(3)} s long, Kling says ${saidS} s.`);
    }
    await cache.add(fingerprint, file, { mediaDurationS: durationS });
  } catch (thrown) {
    if (StudioError.is(thrown)) throw new StudioError(thrown.code, withoutPath(errorFacts(thrown), file).message, { ...(thrown.next === undefined ? {} : { next: thrown.next }), cause: thrown });
    throw thrown;
  } finally {
    await rm(file, { force: true });
  }
}
