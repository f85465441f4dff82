import type { ClipCacheManager } from '../cache/index.ts';
import { sumUnits, type KlingAPIClient } from '../kling/index.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { isFinished, type ErrorFacts, type Generation, type Store, type TakePlace } from '../store/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { loadShots } from './continuity.ts';
import type { FetchContext } from './drive-context.ts';
import { externalTaskIdOf } from './fingerprint.ts';
import { findOurTasks, type OurTask } from './our-tasks.ts';
import { probeClip } from './clip-media.ts';
import { recoverClip } from './recover-clip.ts';
import { recoverRow } from './recover-row.ts';
import { selectTakes } from './select-takes.ts';
import { DEFAULT_TIMINGS, type GenerationTimings } from './timings.ts';

/** Downloads at once: enough to fill a line, few enough not to be taken for an attack. */
const AT_ONCE = 4;

export interface RecoverParts {
  store: Store;
  cache: ClipCacheManager;
  client: KlingAPIClient;
  engine: Engine;
  /** The account that the client's key opens. */
  accountId: string;
  allowLoopbackHttp: boolean;
  clock?: Clock;
  fetch?: typeof fetch;
  probe?: (path: string) => Promise<{ durationS: number }>;
  timings?: Partial<GenerationTimings>;
}

/**
 * What became of one task of ours. `fetched`: its clip is here now. `here`: it was. `atKling`: not finished yet; `resume`
 * or another `recover` fetches it. `failed`: Kling could not make it. `gone`: finished, and no playable file can be had.
 * `busy`: another run of this home is at it.
 */
export type RecoveredHow = 'fetched' | 'here' | 'atKling' | 'failed' | 'gone' | 'busy';

/** One task of ours on the account. */
export interface RecoveredClip {
  how: RecoveredHow;
  externalTaskId: string;
  taskId: string;
  /** When Kling took it, in milliseconds since 1970; missing when it does not say. */
  createdAtMs?: number;
  /** What Kling deducted for it; missing when it does not say. */
  billedUnits?: number;
  /** Whether this home's own record knows of it. If not, its clip is in the cache, for the next film that asks for it. */
  known: boolean;
  /** Where its picture stands in this home's films; empty when no film here asks for it. */
  places: TakePlace[];
  /** Which attempt at its picture it is, from 1. */
  attempt: number;
  /** Whether a later attempt at the same picture is on the account or known here: then this one needs nothing more. */
  followed: boolean;
  /** Why it failed or could not be had. */
  error?: ErrorFacts;
}

export interface RecoverReport {
  /** Tasks of the last 30 days on the account, everybody's. */
  seen: number;
  /** Ours among them, the newest first. */
  clips: RecoveredClip[];
  /** What Kling deducted for ours, in units, as far as it says. Paid long ago: recovering spends nothing. */
  billedUnits: number;
  /** Whether it was stopped before its end. */
  stopped: boolean;
}

export interface RecoverOptions {
  signal?: AbortSignal;
  onProgress?: (progress: { step: 'looking'; seen: number; ours: number } | { step: 'fetching'; done: number; of: number; clip: RecoveredClip }) => void;
}

/**
 * Finds the clips of the last 30 days on the account that carry our ids and brings them here before Kling deletes them.
 * What the ledger knows is brought to where Kling's list puts it; what it does not know (a lost store, a new machine) goes
 * into the cache under its picture, so that the next film of that script finds it. Never sends a create, never spends. It
 * may run beside other processes, be killed at any point, and be repeated.
 * @throws KlingError when Kling refuses the key or stays out of reach; StudioError DISK_FULL, CACHE_NOT_WRITABLE,
 * KLING_LIST_TOO_LONG. What was fetched until then stays.
 */
