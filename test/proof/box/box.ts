import { ClipCacheManager } from '../../../src/cache/index.ts';
import { ClipGenerationOrchestrator, firstQuestion, resolveAccount, type GenerateRequest, type GenerationTimings, type RunReport } from '../../../src/generation/index.ts';
import { frameCountOf, frameRateOf, KlingAPIClient, modelNamed, type KlingCredentials } from '../../../src/kling/index.ts';
import { StudioError } from '../../../src/lib/errors.ts';
import { makeTinyClip, probeVideo } from '../../../src/media/index.ts';
import type { ShotSettings } from '../../../src/protocol/index.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/index.ts';
import { storeOver } from '../../../src/store/index.ts';
import type { Db } from '../../../src/store/database.ts';
import type { ProcessLease } from '../../../src/store/process-lease.ts';
import type { Store } from '../../../src/store/index.ts';
import { idsOf, installDeterminism, useBox } from './determinism.ts';
import { clearSeats, installDiskCalls, seatPath, takeSeat } from './disk-calls.ts';
import { Life, type Witness } from './life.ts';
import { MemoryDisk } from './memory-disk.ts';
import { networkOf, type Arrival, type CallKind } from './network.ts';
import { seededRandom, type Random } from './seeded-random.ts';
import { SharedDatabase } from './shared-database.ts';
import type { Violation } from './violation.ts';
import { NeverEnds, VirtualClock } from './virtual-clock.ts';

/** What a process is made of; a wrong part is put in here. */
export interface ProcessParts {
  life: Life;
  clock: VirtualClock;
  db: Db;
  store: Omit<Store, 'close'>;
  cache: ClipCacheManager;
  client: KlingAPIClient;
  lease: ProcessLease;
  fetch: typeof fetch;
  probe: (path: string) => Promise<{ durationS: number }>;
}

/** Puts something else in place of a part, before the process starts. */
export type Spoil = (parts: ProcessParts) => ProcessParts;

export interface BoxOptions {
  seed: number;
  /** Whether disk and network take drawn times, so that processes meet each other in ever new orders. Default false: 20 ms a way. */
  jitter?: boolean;
  sandbox?: Partial<SandboxOptions>;
  credentials?: 'api-key' | 'jwt';
  timings?: Partial<GenerationTimings>;
  /** One way to Kling, over what `jitter` says. */
  latencyMs?: (kind: CallKind) => number;
  spoil?: Spoil;
  /** Hears every named moment of every process. */
  witness?: Witness;
  /** Keeps what happened, step by step. Default false. */
  trace?: boolean;
}

/** One process in the box. */
export interface Running {
  life: Life;
  report?: RunReport;
  /** Why it could not run, for a person. */
  refused?: StudioError;
  /** Resolves when it has ended or died; never rejects. */
  over: Promise<void>;
}

export interface PlannedShot {
  prompt: string;
  model?: string;
  takes?: number;
}

let database: SharedDatabase | undefined;
let boxes = 0;

/** A world of its own: time, a Kling, a disk, a store and the processes that share them. One is open at a time. */
export class Box {
  readonly clock: VirtualClock;
  readonly disk: MemoryDisk;
  readonly database: SharedDatabase;
  readonly kling: Sandbox;
  readonly random: Random;
  readonly violations: Violation[] = [];
  readonly trace: string[] = [];
  readonly processes: Running[] = [];
  projectId = '';
  private readonly options: BoxOptions;
  private readonly name: string;
  private readonly startMs: number;
  private readonly unreachable = new Map<CallKind, number>();
  private readonly leases = new Map<string, Life>();
  private readonly god: ProcessParts;

  private constructor(options: BoxOptions, parts: { clock: VirtualClock; kling: Sandbox; database: SharedDatabase }) {
    this.options = options;
    this.clock = parts.clock;
    this.startMs = parts.clock.now();
    this.kling = parts.kling;
    this.database = parts.database;
    this.random = seededRandom(options.seed);
    this.disk = new MemoryDisk(() => this.clock.now());
    this.name = `${(boxes += 1)}`;
    this.god = this.spoil(this.makeParts(this.newLife('nobody')));
  }

  static async open(options: BoxOptions): Promise<Box> {
    installDiskCalls();
    installDeterminism();
    useBox(undefined);
    await warmUp();
    database ??= await SharedDatabase.open();
    database.clear();
    clearSeats();
    const clock = new VirtualClock();
    const draws = seededRandom(options.seed ^ 0x5a5a);
    useBox({ clock, random: idsOf(options.seed) });
    const kling = await startSandbox({
      listen: false,
      tasksIn: 'memory',
      clips: 'tiny',
      speed: 15,
      clock,
      random: options.jitter ? () => draws.next() : () => 0.5,
      ...options.sandbox,
    });
    return new Box(options, { clock, kling, database });
  }

  /** Ends it; whatever still runs in it waits for ever. */
  async close(): Promise<void> {
    for (const { life } of this.processes) life.die();
    await this.kling.close();
    clearSeats();
    useBox(undefined);
  }

