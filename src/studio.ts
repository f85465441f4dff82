import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { ClipCacheManager } from './cache/index.ts';
import { findCredentials, type CredentialSource, type Environment, type FoundCredentials, type Keychain } from './credentials/index.ts';
import type { AnimaticRequest, AnimaticResult } from './film/animatic/index.ts';
import type { EditReading, EditRequest, HandOffRequest, HandOffResult } from './film/handoff/index.ts';
import { makeFilm, type FilmRequest, type FilmResult } from './film/index.ts';
import {
  askFree,
  ClipGenerationOrchestrator,
  DEFAULT_TIMINGS,
  dropTakes,
  firstQuestion,
  forecastPlan,
  forecastRun,
  loadShots,
  recoverClips,
  resolveAccount,
  type AskAgain,
  type GenerationTimings,
  type HeardTasks,
  type RecoverOptions,
  type RecoverReport,
  type RunForecast,
  type WantedRequest,
} from './generation/index.ts';
import { KlingAPIClient, type ResourcePack } from './kling/index.ts';
import { systemClock, type Clock } from './lib/clock.ts';
import { messageOf, StudioError, systemErrorCode } from './lib/errors.ts';
import { makeFolder } from './lib/make-folder.ts';
import { keepFrames, planProject, type FilmPlan, type PlanRequest } from './project/index.ts';
import type { Engine } from './protocol/index.ts';
import type { Sandbox, SandboxOptions } from './sandbox/index.ts';
import { openStore, type Project, type ProjectPrompt, type Store } from './store/index.ts';

/** The built-in sandbox plays twenty times as fast as Kling: a clip in a few seconds, and still something to watch. */
const SANDBOX_SPEED = 20;
/** Play money enough never to be the matter of a demo. */
const SANDBOX_UNITS = 1_000_000;

export interface StudioConfig {
  /** Everything that is kept. Default `DIRECTORSTUDIO_HOME`, else the system's data folder. */
  home?: string;
  /** Default `process.env`. */
  env?: Environment;
  /** Default the system's, unless `DIRECTORSTUDIO_KEYCHAIN=off`. */
  keychain?: Keychain;
  /** How the built-in sandbox behaves, over its defaults. */
  sandbox?: Partial<Omit<SandboxOptions, 'dataFolder'>>;
  timings?: Partial<GenerationTimings>;
  clock?: Clock;
  fetch?: typeof fetch;
  /** Hears when Kling could not answer a free question of the start, which is asked again soon. */
  onAskAgain?: (again: AskAgain) => void;
}

/** Kling, or the sandbox that plays it, with the account whose key is used. */
interface OpenEngine {
  client: KlingAPIClient;
  accountId: string;
  baseUrl: string;
  heard?: HeardTasks;
}

/** The key that was found, without the key. */
export interface StudioKey {
  source: CredentialSource;
  kind: 'api-key' | 'key-pair';
  baseUrl: string;
}

