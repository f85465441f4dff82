/** Facts of an answer or failure, kept in a row and shown to people. Never a key, never a signed URL. */
export interface ErrorFacts {
  code: string;
  message: string;
  next?: string;
  klingCode?: number;
  httpStatus?: number;
  requestId?: string;
}

/** POSTs of one attempt. `unanswered`: begun, and neither accepted nor refused by an answer we read. */
export interface Posts {
  posts: number;
  unanswered: number;
}

export type WaitReason = 'slot' | 'budget' | 'key' | 'retry';

/**
 * Where one attempt to get one picture stands. Every state is committed before the next outside call, so a process may
 * die in any of them and another goes on from here. Times are wall-clock milliseconds; in `unknown` they go on from
 * `lostAtMs` as time passes, whatever is done to that clock. See docs/architecture.md.
 */
export type GenerationState =
  /** Nothing of this attempt is at Kling (every POST so far was refused or never left). Holds no slot and no money. */
  | { status: 'waiting'; reason: WaitReason; untilMs: number; tries: number; posts: number; error?: ErrorFacts }
  /** The right to POST is taken and the money reserved; a POST may be under way. */
  | ({ status: 'sending'; startedAtMs: number; tries: number } & Posts)
  /** A POST may have created a task. Look before anything else. Holds slot and money. */
  | ({
      status: 'unknown';
      /** When the connection of the last unanswered POST was lost (or its loss was discovered). */
      lostAtMs: number;
      /** The same by the machine's monotonic clock: what has passed since is told by it, as the wall clock may be set. Missing in older rows. */
      lostAtMonotonicMs?: number;
      looks: number;
      /** When the last look was asked that was answered "absent", by the clock of `lostAtMs`; one from before the wait was over proves nothing. */
      absentAtMs?: number;
      nextLookAtMs: number;
      tries: number;
      /** Kling said that our id is taken: a task exists, or the id is reserved. */
      idTaken: boolean;
      /** A later POST was refused for good; it decides once the unanswered one is known to be absent. */
      refusal?: ErrorFacts;
      error?: ErrorFacts;
    } & Posts)
  | { status: 'submitted'; taskId: string; submittedAtMs: number }
  | { status: 'processing'; taskId: string; submittedAtMs: number; processingAtMs: number }
  /** Kling finished it and we have no verified file yet: first fetch, or the file was lost. */
  | { status: 'downloading'; taskId: string; submittedAtMs?: number; succeededAtMs: number; tries: number; nextTryAtMs: number; again: boolean; error?: ErrorFacts }
  /** It succeeded, but no playable file could be had so far; looked at again until `giveUpAtMs`. The bill is kept. */
  | { status: 'unobtainable'; taskId: string; succeededAtMs: number; tries: number; nextTryAtMs: number; giveUpAtMs: number; error: ErrorFacts }
  | { status: 'completed'; contentHash: string; sizeBytes: number; taskId?: string; succeededAtMs?: number; completedAtMs: number }
  | {
      status: 'failed';
      cause: 'refused' | 'task-failed' | 'unobtainable';
      error: ErrorFacts;
      /** Whether Kling charged for it; `unknown` blocks an automatic new attempt. */
      charged: 'no' | 'yes' | 'unknown';
      taskId?: string;
      posts: number;
    }
  /** Needs a person. `resumeFrom` is the state to go on with. */
  | { status: 'parked'; why: 'other-account' | 'cannot-know'; error: ErrorFacts; resumeFrom: Exclude<GenerationState, { status: 'parked' }> }
  /** Given up before anything was sent. */
  | { status: 'cancelled' };

export type GenerationStatus = GenerationState['status'];

/** Rows in these states are over; at most one row a fingerprint may be in another. */
export const FINISHED_STATUSES = ['completed', 'failed', 'cancelled'] as const satisfies readonly GenerationStatus[];

/** Rows in these states hold one of the account's slots: Kling works, or may work, on them. */
export const SLOT_STATUSES = ['sending', 'unknown', 'submitted', 'processing'] as const satisfies readonly GenerationStatus[];

/** At Kling, or it may be: paid for or soon to be, so nothing of it is given up. */
export const AT_KLING_STATUSES: readonly GenerationStatus[] = ['sending', 'unknown', 'submitted', 'processing', 'downloading', 'unobtainable'];

export function isFinished(status: GenerationStatus): boolean {
  return (FINISHED_STATUSES as readonly GenerationStatus[]).includes(status);
}

/** What a state of each status must carry; a text that lacks it was not written by this program. */
const CARRIED: { readonly [Status in GenerationStatus]: readonly (keyof Extract<GenerationState, { status: Status }>)[] } = {
  waiting: ['reason', 'untilMs', 'tries', 'posts'],
  sending: ['startedAtMs', 'tries', 'posts', 'unanswered'],
  unknown: ['lostAtMs', 'looks', 'nextLookAtMs', 'tries', 'idTaken', 'posts', 'unanswered'],
  submitted: ['taskId', 'submittedAtMs'],
  processing: ['taskId', 'submittedAtMs', 'processingAtMs'],
  downloading: ['taskId', 'succeededAtMs', 'tries', 'nextTryAtMs', 'again'],
  unobtainable: ['taskId', 'succeededAtMs', 'tries', 'nextTryAtMs', 'giveUpAtMs', 'error'],
  completed: ['contentHash', 'sizeBytes', 'completedAtMs'],
  failed: ['cause', 'error', 'charged', 'posts'],
  parked: ['why', 'error', 'resumeFrom'],
  cancelled: [],
};

/** A stored state as it was written. @throws Error for anything that this program never wrote. */
export function readGenerationState(value: unknown): GenerationState {
  const state = value as GenerationState | null;
  const status = state?.status ?? '';
  if (!Object.hasOwn(CARRIED, status)) throw new Error(`there is no state "${status}"`);
  const missing = CARRIED[status as GenerationStatus].find((name) => !Object.hasOwn(state as object, name));
  if (missing !== undefined) throw new Error(`a state "${status}" without ${missing}`);
  if (state?.status === 'parked') readGenerationState(state.resumeFrom);
  return state as GenerationState;
}
