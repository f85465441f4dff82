import { rm } from 'node:fs/promises';
import { formatMoney, KlingError } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import type { ErrorFacts, Generation } from '../store/index.ts';
import { commitEvent, type FetchContext, type StepResult } from './drive-context.ts';
import { errorFacts } from './error-facts.ts';
import { fetchClip } from './fetch-clip.ts';
import { park } from './poll-step.ts';
import { backoffMs, type GenerationTimings } from './timings.ts';

/** A clip may be a frame longer than asked, or a little more; beyond this it is worth a second download. */
const LENGTH_TOLERANCE_S = 0.6;

/**
 * `downloading` and `unobtainable`: fetch the clip of a finished task, check that it plays and is as long as asked, put
 * it into the cache, record what it took. A kill leaves at most a temporary file; the next start finds the clip in the
 * cache, or fetches it again, free of charge.
 */
export async function fetchStep(generation: Generation, context: FetchContext): Promise<StepResult> {
  const { state } = generation;
  if (state.status !== 'downloading' && state.status !== 'unobtainable') return { generation };
  context.report(generation);
  const { clock, timings, signal } = context;
  if (state.status === 'downloading') await clock.sleep(Math.min(state.nextTryAtMs - clock.now(), timings.backoffLongestMs), signal);

  const startedAt = clock.monotonic();
  const cached = await context.cache.find(generation.fingerprint);
  if (cached) return { generation: await finish(generation, cached, { downloadMs: 0, localMs: 0 }, context) };

  let address;
  try {
    address = await clipAddress(generation, state.taskId, context);
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof KlingError && thrown.action === 'renew') return { generation, rest: { why: 'key', error: errorFacts(thrown) } };
    return await notFetched(generation, errorFacts(thrown), context);
  }
  if (address === 'not-found') {
    const expired = context.client.serverTimeMs() >= state.succeededAtMs + timings.clipLifetimeMs && generation.accountId === context.accountId;
    if (!expired) return await park(generation, state.taskId, context);
    return await notFetched(generation, errorFacts(new StudioError('CLIP_EXPIRED', `Kling no longer knows task ${state.taskId}: it keeps clips for ${daysOf(timings)} days.`)), context);
  }

  const file = await context.cache.temporaryFile();
  try {
    await fetchClip(address, file, {
      fetch: context.fetch,
      clock,
      idleMs: timings.downloadIdleMs,
      allowLoopbackHttp: context.allowLoopbackHttp,
      signal,
      onProgress: (received, total) => context.report(generation, { stage: 'downloading', ...(total ? { fraction: received / total } : {}) }),
    });
    const downloadedAt = clock.monotonic();
    context.report(generation, { stage: 'verifying' });
    const probe = await context.probe(file);
    checkLength(probe.durationS, generation);
    const clip = await context.cache.add(generation.fingerprint, file, { mediaDurationS: probe.durationS });
    const spent = { downloadMs: downloadedAt - startedAt, localMs: clock.monotonic() - downloadedAt };
    return { generation: await finish(generation, clip, spent, context) };
  } catch (thrown) {
    await rm(file, { force: true });
    signal.throwIfAborted();
    // The disk is full or cannot be written: that is this machine's trouble, not the clip's. It waits where it is.
    if (StudioError.is(thrown) && (thrown.code === 'DISK_FULL' || thrown.code === 'CACHE_NOT_WRITABLE')) throw thrown;
    return await notFetched(generation, withoutPath(errorFacts(thrown), file), context);
  }
}

/** The temporary file is gone when somebody reads of it, and its name would make every try another error. */
export function withoutPath(error: ErrorFacts, path: string): ErrorFacts {
  return { ...error, message: error.message.replaceAll(path, 'what was downloaded') };
}

/** The address from the poll that saw the task end, or asked for again: addresses expire and are never stored. */
async function clipAddress(generation: Generation, taskId: string, context: FetchContext): Promise<string> {
  const known = context.clipAddresses.get(taskId);
  context.clipAddresses.delete(taskId);
  if (known !== undefined) return known;
  const task = await context.client.findTask(generation.request.kind, { taskId }, { signal: context.signal });
  if (!task) return 'not-found';
  const url = task.videos[0]?.url;
  if (url !== undefined) return url;
  throw new StudioError('CLIP_MISSING', `Kling says that task ${taskId} succeeded and names no video.`, { detail: { status: task.rawStatus } });
}

