import { formatMoney, KlingError, requestFromSettings, type VideoRequest } from '../kling/index.ts';
import { assertNever } from '../lib/errors.ts';
import type { Frame } from '../protocol/shot-settings.ts';
import type { ErrorFacts, Generation } from '../store/index.ts';
import { commitEvent, type DriveContext, type StepResult } from './drive-context.ts';
import { errorFacts } from './error-facts.ts';
import { fetchRecovered } from './fetch-recovered.ts';
import { instantOf } from './look-time.ts';
import { backoffMs } from './timings.ts';
import { waitForParent } from './wait-for-parent.ts';

/**
 * `waiting`: look into the cache, wait for what it waits for, pass the gate, POST.
 * A kill before the gate's commit: nothing was sent, the row waits on. After it: the row says `sending`, and the next
 * start looks the task up before it does anything else.
 */
export async function waitingStep(generation: Generation, context: DriveContext): Promise<StepResult> {
  if (generation.state.status !== 'waiting') return { generation };
  context.report(generation, { stage: 'checking' });
  const cached = await context.cache.find(generation.fingerprint);
  if (cached) {
    const event = { type: 'stored', contentHash: cached.contentHash, sizeBytes: cached.sizeBytes, atMs: context.clock.now() } as const;
    return { generation: await commitEvent(generation, event, context, { detail: { from: 'cache' } }) };
  }
  const recovered = await fetchRecovered(generation, context);
  if (recovered) return recovered;
  context.report(generation);
  const noParent = await waitForParent(generation, context);
  if (noParent) return { generation, rest: noParent };
  const pauseMs = Math.min(generation.state.untilMs - context.clock.now(), context.timings.backoffLongestMs);
  if (pauseMs > 0) {
    context.gate.notComing(generation.id);
    await context.clock.sleep(pauseMs, context.signal);
  }
  const answer = await context.gate.enter(generation, context.signal, context.rankOf(generation));
  switch (answer.answer) {
    case 'granted':
      context.report(answer.generation);
      return await post(answer.generation, context);
    case 'budget': {
      const play = { play: generation.engine === 'sandbox' };
      const error = {
        code: 'CAP_REACHED',
        message: `The cap of ${formatMoney(answer.capUnits, play)} leaves no room for this take, ${formatMoney(generation.estimateUnits, play)}: ${formatMoney(answer.spentUnits, play)} of it is spent or set aside.`,
        next: 'directorstudio resume --cap UNITS (or --cap none) goes on with a higher cap.',
      };
      return { generation: await commitEvent(generation, { type: 'held', reason: 'budget', error }, context, { detail: { error } }), rest: { why: 'budget', error } };
    }
    case 'stopped':
      return await rested(generation, answer.error, context);
    default:
      return assertNever(answer, 'gate answer');
  }
}

/**
 * Sends the one POST that the row's `sending` state gives the right to, and writes what came of it. A kill after the
 * POST left and before the commit: the row still says `sending`, which the next start treats as an answer lost.
 */
export async function post(generation: Generation, context: DriveContext): Promise<StepResult> {
  let accepted;
  try {
    accepted = await context.client.create(toRequest(generation, context), { signal: context.hardSignal });
  } catch (error) {
    const written = await writeOutcome(generation, error, context);
    if (error instanceof KlingError && error.action === 'wait-slot') context.gate.saidFull(generation);
    else context.gate.roomChanged(generation.request.model);
    return written;
  }
  context.acceptedAtMs.set(generation.id, context.clock.monotonic());
  const event = { type: 'accepted', taskId: accepted.taskId, atMs: context.clock.now() } as const;
  const written = await commitEvent(generation, event, context, { write: 'commitAccepted', detail: { taskId: accepted.taskId } });
  context.gate.roomChanged(generation.request.model);
  return { generation: written };
}

const STOPPED_SENDING: ErrorFacts = {
  code: 'RUN_STOPPED',
  message: 'The run was stopped before the answer to this take was read.',
  next: 'directorstudio resume finds out what Kling did.',
};

