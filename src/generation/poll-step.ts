import { KlingError, type KlingTask } from '../kling/index.ts';
import type { Generation } from '../store/index.ts';
import { commitEvent, type CommitContext, type DriveContext, type StepResult } from './drive-context.ts';
import { errorFacts } from './error-facts.ts';

/**
 * `submitted` and `processing`: wait until Kling says something new about the task. A kill loses nothing: the task id
 * is in the row, and the task goes on at Kling.
 */
export async function pollStep(generation: Generation, context: DriveContext): Promise<StepResult> {
  const { state } = generation;
  if (state.status !== 'submitted' && state.status !== 'processing') return { generation };
  context.report(generation);
  const { taskId, status: known, submittedAtMs } = state;
  const { clock, timings } = context;
  const fit = () => context.durationFitOf(generation);
  // Its age is told by a clock that nobody can set, but for what lies before this run.
  const acceptedAtMs = context.acceptedAtMs.get(generation.id) ?? clock.monotonic() - Math.max(0, clock.now() - submittedAtMs);
  for (;;) {
    let task;
    try {
      task = await context.poller.watch({ taskId, kind: generation.request.kind, known, submittedAtMs, fit }, context.signal);
    } catch (thrown) {
      context.signal.throwIfAborted();
      if (!(thrown instanceof KlingError)) throw thrown;
      return { generation, rest: { why: 'key', error: errorFacts(thrown) } };
    }
    if (task !== 'not-found') return { generation: await commitTask(generation, task, context) };
    // A task that this very account took a moment ago shows late; of another account it never will.
    if (generation.accountId !== context.accountId || clock.monotonic() - acceptedAtMs >= timings.lookGiveUpMs) return await park(generation, taskId, context);
    await clock.sleep(timings.backoffFirstMs, context.signal);
  }
}

/** Kling does not know a task it gave us: the key is another account's, or the task is older than Kling keeps them. */
export async function park(generation: Generation, taskId: string, context: CommitContext): Promise<StepResult> {
  const error = {
    code: 'TASK_OF_ANOTHER_ACCOUNT',
    message: `Kling does not know task ${taskId} under this key.`,
    next: 'Use the key this take was sent with, then directorstudio resume. The clip is paid for and waits there.',
  };
  return { generation: await commitEvent(generation, { type: 'other-account', error }, context), rest: { why: 'parked', error } };
}

/**
 * Writes what Kling says about a take that is at Kling.
 * @param atMs when it became so, if that is known better than by the time of the answer.
 */
export async function commitTask(
  generation: Generation,
  task: KlingTask,
  context: CommitContext & Pick<DriveContext, 'clock' | 'clipAddresses'>,
  atMs = context.clock.now(),
): Promise<Generation> {
  const bill = task.billedUnits === undefined ? {} : { billedUnits: task.billedUnits };
  switch (task.status) {
    case 'succeeded': {
      const url = task.videos[0]?.url;
      if (url !== undefined) context.clipAddresses.set(task.taskId, url);
      return await commitEvent(generation, { type: 'succeeded', atMs: endedAtMs(generation, task, atMs) }, context, { ...bill, detail: bill });
    }
    case 'failed': {
      const charged = task.billedUnits === undefined ? 'unknown' : task.billedUnits > 0 ? 'yes' : 'no';
      const error = taskFailure(task);
      return await commitEvent(generation, { type: 'task-failed', error, charged }, context, { ...bill, detail: { error, charged } });
    }
    case 'processing':
      return await commitEvent(generation, { type: 'processing', atMs }, context);
    default:
      // Nothing new; a word we do not know is none.
      return generation;
  }
}

/** By Kling's own times where it tells them: how long a clip takes is learned from this, and a poll may come late. */
function endedAtMs({ state }: Generation, { createdAtMs, updatedAtMs }: KlingTask, noticedAtMs: number): number {
  if ((state.status !== 'submitted' && state.status !== 'processing') || createdAtMs === undefined || updatedAtMs === undefined) return noticedAtMs;
  return Math.min(noticedAtMs, state.submittedAtMs + Math.max(0, updatedAtMs - createdAtMs));
}

/** Kling's reason for a failed task in words that say what to change. Texts as recorded by third parties. */
function taskFailure(task: KlingTask): { code: string; message: string; next: string } {
  const said = task.statusMessage === '' ? 'no reason given' : task.statusMessage;
  const message = `Kling could not make this clip: ${said} (task ${task.taskId}).`;
  if (/risk control/i.test(said)) return { code: 'TASK_MODERATED', message, next: 'Kling refused the content. Change the words or the frame of this shot; the other shots go on.' };
  if (/image pixel|resolution or aspect ratio of the input image/i.test(said)) {
    return { code: 'TASK_IMAGE_REFUSED', message, next: 'Use another start or end frame: JPEG or PNG, at least 300 pixels a side, no narrower than 1:2.5.' };
  }
  return { code: 'TASK_FAILED', message, next: 'Try again with directorstudio retake, or change the prompt.' };
}
