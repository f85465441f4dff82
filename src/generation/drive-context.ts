import type { ClipCacheManager } from '../cache/index.ts';
import type { KlingAPIClient } from '../kling/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { ClipStage } from '../protocol/clip-progress.ts';
import type { Frame } from '../protocol/shot-settings.ts';
import type { Commit, ErrorFacts, Generation, Ledger } from '../store/index.ts';
import type { ParentClips } from './parent-clips.ts';
import type { DurationFit } from './poll-schedule.ts';
import type { SendGate } from './send-gate.ts';
import type { TaskPoller } from './task-poller.ts';
import type { GenerationTimings } from './timings.ts';
import { transition, type GenerationEvent } from './transition.ts';

/** All that the steps of one run share. */
export interface DriveContext {
  ledger: Ledger;
  cache: ClipCacheManager;
  client: KlingAPIClient;
  accountId: string;
  clock: Clock;
  timings: GenerationTimings;
  fetch: typeof fetch;
  /** Reads a downloaded file through; throws when it does not play. */
  probe: (path: string) => Promise<{ durationS: number }>;
  /** False for a take that nobody wants any more: what Kling has of it is fetched; where Kling has nothing it stays unsent. */
  mayBeSent: boolean;
  gate: SendGate;
  /** The place of a picture in the film: earlier shots are sent first. */
  rankOf: (generation: Generation) => number;
  poller: TaskPoller;
  /** How long clips like this one take, once that was learned. */
  durationFitOf: (generation: Generation) => DurationFit | undefined;
  /** The takes of the run that others of it start from. */
  parents: ParentClips;
  /** Writes the last frame of a clip as a picture; `outS`: the last before that time, in seconds. */
  grabLastFrame: (clipPath: string, outS: number | undefined, picturePath: string) => Promise<void>;
  /** Where a start or end frame lies on the disk. */
  framePath: (frame: Exclude<Frame, { url: string }>) => string;
  /** Whether clips may come over plain http from loopback: only when the configured Kling is itself that. */
  allowLoopbackHttp: boolean;
  /** Aborted when the run stops: no new work, waits end. */
  signal: AbortSignal;
  /** Aborted when the grace of a stop is over: answers to POSTs under way are given up and looked up later. */
  hardSignal: AbortSignal;
  /** Takes whose token was signed anew in this run: it is done once, then a person must act. */
  renewed: Set<string>;
  /** Takes that Kling accepted in this run, by id: when, monotonic. */
  acceptedAtMs: Map<string, number>;
  /** Addresses of finished clips by task id. In memory only: a signed address opens the clip to anyone who reads it. */
  clipAddresses: Map<string, string>;
  report: (generation: Generation, more?: { stage?: ClipStage; fraction?: number; fromCache?: boolean }) => void;
  notice: (notice: { code: string; message: string; next?: string }) => void;
}

/** As much of it as writing a step down needs. */
export type CommitContext = Pick<DriveContext, 'ledger' | 'timings' | 'report'>;

/** As much of it as fetching a finished clip needs. */
export type FetchContext = CommitContext & Pick<DriveContext, 'cache' | 'client' | 'accountId' | 'clock' | 'fetch' | 'probe' | 'allowLoopbackHttp' | 'signal' | 'clipAddresses'>;

/** Why a run does no more for a take although the take is not over. `resume` goes on with it. */
export interface Rest {
  why: 'budget' | 'key' | 'patience' | 'unobtainable' | 'parked' | 'parent' | 'machine';
  error: ErrorFacts;
}

export interface StepResult {
  generation: Generation;
  rest?: Rest;
}

/** Commits what an event makes of a row, and shows it. */
export async function commitEvent(
  generation: Generation,
  event: GenerationEvent,
  context: CommitContext,
  more: Omit<Commit, 'state' | 'event'> & { write?: 'commitAccepted' | 'commitFull' } = {},
): Promise<Generation> {
  const { write = 'commit', ...commit } = more;
  const state = transition(generation.state, event, context.timings);
  const written = await context.ledger[write](generation, { state, event: event.type, ...commit });
  context.report(written);
  return written;
}
