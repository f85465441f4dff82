import { KlingError } from '../kling/index.ts';
import type { Generation } from '../store/index.ts';
import { commitEvent, type DriveContext, type StepResult } from './drive-context.ts';
import { errorFacts } from './error-facts.ts';
import { externalTaskIdOf } from './fingerprint.ts';
import { lookTimeMs } from './look-time.ts';
import { post, rested } from './send-step.ts';
import { backoffMs } from './timings.ts';
import { mayTakeNextId, maySendAgain, transition } from './transition.ts';

/**
 * `unknown`: a POST may have created a task. Look for it by our id, at once and when the wait after the lost connection
 * is over. Found: adopted. Absent after the wait: POST again with the same id. Anything else: look again later.
 * A kill anywhere leaves the row `unknown` with the time of the loss, so the wait does not start anew.
 */
export async function lookStep(generation: Generation, context: DriveContext): Promise<StepResult> {
  const { state } = generation;
  if (state.status !== 'unknown') return { generation };
  context.report(generation);
  // A machine that was started anew knows less of what has passed, and must not wait for hours.
  const longestMs = Math.max(context.timings.lookWaitMs, context.timings.backoffLongestMs);
  await context.clock.sleep(Math.min(state.nextLookAtMs - lookTimeMs(state, context.clock), longestMs), context.signal);
  // The time before the question: a task that became visible while it was on its way does not count as looked for.
  const lookedAtMs = lookTimeMs(state, context.clock);
  let task;
  try {
    task = await context.client.findTask(generation.request.kind, { externalTaskId: generation.externalTaskId }, { signal: context.signal });
  } catch (thrown) {
    context.signal.throwIfAborted();
    const error = errorFacts(thrown);
    const nextLookAtMs = lookedAtMs + backoffMs(context.timings, state.looks + 1);
    const written = await commitEvent(generation, { type: 'not-known', error, nextLookAtMs }, context);
    if (thrown instanceof KlingError && thrown.action === 'renew') return { generation: written, rest: { why: 'key', error } };
    return { generation: written };
  }
  if (task) {
    const event = { type: 'found', taskId: task.taskId, atMs: context.clock.now() } as const;
    return { generation: await commitEvent(generation, event, context, { detail: { taskId: task.taskId } }) };
  }
  return await absent(generation, lookedAtMs, context);
}

async function absent(generation: Generation, lookedAtMs: number, context: DriveContext): Promise<StepResult> {
  const { timings, clock } = context;
  const before = generation.state;
  if (before.status !== 'unknown') return { generation };
  const waitEndsAtMs = before.lostAtMs + timings.lookWaitMs;
  const nextLookAtMs = lookedAtMs < waitEndsAtMs ? waitEndsAtMs : lookedAtMs + backoffMs(timings, before.looks);
  const written = await commitEvent(generation, { type: 'absent', atMs: lookedAtMs, nextLookAtMs }, context, { detail: { looks: before.looks + 1 } });
  const { state } = written;
  if (state.status !== 'unknown') return { generation: written };

  if (!context.mayBeSent && (maySendAgain(state, timings) || mayTakeNextId(state, timings))) {
    const error = { code: 'NOT_WANTED', message: 'Kling has no such task, and the film has other words now: it is not sent.', next: 'Nothing is to be done; nothing was spent.' };
    return { generation: written, rest: { why: 'patience', error } };
  }
  if (maySendAgain(state, timings)) {
    // The account takes no more: posting into its refusal again and again would help nobody.
    if (context.gate.stoppedBecause) return await rested(written, context.gate.stoppedBecause, context);
    const sending = transition(state, { type: 'send', atMs: clock.now() }, timings);
    const grant = await context.ledger.beginSend(written, { accountId: context.accountId, projectId: written.projectId, state: sending });
    if (grant.granted) {
      context.report(grant.generation);
      return await post(grant.generation, context);
    }
    const error = { code: 'CAP_REACHED', message: 'The cap was lowered while this take was being sent.', next: 'directorstudio resume --cap UNITS (or --cap none) goes on with a higher cap.' };
    return { generation: written, rest: { why: 'budget', error } };
  }
  if (mayTakeNextId(state, timings)) {
    const number = written.attempt + 1;
    const attempt = { number, externalTaskId: externalTaskIdOf(written.fingerprint, number) };
    return { generation: await commitEvent(written, { type: 'next-attempt' }, context, { attempt, detail: { attempt: number } }) };
  }
  if (state.idTaken && lookedAtMs - state.lostAtMs >= timings.lookGiveUpMs) {
    const error = {
      code: 'TASK_CANNOT_BE_FOUND',
      message: `Kling says that the task ${written.externalTaskId} exists and cannot show it. Whether it is paid for cannot be known from here.`,
      next: 'Look for it in the Kling console. directorstudio resume looks again; directorstudio retake makes and pays for a new one.',
    };
    return { generation: await commitEvent(written, { type: 'cannot-know', error }, context), rest: { why: 'parked', error } };
  }
  return { generation: written };
}
