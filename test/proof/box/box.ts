import { ClipCacheManager } from '../../../src/cache/index.ts';
import type { GenerateRequest, GenerationTimings, RecoverReport, RunReport } from '../../../src/generation/index.ts';
import { KlingAPIClient, listPriceUnits, type KlingCredentials } from '../../../src/kling/index.ts';
import { StudioError } from '../../../src/lib/errors.ts';
import { probeVideo } from '../../../src/media/index.ts';
import { startSandbox, type Sandbox, type SandboxOptions, type SandboxTask } from '../../../src/sandbox/index.ts';
import { storeOver, type Store } from '../../../src/store/index.ts';
import type { ProcessLease } from '../../../src/store/process-lease.ts';
import { idsOf, installDeterminism, useBox } from './determinism.ts';
import { clearSeats, installDiskCalls, seatPath, takeSeat } from './disk-calls.ts';
import { film, recover, withdrawAll, type ProcessParts, type Spoil } from './errand.ts';
import { Home, type HomeCopy } from './home.ts';
import { HostClock } from './host-clock.ts';
import { Life, type Witness } from './life.ts';
import { networkOf, type Arrival, type CallKind } from './network.ts';
import { seededRandom, type Random } from './seeded-random.ts';
import { SharedDatabase } from './shared-database.ts';
import { planFilm, type PlannedShot } from './shots.ts';
import type { Violation } from './violation.ts';
import { NeverEnds, VirtualClock } from './virtual-clock.ts';
import { warmUp } from './warm-up.ts';

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
  /** What a run of the film ended with. */
  report?: RunReport;
  /** What `recover` ended with. */
  recovered?: RecoverReport;
  /** What became of the retakes that it was to withdraw. */
  withdrawn?: string[];
  /** Why it could not run, for a person. */
  refused?: StudioError;
  /** Resolves when it has ended or died; never rejects. */
  over: Promise<void>;
}

let database: SharedDatabase | undefined;
let boxes = 0;

