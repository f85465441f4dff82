import { StudioError } from '../lib/errors.ts';
import { isFinished, type ErrorFacts, type Generation, type GenerationState, type GenerationStatus } from '../store/index.ts';
import { commitEvent, type DriveContext, type Rest, type StepResult } from './drive-context.ts';
import { fetchStep } from './fetch-step.ts';
import { lookStep } from './look-step.ts';
import { instantOf } from './look-time.ts';
import { pollStep } from './poll-step.ts';
import { waitingStep } from './send-step.ts';
import { attemptFor } from './try-again.ts';

type Step = (generation: Generation, context: DriveContext) => Promise<StepResult>;

const over: Step = async (generation) => ({ generation });

/** One verb, "advance this generation", as a table: what to do in each state. A restart enters at the row's state. */
const STEPS: Record<GenerationStatus, Step> = {
  waiting: waitingStep,
  sending: abandonedSendStep,
  unknown: lookStep,
  submitted: pollStep,
  processing: pollStep,
  downloading: fetchStep,
  unobtainable: fetchStep,
  parked: parkedStep,
  completed: completedStep,
  failed: over,
  cancelled: over,
};

/** States in which Kling, or the way to it, may keep one waiting; each entry may last `patienceMs` in one run. */
const PATIENT: ReadonlySet<GenerationStatus> = new Set(['unknown', 'submitted', 'processing']);

/** So often in one run a take is tried again that could not be sent or was told to slow down. */
const RETRIES_A_RUN = 12;

/** `followed`: another run, here or in another process, brought it to its end while this one watched. */
export type DriveEnd = { generation: Generation; rest?: Rest; followed?: true };

/**
 * Takes one generation as far as this run can: to its end, or to a rest. Rows that another living process drives are
 * followed; when that process dies, this one goes on.
 * @param options.tryRefusedAgain a person asked for an attempt that had been refused or cancelled: it is made again. Not for
 * one that was withdrawn, or refused to another run, after it was asked for.
 * @throws the run's signal reason when it stops (the row stays where it is); StudioError of this machine (disk full).
 */
export async function drive(id: string, context: DriveContext, options: { tryRefusedAgain: boolean }): Promise<DriveEnd> {
  const start = await claimOrFollow(id, context);
  if (start.followed) return start;
  let { generation } = start;
  let retries = 0;
  let patientSince = context.clock.monotonic();
  try {
    if (options.tryRefusedAgain && attemptFor(generation, 0, 'start of a run') === 'same row') {
      generation = await commitEvent(generation, { type: 'retry' }, context);
    }
    if (occupiesSlot(generation.state)) context.gate.occupy(generation);
    for (let first = true; ; first = false) {
      const before = generation.state.status;
      if (before !== 'waiting') context.gate.notComing(generation.id);
      // A completed take is looked at once: is its file still there? One that a stop caught at its last step is over all the same.
      if (isFinished(before) && !(first && before === 'completed')) return { generation };
      if (before === 'waiting' && !context.mayBeSent) return { generation };
      context.signal.throwIfAborted();
      const result = await patiently(generation, context, patientSince);
      generation = result.generation;
      if (generation.state.status !== before) patientSince = context.clock.monotonic();
      if (!occupiesSlot(generation.state)) context.gate.left(generation);
      if (result.rest) return { generation, rest: result.rest };
      // It came to its end between the question for it and the claim, or long ago.
      if (before === 'completed' && generation.state.status === 'completed') return { generation, followed: true };
      if (generation.state.status === 'waiting' && generation.state.reason === 'retry') {
        retries += 1;
        if (retries > RETRIES_A_RUN && generation.state.error) return { generation, rest: { why: 'patience', error: generation.state.error } };
      }
    }
  } finally {
    context.gate.notComing(generation.id);
    context.gate.left(generation);
    await context.ledger.release(generation);
  }
}