  /** The shots of the one film in the box. Spends nothing. */
  async plan(shots: readonly PlannedShot[], capUnits?: number): Promise<void> {
    const { projects } = this.god.store;
    const project = await projects.createProject({ name: 'film', engine: 'kling' });
    this.projectId = project.id;
    if (capUnits !== undefined) await projects.updateProject(project.id, { capUnits });
    await projects.savePromptList(
      project.id,
      shots.map(({ prompt, model, takes }, index) => ({
        sceneNumber: 1,
        text: `${index}: ${prompt}`,
        startLine: index + 1,
        endLine: index + 1,
        settings: settingsOf(prompt, model),
        inS: 0,
        takesWanted: takes ?? 1,
      })),
    );
  }

  async setCap(capUnits: number | null): Promise<void> {
    await this.god.store.projects.updateProject(this.projectId, { capUnits });
  }

  /** The next requests of a kind find nobody who listens: nothing of them arrives. */
  refuseConnections(kind: CallKind, times: number): void {
    this.unreachable.set(kind, times);
  }

  /** The store as nobody in particular sees it. */
  get store(): Omit<Store, 'close'> {
    return this.god.store;
  }

  /** The cache as nobody in particular sees it. */
  get cache(): ClipCacheManager {
    return this.god.cache;
  }

  /** Starts a process that films the project, as `directorstudio film` or `resume` does. */
  start(request: Partial<GenerateRequest> = {}, credentials = this.credentials()): Running {
    const life = this.newLife(`p${this.processes.length + 1}`);
    const died = new Promise<void>((resolve) => life.onDeath(resolve));
    const running: Running = { life, over: Promise.resolve() };
    const work = this.film(running, request, credentials).catch((error: unknown) => {
      // Nobody hears the dead.
      if (!life.alive) return;
      if (StudioError.is(error) && error.code !== 'GENERATION_TRANSITION') running.refused = error;
      else this.violations.push({ check: 'bug', what: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
    running.over = Promise.race([work, died]);
    this.processes.push(running);
    return running;
  }

  /** Lets time pass until these processes have ended or died. */
  async wait(running: readonly (Running | Promise<Running>)[] = this.processes): Promise<void> {
    await this.pass(Promise.all(running.map(async (each) => await (await each).over)));
  }

  /** Lets time pass: so many milliseconds, or until something is over. */
  async pass(what: number | Promise<unknown>): Promise<void> {
    try {
      await this.clock.until(typeof what === 'number' ? this.clock.sleep(what) : what);
    } catch (error) {
      if (!(error instanceof NeverEnds)) throw error;
      const running = this.processes.filter(({ life }) => life.alive);
      this.violations.push({ check: 'never-ends', what: `${error.message}; still running: ${running.map(({ life }) => life.name).join(', ')}` });
      for (const { life } of running) life.die();
    }
  }

  /** The power goes: everybody dies at once, and the disk loses what was not synced. */
  powerCut(): void {
    this.say('power cut');
    for (const { life } of this.processes) life.die();
    this.disk.powerCut(this.random);
  }

  /** How far the time of the box has gone, in seconds. */
  elapsedS(): number {
    return (this.clock.now() - this.startMs) / 1000;
  }

  say(what: string): void {
    if (this.options.trace) this.trace.push(`${this.elapsedS().toFixed(3).padStart(10)} s  ${what}`);
  }

  credentials(): KlingCredentials {
    const { apiKey, accessKey, secretKey } = this.kling;
    return this.options.credentials === 'jwt' ? { accessKey, secretKey } : { apiKey };
  }

  private async film(running: Running, request: Partial<GenerateRequest>, credentials: KlingCredentials): Promise<void> {
    const { life } = running;
    this.say(`${life.name} starts`);
    const { store, cache, client, lease, fetch, probe } = this.spoil(this.makeParts(life, credentials));
    // As the studio does: one free question, about what an earlier process left at Kling, then whose key this is.
    const clock = life.clock(this.clock);
    const heard = await firstQuestion({ ledger: store.ledger, client, clock, signal: new AbortController().signal });
    const baseUrl = this.kling.baseUrl;
    const account = await resolveAccount(store as Store, client, { engine: 'kling', baseUrl, credentials });
    const orchestrator = new ClipGenerationOrchestrator({
      store: store as Store,
      cache,
      client,
      engine: 'kling',
      accountId: account.id,
      framesFolder: `${seatPath(this.seatName(life))}/frames`,
      allowLoopbackHttp: true,
      clock,
      heard,
      fetch,
      probe,
      ...(this.options.timings ? { timings: this.options.timings } : {}),
    });
    const report = await orchestrator.generateAll({ projectId: this.projectId, ...request });
    if (!life.alive) return;
    running.report = report;
    lease.release();
    this.say(`${life.name} ends: ${JSON.stringify(report.summary)}`);
    life.die();
  }

  private newLife(name: string): Life {
    // Whoever looks on is no process that may die.
    const witness: Witness = name === 'nobody' ? () => {} : (life, point) => this.witness(life, point);
    return new Life(name, witness, () => this.clock.stir());
  }

  private makeParts(life: Life, credentials = this.credentials()): ProcessParts {
    const { clock, disk, options } = this;
    const draws = seededRandom(options.seed ^ (this.processes.length + 77));
    const diskMs = options.jitter && life.name !== 'nobody' ? () => (draws.chance(0.3) ? draws.whole(1, 6) : 0) : () => 0;
    takeSeat(this.seatName(life), { life, disk, latencyMs: diskMs, clock });
    const own = life.clock(clock);
    const db = this.database.handleOf(life);
    const lease: ProcessLease = {
      id: `lease-of-${life.name}`,
      isAlive: (id) => this.leases.get(id)?.alive ?? false,
      release: () => void this.leases.delete(`lease-of-${life.name}`),
    };
    this.leases.set(lease.id, life);
    const wire = networkOf(life, {
      fetch: this.kling.fetch,
      clock,
      latencyMs: options.latencyMs ?? (options.jitter ? () => draws.whole(1, 120) : () => 20),
      onArrival: (arrival) => this.onArrival(arrival),
      onAnswered: (arrival) => this.onAnswered(arrival),
    });
    return {
      life,
      clock,
      db,
      store: storeOver(db, lease, own),
      cache: new ClipCacheManager({ folder: `${seatPath(this.seatName(life))}/clips`, clock: own }),
      client: new KlingAPIClient({ credentials, baseUrl: this.kling.baseUrl, fetch: wire, clock: own }),
      lease,
      fetch: wire,
      probe: probeVideo,
    };
  }

  private spoil(parts: ProcessParts): ProcessParts {
    return this.options.spoil?.(parts) ?? parts;
  }

  private seatName(life: Life): string {
    return `${this.name}-${life.name}`;
  }

  private witness(life: Life, point: string): void {
    this.say(`${life.name}  ${point}`);
    if (point.startsWith('commit') && point.includes('claim') && point.endsWith('after')) this.lookForTwoDrivers(life);
    this.options.witness?.(life, point);
  }

  /** The database notes whose lease was written over by whom; taking one from the living is the fault. */
  private lookForTwoDrivers(life: Life): void {
    for (const { old_lease, row } of this.database.takeTakeovers()) {
      const before = this.leases.get(old_lease);
      if (before?.alive) this.violations.push({ check: 'two-drivers', what: `${life.name} took row ${row} from ${before.name}, which is alive` });
    }
  }

  private onArrival({ kind, headers, by }: Arrival): void {
    const refused = this.unreachable.get(kind) ?? 0;
    if (refused > 0) {
      this.unreachable.set(kind, refused - 1);
      this.say(`    ${by.name}'s ${kind} finds nobody`);
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }) });
    }
    this.say(`    ${by.name}'s ${kind} arrives`);
    if (kind === 'download' && headers.has('authorization')) this.violations.push({ check: 'key-to-cdn', what: `${by.name} sent its key along with the request for a clip` });
  }