/** One studio over one home. Close it: it holds the store, a process lease and, once used, the sandbox. */
export interface Studio extends AsyncDisposable {
  readonly home: string;
  /** `undefined`: there is no key, so everything plays in the sandbox. */
  readonly key: StudioKey | undefined;
  readonly store: Store;
  readonly cache: ClipCacheManager;
  /**
   * Who films a project: Kling as soon as there is a key, else the sandbox.
   * @throws StudioError KEY_MISSING for a project with Kling clips and no key: it never falls back by itself.
   */
  engineFor(project: Project | undefined, options: { sandbox: boolean }): Engine;
  /** Reads a script and matches it with its project. Saves and spends nothing. */
  plan(request: PlanRequest): Promise<FilmPlan>;
  /**
   * Makes or continues the plan's project. Spends nothing. Takes that the plan asks for no more and that were not sent are
   * given up: `dropped` of them.
   * Shots with errors in their words are saved as well, and not sent (PROMPTS_REFUSED), unless the plan was made with `anyway`.
   */
  savePlan(plan: FilmPlan, engine: Engine): Promise<{ project: Project; prompts: ProjectPrompt[]; dropped: number }>;
  /** What a run would make and cost. Asks nobody, spends nothing. */
  forecast(engine: Engine, request: WantedRequest & { retries?: number }): Promise<RunForecast>;
  /** What filming planned shots now would make and cost; the plan need not be saved. */
  forecastPlan(plan: Pick<FilmPlan, 'shots'>, engine: Engine, options?: { retries?: number; only?: readonly string[] }): Promise<RunForecast>;
  /**
   * The orchestrator of an engine; starts the sandbox, or asks Kling (free of charge) whether it takes the key.
   * @throws KlingError when Kling refuses the key or cannot be reached.
   */
  orchestrator(engine: Engine): Promise<ClipGenerationOrchestrator>;
  /**
   * For a start that films: when tasks of ours are at Kling, asks about them, which opens Kling's orchestrator. Resolves
   * when the answer is there or the question has had a moment to go out; the film is read beside it. Free. What goes
   * wrong is left to `orchestrator`.
   */
  askAhead(): Promise<void>;
  /**
   * Finds our clips of the last 30 days on the engine's account and brings them here. Never spends.
   * @throws KlingError when Kling refuses the key or cannot be reached; see `recoverClips`.
   */
  recover(engine: Engine, options?: RecoverOptions): Promise<RecoverReport>;
  /** Looks for keys anew, after they were changed: the next clips are made with what is found. Stops what is made at Kling. */
  renewKey(): Promise<void>;
  /** Whether Kling takes the key, and the account's packs where it tells them (free of charge). */
  checkKey(): Promise<{ ok: true; packs: ResourcePack[] } | { ok: false; error: StudioError }>;
  /** Cuts a project's film. */
  film(request: FilmRequest): Promise<FilmResult>;
  /** Draws a planned film, to time and judge it by. Needs no key, saves no project, makes no clip, spends nothing. */
  animatic(request: Omit<AnimaticRequest, 'shots' | 'cast' | 'frameFolders'> & { plan: Pick<FilmPlan, 'castAndLook' | 'frames'> & Pick<AnimaticRequest, 'shots'> }): Promise<AnimaticResult>;
  /** Writes a folder for an editor: timelines, clips, subtitles, pictures. Makes no clip, spends nothing. */
  handOff(request: HandOffRequest): Promise<HandOffResult>;
  /**
   * Takes the order and trims of an editor's file (OpenTimelineIO, FCPXML, EDL) for a project's film. Spends nothing and
   * changes no clip; a file that the film cannot be cut to is refused whole.
   */
  readEdit(request: EditRequest): Promise<EditReading>;
  /** Stops what runs, in order, and closes everything. */
  close(): Promise<void>;
}

/** The home when nothing else is said: a data folder, never a cache folder, because what is in it was paid for. */
export function defaultHome(env: Environment = process.env): string {
  const named = env['DIRECTORSTUDIO_HOME'];
  return resolve(named === undefined || named === '' ? envPaths('directorstudio', { suffix: '' }).data : named);
}

/**
 * Wires the real parts together; the only place that does.
 * @throws StudioError with nothing done: a key that is half there, an unknown `KLING_*` name, a locked keychain, a home
 * that cannot be written.
 */
