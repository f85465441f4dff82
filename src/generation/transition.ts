import { assertNever, StudioError } from '../lib/errors.ts';
import type { ErrorFacts, GenerationState, WaitReason } from '../store/generation-state.ts';

/** A time by both clocks: what may have to be waited for from here must not end sooner or later when the wall clock is set. */
interface Instant {
  atMs: number;
  monotonicMs: number;
}

/** What may happen to one attempt. Times are wall-clock milliseconds; those of looks are told by `lookTimeMs`. */
export type GenerationEvent =
  /** The row has a slot and its money is reserved: the next outside call is the POST. */
  | { type: 'send'; atMs: number }
  /** Nothing was sent, and nothing will be in this run: no room under the cap, or the account takes no more. */
  | { type: 'held'; reason: 'budget' | 'key'; error: ErrorFacts }
  | { type: 'accepted'; taskId: string; atMs: number }
  /** The POST cannot have arrived. */
  | ({ type: 'unsent'; untilMs: number; error: ErrorFacts } & Instant)
  /** Kling decided against the POST for good. */
  | ({ type: 'refused'; error: ErrorFacts } & Instant)
  /** Kling decided "not now". */
  | ({ type: 'deferred'; reason: WaitReason; untilMs: number; error: ErrorFacts } & Instant)
  /** Kling says the id of this attempt exists. */
  | ({ type: 'id-taken'; error: ErrorFacts } & Instant)
  /** The answer to the POST was lost, or the process that waited for it is dead. */
  | ({ type: 'lost'; error: ErrorFacts } & Instant)
  /** A look by our id found the task. */
  | { type: 'found'; taskId: string; atMs: number }
  /** A look was answered "Task not found": the one answer that means absent. `atMs`: when it was asked, by the clock of the loss. */
  | { type: 'absent'; atMs: number; nextLookAtMs: number }
  /** A look gave no answer that decides. */
  | { type: 'not-known'; error: ErrorFacts; nextLookAtMs: number }
  /** The look-ups have gone on too long for an id that is taken but cannot be found. */
  | { type: 'cannot-know'; error: ErrorFacts }
  /** Every POST of the id was refused and the id is taken all the same: a fresh id is safe. */
  | { type: 'next-attempt' }
  | { type: 'processing'; atMs: number }
  | { type: 'succeeded'; atMs: number }
  | { type: 'task-failed'; error: ErrorFacts; charged: 'no' | 'yes' | 'unknown' }
  | { type: 'download-failed'; error: ErrorFacts; nextTryAtMs: number }
  /** The limit of tries is reached; looked at again until `giveUpAtMs`. */
  | { type: 'unobtainable'; error: ErrorFacts; nextTryAtMs: number; giveUpAtMs: number }
  | { type: 'gave-up'; error: ErrorFacts }
  | { type: 'stored'; contentHash: string; sizeBytes: number; atMs: number }
  /** The verified file of a completed take is gone or damaged. */
  | { type: 'file-lost'; atMs: number }
  /** Another account's key is needed. */
  | { type: 'other-account'; error: ErrorFacts }
  /** The account's own list shows the task of this attempt, whatever the row thought of it: a lost answer, an older backup. */
  | { type: 'recovered'; taskId: string; submittedAtMs: number }
  | { type: 'unpark' }
  /** A person asks for a refused attempt again; a task that failed at Kling gets a new row instead. */
  | { type: 'retry' }
  | { type: 'cancel' };

/** What {@link transition} needs to know that is neither state nor event. */
export interface TransitionRules {
  /** From the lost connection to the look that may be believed when it says absent, in milliseconds. */
  lookWaitMs: number;
}

/**
 * The generation state machine: one pure function. Money follows the state: `sending`, `unknown` and everything at Kling
 * holds the reservation; `waiting` and `cancelled` hold none; `failed` holds what was charged.
 * @throws StudioError GENERATION_TRANSITION for an event its state does not take: a bug, never a user's mistake.
 */