async function writeOutcome(generation: Generation, thrown: unknown, context: DriveContext): Promise<StepResult> {
  const error = context.hardSignal.aborted && !(thrown instanceof KlingError) ? STOPPED_SENDING : errorFacts(thrown);
  const instant = instantOf(context.clock);
  const now = instant.atMs;
  const { tries, unanswered } = generation.state.status === 'sending' ? generation.state : { tries: 0, unanswered: 0 };
  const later = now + backoffMs(context.timings, tries);
  // Our own abort, or a fault of ours: whether the POST left cannot be said, so it counts as lost.
  if (!(thrown instanceof KlingError) || thrown.outcome === 'unknown') {
    return { generation: await commitEvent(generation, { type: 'lost', error, ...instant }, context, { detail: { error } }) };
  }
  if (thrown.outcome === 'unsent') {
    return { generation: await commitEvent(generation, { type: 'unsent', untilMs: later, error, ...instant }, context, { detail: { error } }) };
  }
  switch (thrown.action) {
    case 'wait-slot': {
      // The gate says when to try again; a take that is looked for does not pass it, so it needs a pause of its own.
      const event = { type: 'deferred', reason: 'slot', untilMs: unanswered > 0 ? later : now, error, ...instant } as const;
      return { generation: await commitEvent(generation, event, context, { write: 'commitFull', detail: { error } }) };
    }
    case 'slow-down': {
      const event = { type: 'deferred', reason: 'retry', untilMs: Math.max(later, now + (thrown.retryAfterMs ?? 0)), error, ...instant } as const;
      return { generation: await commitEvent(generation, event, context, { detail: { error } }) };
    }
    case 'renew':
      return await renew(generation, thrown, context);
    case 'stop-account': {
      const reason = thrown.klingCode === 1101 || thrown.klingCode === 1102 ? 'budget' : 'key';
      return await stopAccount(generation, thrown, reason, context);
    }
    case 'already-exists':
      return { generation: await commitEvent(generation, { type: 'id-taken', error, ...instant }, context, { detail: { error } }) };
    case 'fix-input':
    case 'not-found':
    case undefined:
      return { generation: await commitEvent(generation, { type: 'refused', error, ...instant }, context, { detail: { error } }) };
    default:
      return assertNever(thrown.action, 'Kling action');
  }
}

/** A token that Kling does not take is signed anew once, with the skew of our clock taken out; then a person must act. */
async function renew(generation: Generation, thrown: KlingError, context: DriveContext): Promise<StepResult> {
  if (context.client.credentialKind === 'api-key' || context.renewed.has(generation.id)) return await stopAccount(generation, thrown, 'key', context);
  context.renewed.add(generation.id);
  context.client.renewCredentials(thrown.serverTimeMs);
  const instant = instantOf(context.clock);
  const event = { type: 'deferred', reason: 'retry', untilMs: instant.atMs, error: errorFacts(thrown), ...instant } as const;
  return { generation: await commitEvent(generation, event, context) };
}

async function stopAccount(generation: Generation, thrown: KlingError, reason: 'budget' | 'key', context: DriveContext): Promise<StepResult> {
  const error = errorFacts(thrown);
  const instant = instantOf(context.clock);
  const written = await commitEvent(generation, { type: 'deferred', reason, untilMs: instant.atMs, error, ...instant }, context, { detail: { error } });
  context.gate.stop(error);
  context.notice({ code: error.code, message: error.message, ...(error.next === undefined ? {} : { next: error.next }) });
  // With an earlier POST of this id unanswered the row is `unknown` now and goes on being looked for.
  return written.state.status === 'waiting' ? { generation: written, rest: { why: reason, error } } : { generation: written };
}

/** The account takes no more: what this take waits for is written down, so that it can be seen after the run. */
export async function rested(generation: Generation, error: ErrorFacts, context: DriveContext): Promise<StepResult> {
  const reason = error.klingCode === 1101 || error.klingCode === 1102 ? 'budget' : 'key';
  const held = generation.state.status === 'waiting' ? await commitEvent(generation, { type: 'held', reason, error }, context, { detail: { error } }) : generation;
  return { generation: held, rest: { why: reason, error } };
}

/** What is sent for a row: its settings in the client's words, with the id that was written down for it. */
function toRequest(generation: Generation, context: DriveContext): VideoRequest {
  const request = requestFromSettings<Frame>(generation.request, (frame) => ('url' in frame ? frame : { path: context.framePath(frame) }));
  return { ...request, externalTaskId: generation.externalTaskId };
}