  private onAnswered({ kind }: Arrival): void {
    if (kind !== 'create') return;
    const cap = this.database.ask<{ cap_units: number | null }>('select cap_units from projects where id = ?', this.projectId)[0]?.cap_units;
    if (cap === null || cap === undefined) return;
    const bound = this.kling.tasks().reduce((sum, task) => sum + (task.status === 'succeed' || task.status === 'failed' ? task.chargedUnits : task.priceUnits), 0);
    if (bound > cap + 1e-6) this.violations.push({ check: 'cap', what: `${bound} units are charged or running under a cap of ${cap}` });
  }
}

let warm: Promise<unknown> | undefined;

/** What is loaded or encoded with the first clip takes real time, which must not pass in a box. */
async function warmUp(): Promise<void> {
  await (warm ??= Promise.all([
    new KlingAPIClient({ credentials: { accessKey: 'a', secretKey: 'b' }, fetch: () => Promise.reject(new Error('nobody there')) }).listTasks('text2video').catch(() => {}),
    ...MODELS.flatMap((name) => {
      const model = modelNamed(name);
      if (!model) throw new Error(`there is no model ${name}`);
      const frameCount = frameCountOf(model, 'text2video', 'std', 5);
      const frameRate = frameRateOf(model, 'text2video', 'std');
      // Whole, and as a download that is too short.
      return [frameCount, Math.ceil(frameCount / 2)].map(async (count) => await makeTinyClip({ frameRate, frameCount: count, uniqueText: 'warm' }));
    }),
  ]));
}

/** Models that are filmed with in a box: of different prices, and with slots of their own. */
export const MODELS = ['kling-v2-5-turbo', 'kling-v2-6'] as const;

export function settingsOf(prompt: string, model = 'kling-v2-5-turbo'): ShotSettings {
  return { kind: 'text2video', model, mode: 'std', prompt, durationS: 5, aspectRatio: '16:9', sound: false };
}