export function transition(state: GenerationState, event: GenerationEvent, rules: TransitionRules): GenerationState {
  switch (event.type) {
    case 'send':
      if (state.status === 'waiting') return { status: 'sending', startedAtMs: event.atMs, tries: state.tries, posts: state.posts + 1, unanswered: 0 };
      // Posting again is allowed only by maySendAgain: absent, after the wait. The earlier POST stays counted as unanswered.
      if (state.status === 'unknown' && maySendAgain(state, rules)) {
        return { status: 'sending', startedAtMs: event.atMs, tries: state.tries + 1, posts: state.posts + 1, unanswered: state.unanswered };
      }
      return refuse(state, event);

    case 'held':
      if (state.status !== 'waiting') return refuse(state, event);
      return { ...state, reason: event.reason, untilMs: 0, error: event.error };

    case 'accepted':
      if (state.status !== 'sending') return refuse(state, event);
      return { status: 'submitted', taskId: event.taskId, submittedAtMs: event.atMs };

    case 'unsent':
      if (state.status !== 'sending') return refuse(state, event);
      // With an earlier POST unanswered nobody may forget it: back to looking.
      if (state.unanswered > 0) return lookAgain(state, event, { waitedMs: rules.lookWaitMs, nextLookAtMs: event.untilMs });
      return { status: 'waiting', reason: 'retry', untilMs: event.untilMs, tries: state.tries + 1, posts: state.posts - 1, error: event.error };

    case 'refused':
      if (state.status !== 'sending') return refuse(state, event);
      if (state.unanswered > 0) return { ...lookAgain(state, event, { waitedMs: rules.lookWaitMs, nextLookAtMs: event.atMs }), refusal: event.error };
      return { status: 'failed', cause: 'refused', error: event.error, charged: 'no', posts: state.posts };

    case 'deferred':
      if (state.status !== 'sending') return refuse(state, event);
      if (state.unanswered > 0) return lookAgain(state, event, { waitedMs: rules.lookWaitMs, nextLookAtMs: event.untilMs });
      return { status: 'waiting', reason: event.reason, untilMs: event.untilMs, tries: state.tries + 1, posts: state.posts, error: event.error };

    case 'id-taken':
      if (state.status !== 'sending') return refuse(state, event);
      return { ...lookAgain(state, event, { waitedMs: 0, nextLookAtMs: event.atMs }), idTaken: true };

    case 'lost':
      if (state.status !== 'sending') return refuse(state, event);
      return { ...lookAgain(state, event, { waitedMs: 0, nextLookAtMs: event.atMs }), unanswered: state.unanswered + 1 };

    case 'found':
      if (state.status !== 'unknown') return refuse(state, event);
      return { status: 'submitted', taskId: event.taskId, submittedAtMs: event.atMs };

    case 'absent':
      if (state.status !== 'unknown') return refuse(state, event);
      if (state.refusal && waited(state, event.atMs, rules)) {
        return { status: 'failed', cause: 'refused', error: state.refusal, charged: 'no', posts: state.posts };
      }
      return { ...state, looks: state.looks + 1, absentAtMs: event.atMs, nextLookAtMs: event.nextLookAtMs };

    case 'not-known':
      if (state.status !== 'unknown') return refuse(state, event);
      return { ...state, nextLookAtMs: event.nextLookAtMs, error: event.error };

    case 'cannot-know':
      if (state.status !== 'unknown') return refuse(state, event);
      return { status: 'parked', why: 'cannot-know', error: event.error, resumeFrom: state };

    case 'next-attempt':
      if (state.status !== 'unknown' || state.unanswered > 0 || !state.idTaken) return refuse(state, event);
      return { status: 'waiting', reason: 'slot', untilMs: 0, tries: state.tries, posts: 0 };

    case 'processing':
      if (state.status === 'processing') return state;
      if (state.status !== 'submitted') return refuse(state, event);
      return { status: 'processing', taskId: state.taskId, submittedAtMs: state.submittedAtMs, processingAtMs: event.atMs };

    case 'succeeded':
      if (state.status !== 'submitted' && state.status !== 'processing') return refuse(state, event);
      return {
        status: 'downloading',
        taskId: state.taskId,
        submittedAtMs: state.submittedAtMs,
        succeededAtMs: event.atMs,
        tries: 0,
        nextTryAtMs: event.atMs,
        again: false,
      };

    case 'task-failed':
      if (state.status !== 'submitted' && state.status !== 'processing') return refuse(state, event);
      return { status: 'failed', cause: 'task-failed', error: event.error, charged: event.charged, taskId: state.taskId, posts: 1 };

    case 'download-failed':
      if (state.status !== 'downloading' && state.status !== 'unobtainable') return refuse(state, event);
      return { ...state, tries: state.tries + 1, nextTryAtMs: event.nextTryAtMs, error: event.error };

    case 'unobtainable':
      if (state.status !== 'downloading') return refuse(state, event);
      return {
        status: 'unobtainable',
        taskId: state.taskId,
        succeededAtMs: state.succeededAtMs,
        tries: state.tries + 1,
        nextTryAtMs: event.nextTryAtMs,
        giveUpAtMs: event.giveUpAtMs,
        error: event.error,
      };

    case 'gave-up':
      if (state.status !== 'unobtainable') return refuse(state, event);
      return { status: 'failed', cause: 'unobtainable', error: event.error, charged: 'yes', taskId: state.taskId, posts: 1 };

    case 'stored': {
      // From `waiting` too: another machine's cache, or a restored one, can hold the clip before anything is sent.
      const stored = { status: 'completed', contentHash: event.contentHash, sizeBytes: event.sizeBytes, completedAtMs: event.atMs } as const;
      if (state.status === 'waiting' || state.status === 'cancelled') return stored;
      if (state.status === 'downloading' || state.status === 'unobtainable') return { ...stored, taskId: state.taskId, succeededAtMs: state.succeededAtMs };
      return refuse(state, event);
    }

    case 'file-lost':
      if (state.status !== 'completed') return refuse(state, event);
      // A clip that came out of a cache: whoever paid for it, the same id meets the same task at Kling.
      if (state.taskId === undefined) return { status: 'waiting', reason: 'slot', untilMs: 0, tries: 0, posts: 0 };
      return {
        status: 'downloading',
        taskId: state.taskId,
        succeededAtMs: state.succeededAtMs ?? state.completedAtMs,
        tries: 0,
        nextTryAtMs: event.atMs,
        again: true,
      };

    case 'other-account':
      if (state.status === 'parked' || state.status === 'completed' || state.status === 'failed' || state.status === 'cancelled') return refuse(state, event);
      return { status: 'parked', why: 'other-account', error: event.error, resumeFrom: state };

    case 'recovered':
      if (!mayBeRecovered(state, event.taskId)) return refuse(state, event);
      return { status: 'submitted', taskId: event.taskId, submittedAtMs: event.submittedAtMs };

    case 'unpark':
      if (state.status !== 'parked') return refuse(state, event);
      return state.resumeFrom;

    case 'retry':
      if (state.status === 'cancelled') return { status: 'waiting', reason: 'slot', untilMs: 0, tries: 0, posts: 0 };
      if (state.status !== 'failed' || state.taskId !== undefined) return refuse(state, event);
      return { status: 'waiting', reason: 'slot', untilMs: 0, tries: 0, posts: state.posts };

    case 'cancel':
      if (state.status !== 'waiting') return refuse(state, event);
      return { status: 'cancelled' };

    default:
      return assertNever(event, 'generation event');
  }
}