/** @throws StudioError CLIP_LENGTH_WRONG the first time; a second download of the same length is what Kling made. */
function checkLength(durationS: number, generation: Generation): void {
  const { state } = generation;
  const wantedS = generation.request.durationS;
  if (Math.abs(durationS - wantedS) <= LENGTH_TOLERANCE_S) return;
  const seenBefore = 'error' in state && state.error?.code === 'CLIP_LENGTH_WRONG' && state.error.message.includes(`${durationS.toFixed(3)} s`);
  if (seenBefore) return;
  throw new StudioError('CLIP_LENGTH_WRONG', `The clip is ${durationS.toFixed(3)} s long, ${wantedS} s were asked for.`);
}

function daysOf({ clipLifetimeMs }: GenerationTimings): number {
  return Math.round(clipLifetimeMs / 86_400_000);
}

async function notFetched(generation: Generation, error: ErrorFacts, context: FetchContext): Promise<StepResult> {
  const { state } = generation;
  if (state.status !== 'downloading' && state.status !== 'unobtainable') return { generation };
  const { clock, timings, client } = context;
  const now = clock.now();
  if (state.status === 'downloading' && state.tries + 1 < timings.downloadTries) {
    const event = { type: 'download-failed', error, nextTryAtMs: now + backoffMs(timings, state.tries) } as const;
    return { generation: await commitEvent(generation, event, context, { detail: { error } }) };
  }
  const giveUpAtMs = state.status === 'unobtainable' ? state.giveUpAtMs : state.succeededAtMs + timings.clipLifetimeMs;
  // By Kling's clock: a wrong one here must not give up a clip that Kling still has.
  const over = client.serverTimeMs() >= giveUpAtMs;
  const unobtainable = {
    code: 'CLIP_UNOBTAINABLE',
    message: `Kling made this clip, but no playable file could be had: ${error.message}`,
    next: `${over ? `Its ${daysOf(timings)} days at Kling are over.` : `directorstudio resume tries again, free of charge, until ${new Date(giveUpAtMs).toISOString().slice(0, 10)}.`} A new take costs ${formatMoney(generation.estimateUnits, { play: generation.engine === 'sandbox' })}: directorstudio retake.`,
  };
  if (over && state.status === 'unobtainable') {
    return { generation: await commitEvent(generation, { type: 'gave-up', error: unobtainable }, context) };
  }
  const event =
    state.status === 'downloading'
      ? ({ type: 'unobtainable', error: unobtainable, nextTryAtMs: now + timings.backoffLongestMs, giveUpAtMs } as const)
      : ({ type: 'download-failed', error: unobtainable, nextTryAtMs: now + timings.backoffLongestMs } as const);
  const written = await commitEvent(generation, event, context, { detail: { error } });
  return { generation: written, rest: { why: 'unobtainable', error: unobtainable } };
}

async function finish(
  generation: Generation,
  clip: { contentHash: string; sizeBytes: number },
  spent: { downloadMs: number; localMs: number },
  context: FetchContext,
): Promise<Generation> {
  const before = generation.state;
  const atMs = context.clock.now();
  const { request } = generation;
  const first = before.status === 'downloading' && !before.again ? before : undefined;
  const metrics = first?.submittedAtMs !== undefined && {
    engine: generation.engine,
    model: request.model,
    mode: request.mode ?? '',
    duration_s: request.durationS,
    queue_wait_ms: first.submittedAtMs - generation.createdAtMs,
    generation_ms: first.succeededAtMs - first.submittedAtMs,
    download_ms: spent.downloadMs,
    local_ms: spent.localMs,
    size_bytes: clip.sizeBytes,
    billed_units: generation.billedUnits ?? null,
    completed_at: atMs,
  };
  const event = { type: 'stored', contentHash: clip.contentHash, sizeBytes: clip.sizeBytes, atMs } as const;
  return await commitEvent(generation, event, context, { detail: { sizeBytes: clip.sizeBytes }, ...(metrics ? { metrics } : {}) });
}