export async function recoverClips(parts: RecoverParts, options: RecoverOptions = {}): Promise<RecoverReport> {
  const signal = options.signal ?? new AbortController().signal;
  const context = contextOf(parts, signal);
  const clips: RecoveredClip[] = [];
  let seen = 0;
  try {
    // A task that began a day earlier may have ended within the 30 days that Kling keeps its clip.
    const keptSinceMs = parts.client.serverTimeMs() - context.timings.clipLifetimeMs;
    const census = await findOurTasks(parts.client, {
      sinceMs: keptSinceMs - 24 * 3_600_000,
      signal,
      onProgress: (count) => {
        ({ seen } = count);
        options.onProgress?.({ step: 'looking', ...count });
      },
    });
    const ours = census.ours.filter(({ task }) => task.status !== 'succeeded' || (task.updatedAtMs ?? task.createdAtMs ?? keptSinceMs) >= keptSinceMs);
    await inParallel(byPicture(ours), async (group) => {
      // By attempt: a later one stands on the end of the one before.
      for (const each of group.sort((a, b) => a.attempt - b.attempt)) {
        signal.throwIfAborted();
        const clip = await recoverTask(each, group, parts, context);
        clips.push(clip);
        options.onProgress?.({ step: 'fetching', done: clips.length, of: ours.length, clip });
      }
    });
    await selectRecovered(parts, clips);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
  clips.sort((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0));
  return { seen, clips, billedUnits: sumUnits(clips.map(({ billedUnits }) => billedUnits ?? 0)), stopped: signal.aborted };
}

async function recoverTask(ours: OurTask, group: readonly OurTask[], parts: RecoverParts, context: FetchContext): Promise<RecoveredClip> {
  const { task, externalTaskId, attempt } = ours;
  const row = await rowFor(ours, group, parts.store);
  const rows = await parts.store.ledger.listPicture(ours.fingerprint);
  const followed = [...rows, ...group].some((other) => other.attempt > attempt);
  // A take stands on the last attempt at its picture; those before it are of the same place.
  const places = (await Promise.all(rows.map(async ({ id }) => await parts.store.takes.placesOf(id)))).flat();
  const told: Omit<RecoveredClip, 'how' | 'known' | 'places'> = {
    externalTaskId,
    taskId: task.taskId,
    attempt,
    followed,
    ...(task.createdAtMs === undefined ? {} : { createdAtMs: task.createdAtMs }),
    ...(task.billedUnits === undefined ? {} : { billedUnits: task.billedUnits }),
  };
  if (row) {
    const result = await recoverRow(row, ours, context);
    if (result.end === 'busy') return { ...told, how: 'busy', known: true, places };
    if (result.end === 'brought') {
      const { generation, fetched, error } = result;
      return { ...told, how: howOf(generation, fetched), known: true, places, ...(error ? { error } : {}) };
    }
  }
  const rest = { ...told, known: false, places } as const;
  if (!row && task.billedUnits !== undefined) await parts.store.ledger.rememberBill(externalTaskId, { taskId: task.taskId, billedUnits: task.billedUnits });
  if (task.status === 'failed') return { ...rest, how: 'failed', error: { code: 'TASK_FAILED', message: `Kling could not make this clip: ${task.statusMessage || 'no reason given'} (task ${task.taskId}).` } };
  if (await context.cache.find(ours.fingerprint)) return { ...rest, how: 'here' };
  if (task.status !== 'succeeded') return { ...rest, how: 'atKling' };
  const error = await recoverClip(ours, context);
  return error ? { ...rest, how: 'gone', error } : { ...rest, how: 'fetched' };
}

function howOf({ state }: Generation, fetched: boolean): RecoveredHow {
  switch (state.status) {
    case 'completed':
      return fetched ? 'fetched' : 'here';
    case 'failed':
      return state.cause === 'unobtainable' ? 'gone' : 'failed';
    case 'downloading':
    case 'unobtainable':
    case 'parked':
      return 'gone';
    default:
      return 'atKling';
  }
}

/**
 * The row that a task belongs to, where the ledger knows of its picture. An older backup may know earlier attempts only:
 * what had ended at Kling is followed by a row of its own, with the takes moved to it; any other row becomes this attempt.
 * `undefined`: nothing is known of it, or another attempt is not over, which this one must not disturb.
 */
async function rowFor({ fingerprint, attempt }: OurTask, group: readonly OurTask[], store: Store): Promise<Generation | undefined> {
  const rows = await store.ledger.listPicture(fingerprint);
  const newest = rows.at(-1);
  const known = rows.find((row) => row.attempt === attempt);
  const othersOpen = rows.some((row) => row.id !== known?.id && !isFinished(row.state.status));
  if (known) return isFinished(known.state.status) && othersOpen ? undefined : known;
  if (!newest || newest.attempt > attempt || newest.state.status === 'completed') return undefined;
  const { state, engine, projectId, request, estimateUnits } = newest;
  if (state.status !== 'failed' || state.taskId === undefined) {
    // Its own task is on the list too: that one is its, and this attempt comes after it.
    return group.some((other) => other.attempt === newest.attempt) ? undefined : newest;
  }
  const picture = { fingerprint, engine, projectId, request, estimateUnits, externalTaskId: (number: number) => externalTaskIdOf(fingerprint, number) };
  return await store.together(async ({ ledger, takes }) => {
    const next = await ledger.askAgain(picture, newest.id);
    await takes.moveAllTo(newest.id, next.id);
    return next;
  });
}

function byPicture(ours: readonly OurTask[]): OurTask[][] {
  const groups = new Map<string, OurTask[]>();
  for (const each of ours) groups.set(each.fingerprint, [...(groups.get(each.fingerprint) ?? []), each]);
  return [...groups.values()];
}

/** A shot whose first ready take was just brought in shows it. */
async function selectRecovered({ store, engine }: RecoverParts, clips: readonly RecoveredClip[]): Promise<void> {
  const projects = new Set(clips.filter(({ how }) => how === 'fetched' || how === 'here').flatMap(({ places }) => places.map(({ projectId }) => projectId)));
  for (const projectId of projects) await selectTakes(store, engine, await loadShots(store, engine, projectId), { newest: false });
}

function contextOf(parts: RecoverParts, signal: AbortSignal): FetchContext {
  return {
    ledger: parts.store.ledger,
    cache: parts.cache,
    client: parts.client,
    accountId: parts.accountId,
    clock: parts.clock ?? systemClock,
    timings: { ...DEFAULT_TIMINGS, ...parts.timings },
    fetch: parts.fetch ?? globalThis.fetch,
    probe: parts.probe ?? probeClip,
    allowLoopbackHttp: parts.allowLoopbackHttp,
    signal,
    clipAddresses: new Map(),
    report: () => {},
  };
}

/** Works on a few at once. What one throws is thrown when all that had begun are over. */
async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  let broken = false;
  const worker = async () => {
    for (let item = left.shift(); item !== undefined && !broken; item = left.shift()) {
      try {
        await work(item);
      } catch (thrown) {
        broken = true;
        throw thrown;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