type Unknown = Extract<GenerationState, { status: 'unknown' }>;
type Sending = Extract<GenerationState, { status: 'sending' }>;

/** Whether the wait after the lost connection is over. */
function waited(state: Unknown, atMs: number, rules: TransitionRules): boolean {
  return atMs - state.lostAtMs >= rules.lookWaitMs;
}

/**
 * Whether an `unknown` attempt may be POSTed again: only when a look that was asked after the wait said absent, no
 * refusal decided, and the id is not taken. With Kling refusing repeated ids even a wrong guess is harmless; the wait
 * covers the case that it one day stops refusing.
 */
export function maySendAgain(state: Unknown, rules: TransitionRules): boolean {
  return state.absentAtMs !== undefined && waited(state, state.absentAtMs, rules) && state.refusal === undefined && !state.idTaken;
}

/**
 * Whether an id that is taken and cannot be found may be given up for the next attempt's. After a refusal of our own soon:
 * Kling can keep the id of a create that it refused. Where we never sent it before, somebody else did (another home, a copy
 * of this one), and its task may show late: that is waited for as long as we wait for anything.
 */
export function mayTakeNextId(state: Unknown, rules: TransitionRules & { lookGiveUpMs: number }): boolean {
  if (!state.idTaken || state.unanswered > 0 || state.absentAtMs === undefined) return false;
  return state.absentAtMs - state.lostAtMs >= (state.posts >= 2 ? rules.lookWaitMs : rules.lookGiveUpMs);
}

/** From every state that knows of no task, or gave up on this very one. What is at Kling already needs no telling. */
function mayBeRecovered(state: GenerationState, taskId: string): boolean {
  if (state.status === 'parked') return mayBeRecovered(state.resumeFrom, taskId);
  if (state.status === 'failed') return state.taskId === undefined || state.taskId === taskId;
  return state.status === 'waiting' || state.status === 'sending' || state.status === 'unknown' || state.status === 'cancelled';
}

/** @param wait how much of the wait counts as over, because an earlier POST was waited for, and when to look. */
function lookAgain(state: Sending, { atMs, monotonicMs, error }: Instant & { error: ErrorFacts }, wait: { waitedMs: number; nextLookAtMs: number }): Unknown {
  return {
    status: 'unknown',
    posts: state.posts,
    unanswered: state.unanswered,
    tries: state.tries,
    lostAtMs: atMs - wait.waitedMs,
    lostAtMonotonicMs: monotonicMs - wait.waitedMs,
    looks: 0,
    nextLookAtMs: wait.nextLookAtMs,
    idTaken: false,
    error,
  };
}

function refuse(state: GenerationState, event: GenerationEvent): never {
  throw new StudioError('GENERATION_TRANSITION', `A take that is ${state.status} was told "${event.type}". This is a bug in DirectorStudio.`, {
    next: 'Nothing was changed. Please report it with the output of directorstudio doctor.',
    detail: { status: state.status, event: event.type },
  });
}