export async function createStudio(config: StudioConfig = {}): Promise<Studio> {
  const env = config.env ?? process.env;
  const home = resolve(config.home ?? defaultHome(env));
  const clock = config.clock ?? systemClock;
  // The key first: half a pair must not leave a home behind.
  const places = { env, home, ...(config.keychain ? { keychain: config.keychain } : {}) };
  let { found } = await findCredentials(places);
  await makeFolder(home, { mode: 0o700 }).catch((error: unknown) => {
    throw homeUnusable(home, error);
  });
  const store = await openStore({ home, clock });
  const cache = new ClipCacheManager({ folder: join(home, 'clips'), clock });
  const framesFolder = join(home, 'frames');
  const http = { clock, ...(config.fetch ? { fetch: config.fetch } : {}) };
  let klingBaseUrl = found?.baseUrl ?? KlingAPIClient.base;
  const orchestrators = new Map<Engine, Promise<ClipGenerationOrchestrator>>();
  const engines = new Map<Engine, Promise<OpenEngine>>();
  const closing = new AbortController();
  const patience = { clock, timings: config.timings ?? {}, signal: closing.signal, onAskAgain: config.onAskAgain };
  let sandbox: Sandbox | undefined;

  const klingClient = (key: FoundCredentials) => new KlingAPIClient({ credentials: key.credentials, baseUrl: klingBaseUrl, ...http });

  async function openEngine(engine: Engine): Promise<OpenEngine> {
    if (engine === 'sandbox') {
      const { startSandbox } = await import('./sandbox/index.ts');
      sandbox = await startSandbox({ speed: SANDBOX_SPEED, balanceUnits: SANDBOX_UNITS, clock, ...config.sandbox, dataFolder: join(home, 'sandbox') });
      const credentials = { apiKey: sandbox.apiKey };
      const client = new KlingAPIClient({ credentials, baseUrl: sandbox.baseUrl, ...http });
      // Its address changes with every start; the account in its folder is always the same one.
      const account = await resolveAccount(store, client, { engine, baseUrl: 'sandbox', credentials });
      return { client, accountId: account.id, baseUrl: sandbox.baseUrl };
    }
    // As they are now: the key may be changed while Kling is asked.
    const [key, baseUrl] = [found, klingBaseUrl];
    if (!key) throw keyMissing('There is no Kling key.');
    const client = klingClient(key);
    const heard = await firstQuestion({ ledger: store.ledger, client, ...patience });
    const account = await resolveAccount(store, client, { engine, baseUrl, credentials: key.credentials }, patience);
    return { client, accountId: account.id, baseUrl, heard };
  }

  /** What works with an engine needs, the engine opened once for all of them; one that could not be opened may be asked for again. */
  async function partsOf(engine: Engine) {
    const open = engines.get(engine) ?? openEngine(engine);
    engines.set(engine, open);
    open.catch(() => forget(engines, engine, open));
    const { client, accountId, baseUrl, heard } = await open;
    return { store, cache, client, engine, accountId, ...(heard ? { heard } : {}), allowLoopbackHttp: baseUrl.startsWith('http:'), ...(config.timings ? { timings: config.timings } : {}), ...http };
  }

  async function openOrchestrator(engine: Engine): Promise<ClipGenerationOrchestrator> {
    return new ClipGenerationOrchestrator({ ...(await partsOf(engine)), framesFolder });
  }

  const studio: Studio = {
    home,
    get key() {
      return found && { source: found.source, kind: 'apiKey' in found.credentials ? ('api-key' as const) : ('key-pair' as const), baseUrl: klingBaseUrl };
    },
    store,
    cache,
    engineFor(project, options) {
      if (options.sandbox) return 'sandbox';
      if (found) return 'kling';
      if (project?.engine !== 'kling') return 'sandbox';
      throw keyMissing('This project has Kling clips, and there is no key now.');
    },
    plan: async (request) => await planProject(store, request),
    async savePlan(plan, engine) {
      await keepFrames(framesFolder, plan.frames);
      const project = plan.project ?? (await store.projects.createProject({ name: plan.projectName, engine, ...(plan.scriptPath ? { scriptPath: plan.scriptPath } : {}) }));
      // A project that has Kling clips stays Kling's, also after a look at it in the sandbox.
      if (engine === 'kling' && project.engine !== 'kling') await store.projects.updateProject(project.id, { engine });
      await store.projects.updateProject(project.id, { filmSettings: plan.filmSettings });
      // First, so that a kill in between leaves no take that nobody planned.
      let dropped = 0;
      for (const each of ['kling', 'sandbox'] as const) dropped += await dropTakes(store, each, plan.shots);
      const prompts = await store.projects.savePromptList(project.id, plan.shots, plan);
      return { project: await store.projects.getProject(project.id), prompts, dropped };
    },
    forecast: async (engine, request) => await forecastRun({ store, cache }, engine, request),
    forecastPlan: async (plan, engine, options) => await forecastPlan({ store, cache }, engine, plan.shots, options),
    orchestrator(engine) {
      const open = orchestrators.get(engine) ?? openOrchestrator(engine);
      orchestrators.set(engine, open);
      // An engine that could not be opened may be asked for again.
      open.catch(() => forget(orchestrators, engine, open));
      return open;
    },
    async askAhead() {
      if (!found || (await store.ledger.listAtKling('kling', 1)).length === 0) return;
      const answered = new AbortController();
      studio.orchestrator('kling').catch(() => {}).finally(() => answered.abort());
      // The question is put to the network in this turn; the wait begins after it.
      await clock.sleep(0);
      await clock.sleep(config.timings?.askAheadMs ?? DEFAULT_TIMINGS.askAheadMs, answered.signal).catch(() => {});
    },
    async renewKey() {
      const next = (await findCredentials(places)).found;
      // All in one turn: whoever asks from here on gets the new key, and nobody can leave the old one behind.
      const open = orchestrators.get('kling');
      orchestrators.delete('kling');
      engines.delete('kling');
      found = next;
      klingBaseUrl = next?.baseUrl ?? KlingAPIClient.base;
      await open?.then((orchestrator) => orchestrator.stop(), () => {});
    },
    recover: async (engine, options) => await recoverClips(await partsOf(engine), options),
    async checkKey() {
      try {
        if (!found) throw keyMissing('There is no Kling key.');
        const client = klingClient(found);
        await askFree(client, patience);
        const endTimeMs = clock.now();
        return { ok: true, packs: await client.accountCosts({ startTimeMs: endTimeMs - 365 * 24 * 3_600_000, endTimeMs }) };
      } catch (error) {
        if (StudioError.is(error)) return { ok: false, error };
        throw error;
      }
    },
    film: async (request) => await makeFilm(store, cache, await loadShots(store, request.engine, request.projectId), request, framesFolder),
    async animatic({ plan, ...request }) {
      const { makeAnimatic } = await import('./film/animatic/index.ts');
      // A plan's pictures are not kept before it is saved.
      const planned = await mkdtemp(join(tmpdir(), 'directorstudio-frames-'));
      try {
        await keepFrames(planned, plan.frames);
        return await makeAnimatic({ ...request, shots: plan.shots, cast: plan.castAndLook.cast, frameFolders: [planned, framesFolder] });
      } finally {
        await rm(planned, { recursive: true, force: true });
      }
    },
    async handOff(request) {
      const { makeHandOff } = await import('./film/handoff/index.ts');
      return await makeHandOff(store, cache, await loadShots(store, request.engine, request.projectId), request, framesFolder);
    },
    async readEdit(request) {
      const { readEdit } = await import('./film/handoff/index.ts');
      const reading = await readEdit(store, cache, await loadShots(store, request.engine, request.projectId), request);
      // The takes first: an edit without them would show the right times of other pictures.
      for (const { shotId, take } of reading.selections) await store.takes.select(shotId, request.engine, take);
      await store.edits.save(request.projectId, reading.edit);
      return reading;
    },
    async close() {
      closing.abort();
      const open = await Promise.allSettled(orchestrators.values());
      for (const each of open) if (each.status === 'fulfilled') await each.value.stop();
      await sandbox?.close();
      await store.close();
    },
    async [Symbol.asyncDispose]() {
      await studio.close();
    },
  };
  return studio;
}

/** Unless another one has taken its place. */
function forget<Value>(kept: Map<Engine, Value>, engine: Engine, value: Value): void {
  if (kept.get(engine) === value) kept.delete(engine);
}

function keyMissing(message: string): StudioError {
  return new StudioError('KEY_MISSING', message, {
    next: 'Set KLING_API_KEY or run directorstudio keys set. To look at the film with play clips instead, add --sandbox.',
  });
}

/** What the system's answer to making the home means for a person. */
const HOME_TROUBLES: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'part of that path is a file',
  EACCES: 'you may not make a folder there',
  EPERM: 'you may not make a folder there',
  EROFS: 'that disk is read-only',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
};

function homeUnusable(home: string, error: unknown): StudioError {
  const code = systemErrorCode(error) ?? '';
  const next = ['ENOSPC', 'EDQUOT'].includes(code) ? 'Make room, or name another folder with --home or DIRECTORSTUDIO_HOME.' : 'Name another folder with --home or DIRECTORSTUDIO_HOME.';
  return new StudioError('HOME_UNUSABLE', `The home ${home} cannot be used: ${HOME_TROUBLES[code] ?? messageOf(error)}.`, { next, cause: error });
}