/** Runs the step of the row's state; one that only waits for Kling is given the run's patience, no more. */
async function patiently(generation: Generation, context: DriveContext, sinceMs: number): Promise<StepResult> {
  const step = mayBeOfAnotherAccount(generation, context) ? otherAccountStep : STEPS[generation.state.status];
  if (!PATIENT.has(generation.state.status)) return await step(generation, context);
  const patience = new AbortController();
  const stepOver = new AbortController();
  // A state may take many steps (one a look); its patience is one.
  context.clock.sleep(context.timings.patienceMs - (context.clock.monotonic() - sinceMs), stepOver.signal).then(
    () => patience.abort(),
    () => {},
  );
  try {
    return await step(generation, { ...context, signal: AbortSignal.any([context.signal, patience.signal]) });
  } catch (error) {
    if (!patience.signal.aborted || context.signal.aborted || error !== patience.signal.reason) throw error;
    return { generation, rest: { why: 'patience', error: patienceOver(generation, Math.round(context.timings.patienceMs / 60_000)) } };
  } finally {
    stepOver.abort();
  }
}

function patienceOver({ state }: Generation, minutes: number): ErrorFacts {
  if (state.status === 'unknown') {
    return {
      code: 'NO_ANSWER_YET',
      message: `What Kling did with this take could not be found out in ${minutes} minutes.`,
      next: 'It is not sent again before that is known: directorstudio resume looks again.',
    };
  }
  return {
    code: 'STILL_AT_KLING',
    message: `Kling has not finished this clip in ${minutes} minutes.`,
    next: 'It goes on there and is not lost: directorstudio resume fetches it when it is ready.',
  };
}

function occupiesSlot(state: GenerationState): boolean {
  return state.status === 'sending' || state.status === 'unknown' || state.status === 'submitted' || state.status === 'processing';
}

async function claimOrFollow(id: string, context: DriveContext): Promise<DriveEnd> {
  for (;;) {
    const claimed = await context.ledger.claim(id);
    if (claimed) return { generation: claimed };
    const followed = await context.ledger.find(id);
    if (!followed) throw new StudioError('GENERATION_UNKNOWN', `The ledger has no row ${id}.`);
    context.gate.notComing(id);
    context.report(followed);
    if (isFinished(followed.state.status)) return { generation: followed, followed: true };
    await context.clock.sleep(context.timings.followIntervalMs, context.signal);
  }
}

/** A row that says `sending` when it is taken over: the process that sent it is dead, and the answer with it. */
async function abandonedSendStep(generation: Generation, context: DriveContext): Promise<StepResult> {
  const error = { code: 'PROCESS_DIED', message: 'The process that sent this take ended before it read the answer.', next: 'directorstudio resume finds out what Kling did.' };
  return { generation: await commitEvent(generation, { type: 'lost', error, ...instantOf(context.clock) }, context) };
}

/** An account that does not have a task says "absent", which must never be read as leave to POST there. */
function mayBeOfAnotherAccount({ state, accountId }: Generation, context: DriveContext): boolean {
  return (state.status === 'sending' || state.status === 'unknown') && accountId !== undefined && accountId !== context.accountId;
}

async function otherAccountStep(generation: Generation, context: DriveContext): Promise<StepResult> {
  const error = {
    code: 'SENT_FROM_ANOTHER_ACCOUNT',
    message: `This take was sent with the key of another Kling account, and its answer was lost. Only that account can say whether it was made (our id there: ${generation.externalTaskId}).`,
    next: 'Use the key this take was sent with, then directorstudio resume. Nothing is sent again meanwhile.',
  };
  return { generation: await commitEvent(generation, { type: 'other-account', error }, context), rest: { why: 'parked', error } };
}

async function parkedStep(generation: Generation, context: DriveContext): Promise<StepResult> {
  const { state } = generation;
  if (state.status !== 'parked') return { generation };
  if (state.why === 'other-account' && generation.accountId !== undefined && generation.accountId !== context.accountId) {
    context.report(generation);
    return { generation, rest: { why: 'parked', error: state.error } };
  }
  // The right account, or a look that costs nothing: go on where it stopped.
  return { generation: await commitEvent(generation, { type: 'unpark' }, context) };
}

/** The file of a completed take is gone or damaged: fetched again by its task, never bought again. */
async function completedStep(generation: Generation, context: DriveContext): Promise<StepResult> {
  const { state } = generation;
  if (state.status !== 'completed') return { generation };
  const clip = await context.cache.find(generation.fingerprint);
  if (clip) {
    context.report(generation);
    return { generation };
  }
  return { generation: await commitEvent(generation, { type: 'file-lost', atMs: context.clock.now() }, context) };
}