/** A world of its own: time, a Kling, a disk, a store and the processes that share them. One is open at a time. */
export class Box {
  readonly clock: VirtualClock;
  readonly machine: HostClock;
  readonly home: Home;
  readonly kling: Sandbox;
  readonly random: Random;
  readonly violations: Violation[] = [];
  readonly trace: string[] = [];
  readonly processes: Running[] = [];
  projectId = '';
  /** Whether anybody has withdrawn takes here; else none may be found withdrawn. */
  hasWithdrawn = false;
  private backup: HomeCopy | undefined;
  private planned: { shots: readonly PlannedShot[]; capUnits: number | undefined } = { shots: [], capUnits: undefined };
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
    this.random = seededRandom(options.seed);
    this.machine = new HostClock(this.clock);
    this.home = new Home(parts.database, () => this.machine.now());
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
    this.everybodyDies();
    await this.kling.close();
    clearSeats();
    useBox(undefined);
  }

  /** The shots of the one film in the box. Spends nothing. */
  async plan(shots: readonly PlannedShot[], capUnits?: number): Promise<void> {
    this.planned = { shots, capUnits };
    this.projectId = await planFilm(this.god.store, shots, capUnits);
  }

  /** The same film, in a home that does not know it. */
  async planAgain(): Promise<void> {
    await this.plan(this.planned.shots, this.planned.capUnits);
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

  /** Starts a process that films the project. */
  start(request: Partial<GenerateRequest> = {}, credentials = this.credentials()): Running {
    return this.startProcess(credentials, async (running, parts) => {
      const framesFolder = `${seatPath(this.seatName(running.life))}/frames`;
      const report = await film(parts, { ...this.around(credentials), framesFolder }, { projectId: this.projectId, ...request });
      if (running.life.alive) running.report = report;
      return report.summary;
    });
  }

  /** Starts a process that recovers what is on the account. */
  startRecover(signal?: AbortSignal, credentials = this.credentials()): Running {
    return this.startProcess(credentials, async (running, parts) => {
      const report = await recover(parts, this.around(credentials), signal);
      if (running.life.alive) running.recovered = report;
      return report.clips.map(({ how, externalTaskId }) => `${externalTaskId} ${how}`);
    });
  }

  /** Starts a process that withdraws what waits unsent. It needs no key. */
  startWithdraw(): Running {
    return this.startProcess(this.credentials(), async (running, parts) => {
      this.hasWithdrawn = true;
      const withdrawn = await parts.withdraw(parts.store, this.projectId);
      if (running.life.alive) running.withdrawn = withdrawn;
      return withdrawn;
    });
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

  /** The power goes: everybody dies at once, the disk loses what was not synced, and the machine is started anew. */
  powerCut(): void {
    this.say('power cut');
    this.everybodyDies();
    this.home.disk.powerCut(this.random);
    this.machine.restart();
  }

  /** Copies the home, for {@link putBackHome}. */
  backUpHome(): void {
    this.say('the home is copied');
    this.backup = this.home.copy();
  }

  /** The copy of the home is put in its place: whoever had it open dies. */
  putBackHome(): void {
    this.say('the older home is put back');
    this.everybodyDies();
    if (!this.backup) throw new Error('nobody has copied the home');
    this.home.putBack(this.backup);
    this.projectId = this.home.database.ask<{ id: string }>('select id from projects')[0]?.id ?? '';
  }

  /** The home is gone, and the film in it. */
  loseHome(): void {
    this.say('the home is lost');
    this.everybodyDies();
    this.home.lose();
  }

  /** Somebody sets the wall clock of the machine. */
  jumpWallClock(byMs: number): void {
    this.say(`the wall clock jumps by ${byMs / 1000} s`);
    this.machine.jump(byMs);
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

  private startProcess(credentials: KlingCredentials, errand: (running: Running, parts: ProcessParts) => Promise<unknown>): Running {
    const life = this.newLife(`p${this.processes.length + 1}`);
    const died = new Promise<void>((resolve) => life.onDeath(resolve));
    const running: Running = { life, over: Promise.resolve() };
    const parts = this.spoil(this.makeParts(life, credentials));
    this.say(`${life.name} starts`);
    const work = this.untilItEnds(running, parts.lease, errand(running, parts));
    running.over = Promise.race([work, died]);
    this.processes.push(running);
    return running;
  }

  /** A process that has ended is gone like a dead one; only its lease was given back in order. */
  private async untilItEnds(running: Running, lease: ProcessLease, errand: Promise<unknown>): Promise<void> {
    const { life } = running;
    let end: unknown;
    try {
      end = await errand;
    } catch (error) {
      // Nobody hears the dead.
      if (!life.alive) return;
      end = 'refused';
      if (StudioError.is(error) && error.code !== 'GENERATION_TRANSITION') running.refused = error;
      else this.violations.push({ check: 'bug', what: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    if (!life.alive) return;
    lease.release();
    this.say(`${life.name} ends: ${JSON.stringify(end)}`);
    life.die();
  }

  private around(credentials: KlingCredentials) {
    return { baseUrl: this.kling.baseUrl, credentials, timings: this.options.timings };
  }

  private everybodyDies(): void {
    for (const { life } of this.processes) life.die();
  }

  private newLife(name: string): Life {
    // Whoever looks on is no process that may die.
    const witness: Witness = name === 'nobody' ? () => {} : (life, point) => this.witness(life, point);
    return new Life(name, witness, () => this.clock.stir());
  }

  private makeParts(life: Life, credentials = this.credentials()): ProcessParts {
    const { clock, machine, home, options } = this;
    const draws = seededRandom(options.seed ^ (this.processes.length + 77));
    const diskMs = options.jitter && life.name !== 'nobody' ? () => (draws.chance(0.3) ? draws.whole(1, 6) : 0) : () => 0;
    takeSeat(this.seatName(life), { life, disk: home.disk, latencyMs: diskMs, clock });
    const own = life.clock(machine);
    const db = home.database.handleOf(life);
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
      clock: machine,
      db,
      store: storeOver(db, lease, own),
      cache: new ClipCacheManager({ folder: `${seatPath(this.seatName(life))}/clips`, clock: own }),
      client: new KlingAPIClient({ credentials, baseUrl: this.kling.baseUrl, fetch: wire, clock: own }),
      lease,
      fetch: wire,
      probe: probeVideo,
      withdraw: withdrawAll,
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
    for (const { old_lease, row } of this.home.database.takeTakeovers()) {
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
    const cap = this.home.database.ask<{ cap_units: number | null }>('select cap_units from projects where id = ?', this.projectId)[0]?.cap_units;
    if (cap === null || cap === undefined) return;
    // What Kling charges above its list is known only afterwards: no cap can keep that away.
    const listed = ({ status, chargedUnits, ...task }: SandboxTask) => Math.min(listPriceUnits(task), status === 'succeed' || status === 'failed' ? chargedUnits : Number.POSITIVE_INFINITY);
    const bound = this.kling.tasks().reduce((sum, task) => sum + listed(task), 0);
    if (bound > cap + 1e-6) this.violations.push({ check: 'cap', what: `${bound} units are charged or running under a cap of ${cap}` });
  }
}
