import type { KlingTask } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import { isFinished, type ErrorFacts, type Generation, type GenerationState } from '../store/index.ts';
import { commitEvent, type FetchContext } from './drive-context.ts';
import { fetchStep } from './fetch-step.ts';
import { externalTaskIdOf } from './fingerprint.ts';
import type { OurTask } from './our-tasks.ts';
import { commitTask } from './poll-step.ts';

/**
 * What became of a row. `busy`: another run drives it, which will fetch it. `another`: the row stands on a task of another
 * account, or on another task of the same id, so this one tells nothing about it.
 */
export type RowEnd = { end: 'brought'; generation: Generation; fetched: boolean; error?: ErrorFacts } | { end: 'busy' | 'another'; generation: Generation };

/**
 * Brings a row to where a task on the account puts it: from any state, by the pure transition, never by a POST. A finished
 * clip is fetched, checked and stored as in any run. A kill leaves the row in one of its states, and the clip, if anything,
 * in the cache; the next run or recovery goes on from there.
 */
export async function recoverRow(row: Generation, ours: OurTask, context: FetchContext): Promise<RowEnd> {
  const claimed = await context.ledger.claim(row.id);
  if (!claimed) return { end: 'busy', generation: row };
  let generation = claimed;
  // What is committed on the way is given back also when a later step throws.
  const tracking: FetchContext = { ...context, report: (written, more) => { generation = written; context.report(written, more); } };
  try {
    const before = await context.cache.find(generation.fingerprint);
    const standing = await stand(generation, ours, before !== undefined, tracking);
    if (!standing) return { end: 'another', generation };
    generation = await tellTask(standing, ours.task, tracking);
    const { rest, end } = await fetch(generation, ours.task, tracking);
    generation = end;
    const error = rest ?? ('error' in end.state ? end.state.error : undefined);
    return { end: 'brought', generation, fetched: before === undefined && end.state.status === 'completed', ...(error ? { error } : {}) };
  } catch (thrown) {
    if (StudioError.is(thrown) && thrown.code === 'LEASE_LOST') return { end: 'busy', generation };
    throw thrown;
  } finally {
    await context.ledger.release(generation);
  }
}

/** The row in a state that knows of the task; `undefined` where the task is none of the row's. */
async function stand(row: Generation, { task, attempt }: OurTask, hasClip: boolean, context: FetchContext): Promise<Generation | undefined> {
  const known = taskIdOf(row.state);
  if (known !== undefined && known !== task.taskId) return undefined;
  // The very same task is proof of the same account, whatever key it was sent with.
  if (known === undefined && row.accountId !== undefined && row.accountId !== context.accountId && mayBeThere(row.state)) return undefined;
  const bill = task.billedUnits === undefined ? {} : { billedUnits: task.billedUnits };
  let generation: Generation = { ...row, accountId: context.accountId, ...bill };
  let { state } = generation;
  if (state.status === 'completed') {
    if (hasClip) return row;
    generation = await commitEvent(generation, { type: 'file-lost', atMs: context.clock.now() }, context);
    ({ state } = generation);
  }
  if (state.status === 'parked' && known !== undefined) return await commitEvent(generation, { type: 'unpark' }, context);
  if (state.status === 'failed' && known !== undefined && task.status !== 'succeeded') return row;
  if (known !== undefined && state.status !== 'failed') return generation;
  // Times are Kling's, so that the clip counts as old as it is; a clock of ours that runs ahead must not turn them round.
  const submittedAtMs = Math.max(row.createdAtMs, task.createdAtMs ?? context.clock.now());
  // An older backup may know less attempts than were made.
  const later = attempt === generation.attempt ? {} : { attempt: { number: attempt, externalTaskId: externalTaskIdOf(row.fingerprint, attempt) } };
  return await commitEvent(generation, { type: 'recovered', taskId: task.taskId, submittedAtMs }, context, { ...later, ...bill, detail: { taskId: task.taskId, ...bill } });
}

/** Writes down what Kling's list says of a take that was at Kling by the row. */
async function tellTask(generation: Generation, task: KlingTask, context: FetchContext): Promise<Generation> {
  const { state } = generation;
  if (state.status !== 'submitted' && state.status !== 'processing') return generation;
  return await commitTask(generation, task, context, Math.max(state.submittedAtMs, task.updatedAtMs ?? context.clock.now()));
}

async function fetch(start: Generation, task: KlingTask, context: FetchContext): Promise<{ end: Generation; rest?: ErrorFacts }> {
  let generation = start;
  const [video] = task.videos;
  // The address is a minute old at most; the one of another look may have died.
  if (video && task.status === 'succeeded') context.clipAddresses.set(task.taskId, video.url);
  const first = generation.state.status;
  while (generation.state.status === 'downloading' || (generation.state.status === 'unobtainable' && first === 'unobtainable')) {
    const result = await fetchStep(generation, context);
    generation = result.generation;
    if (result.rest) return { end: generation, rest: result.rest.error };
  }
  return { end: generation };
}

function taskIdOf(state: GenerationState): string | undefined {
  if (state.status === 'parked') return taskIdOf(state.resumeFrom);
  return 'taskId' in state ? state.taskId : undefined;
}

/** Whether a POST of this row may have made a task on the account that it is bound to. */
function mayBeThere(state: GenerationState): boolean {
  if (state.status === 'parked') return mayBeThere(state.resumeFrom);
  return !isFinished(state.status) && state.status !== 'waiting';
}
