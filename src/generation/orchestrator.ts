import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import type { ClipCacheManager } from '../cache/index.ts';
import type { KlingAPIClient } from '../kling/index.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import type { ClipProgress } from '../protocol/clip-progress.ts';
import type { StudioEvent, StudioListener } from '../protocol/events.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Generation, ProjectPrompt, Store } from '../store/index.ts';
import { bring, neverBrought, STOPPED, type BringContext } from './bring.ts';
import { loadShots } from './continuity.ts';
import type { DriveContext } from './drive-context.ts';
import { ExpectedDurations } from './expected-durations.ts';
import { grabLastFrame, probeClip } from './clip-media.ts';
import { withPaid } from './paid-when.ts';
import { lineUp, type LineUp } from './line-up.ts';
import { lastFramePath, ParentClips } from './parent-clips.ts';
import { PackWatch } from './pack-watch.ts';
import { progressOf } from './progress.ts';
import { requireSendable } from './refuse-findings.ts';
import { summarise, type RunReport, type TakeEnd } from './run-report.ts';
import { lineRank, type Shared } from './run-takes.ts';
import { selectTakes } from './select-takes.ts';
import { SendGate, type GateParts } from './send-gate.ts';
import { TaskPoller, type HeardTasks } from './task-poller.ts';
import { DEFAULT_TIMINGS, type GenerationTimings } from './timings.ts';
import { writeDown } from './write-down.ts';

export interface OrchestratorParts {
  store: Store;
  cache: ClipCacheManager;
  client: KlingAPIClient;
  engine: Engine;
  /** The account whose money is spent; see the store's accounts. */
  accountId: string;
  /** The folder of start and end frames, by hash. */
  framesFolder: string;
  /** Whether clips may be fetched over plain http from loopback: only when the client's base URL is itself that. */
  allowLoopbackHttp: boolean;
  /** Default the system's. */
  clock?: Clock;
  /** For the downloads; default the built-in one. */
  fetch?: typeof fetch;
  /** Reads a downloaded clip through, returns its length in seconds, throws when it does not play. Default: every packet is read. */
  probe?: (path: string) => Promise<{ durationS: number }>;
  timings?: Partial<GenerationTimings>;
  heard?: HeardTasks;
}

export interface GenerateRequest {
  projectId: string;
  /** Only these shots; default all shots of the film. */
  shotIds?: readonly string[];
  /** One more take of each of these shots than it has, selected when it is ready. Default false. */
  newTake?: boolean;
  /** At most this many at Kling at once, by our own wish; default no limit but the account's slots. */
  concurrency?: number;
  /** Automatic new attempts per take after failures at Kling, each of which may cost; default 0. */
  retries?: number;
  /** Against other projects that share the account's slots: higher goes first, equal ones share evenly. Default 0. */
  priority?: number;
  /** Called once every take of the run is in the ledger, before any is sent: from here on changed shots change nothing of it. */
  onWrittenDown?: () => void;
  /** Stops the run: what is at Kling goes on there, and a later run fetches it. */
  signal?: AbortSignal;
}

/** Of clips that are ready; more at once would only wait for the disk, and keep everything else waiting. */
const FILES_AT_ONCE = 32;

/** Of takes that have not been sent; those behind them are only written down, so that a long queue costs no memory. */
const WAITING_AT_ONCE = 200;

/**
 * The conductor of the state machine: Cache → Generate → Poll → Finalize for one shot or a whole project in parallel. A
 * shot that fails stops no other; equal pictures are made once; whatever is interrupted goes on in the next run.
 */
export class ClipGenerationOrchestrator {
  /** Where each shot stands now, by shot id: the take of it that changed last. */
  readonly progress = new Map<string, ClipProgress>();
  private readonly parts: OrchestratorParts;
  private readonly clock: Clock;
  private readonly timings: GenerationTimings;
  private readonly poller: TaskPoller;
  /** What the gates of all runs share. */
  private readonly gateParts: GateParts;
  private readonly expected: ExpectedDurations;
  private readonly listeners = new Set<StudioListener>();
  /** What may still be sent, run by run. */
  private readonly queues = new Map<SendGate, { shared: ReadonlyMap<string, Shared>; line: LineUp<Shared, TakeEnd[]> }>();
  private paused = false;
  /** Falls with every shot that is put before all others. */
  private firstRank = 0;
  private readonly running = new Set<{ stop: AbortController; done: Promise<unknown> }>();

  constructor(parts: OrchestratorParts) {
    this.parts = parts;
    this.clock = parts.clock ?? systemClock;
    this.timings = { ...DEFAULT_TIMINGS, ...parts.timings };
    this.poller = new TaskPoller(parts.client, this.clock, this.timings, parts.heard);
    this.gateParts = { ledger: parts.store.ledger, accountId: parts.accountId, clock: this.clock, timings: this.timings, packs: new PackWatch(parts.client, this.clock, this.timings) };
    this.expected = new ExpectedDurations(parts.store.ledger);
  }

  /** Hears every change. @returns how to stop listening. */
  on(listener: StudioListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Brings in the takes of one shot. */
  async generate(request: { prompt: Pick<ProjectPrompt, 'id'>; projectId: string; signal?: AbortSignal }): Promise<RunReport> {
    const { prompt, ...rest } = request;
    return await this.generateAll({ ...rest, shotIds: [prompt.id] });
  }

  /**
   * Brings in every take that the project's shots want. Costs at most what `forecastRun` says, and never more than the
   * project's cap; what is there, or was paid for before, costs nothing.
   */
  async generateAll(request: GenerateRequest): Promise<RunReport> {
    const stop = new AbortController();
    const run = { stop, done: this.run(request, stop.signal) };
    this.running.add(run);
    try {
      return await run.done;
    } finally {
      this.running.delete(run);
    }
  }

  /** Stops every run in order: nothing new is sent, answers under way are read, rows are given back. */
  async stop(): Promise<void> {
    for (const { stop } of this.running) stop.abort(new StudioError(STOPPED.code, STOPPED.message));
    await Promise.allSettled([...this.running].map(({ done }) => done));
  }

  /** Sends nothing new, in this run or later ones, until {@link goOn}. What is at Kling goes on and is fetched. */
  pause(): void {
    this.paused = true;
    for (const gate of this.queues.keys()) gate.pause();
  }

  goOn(): void {
    this.paused = false;
    for (const gate of this.queues.keys()) gate.goOn();
  }

  /** Puts a shot's takes that wait for a slot before all others of their run. */
  sendNext(shotId: string): void {
    this.firstRank -= 1;
    const isOf = ({ seats }: Shared) => seats.some(({ shot }) => shot.id === shotId);
    for (const [gate, { shared, line }] of this.queues) {
      for (const [id, group] of shared) {
        if (!isOf(group)) continue;
        group.rank = this.firstRank;
        gate.move(id, group.rank);
      }
      line.first(isOf);
    }
  }

  private async run(request: GenerateRequest, stop: AbortSignal): Promise<RunReport> {
    const signal = request.signal ? AbortSignal.any([request.signal, stop]) : stop;
    const hard = new AbortController();
    setMaxListeners(0, signal, hard.signal); // every take listens to them
    const runOver = new AbortController();
    const startGrace = () => {
      this.clock.sleep(this.timings.stopGraceMs, runOver.signal).then(
        () => hard.abort(signal.reason),
        () => {},
      );
    };
    signal.addEventListener('abort', startGrace, { once: true });
    let gate: SendGate | undefined;
    try {
      await requireSendable(this.parts, this.parts.engine, request);
      const { shared, ready, parents: continued, billed, kinds } = await writeDown(this.parts.store, this.parts.engine, request);
      request.onWrittenDown?.();
      this.tellOfEarlier([...shared.values()].filter(({ seats }) => seats.length === 0).length);
      await this.expected.learn(kinds);
      const open = [...shared.values()].filter(({ before }) => before !== 'ready').sort((a, b) => lineRank(a) - lineRank(b));
      gate = new SendGate({
        expected: [...ready.map(({ group }) => group), ...open.slice(0, WAITING_AT_ONCE)].map(({ id }) => id),
        ...this.gateParts,
        concurrency: request.concurrency ?? Number.POSITIVE_INFINITY,
        projectId: request.projectId,
        priority: request.priority ?? 0,
        onPassed: (generation) => {
          const group = shared.get(generation.id);
          if (group) line?.passed(group);
        },
      });
      if (this.paused) gate.pause();
      const { store } = this.parts;
      const parents = new ParentClips(continued);
      const run: BringContext = { store, drive: this.context({ gate, shared, parents, signal, hardSignal: hard.signal }), shared, expected: this.expected, projectId: request.projectId, retries: request.retries ?? 0 };
      const bringIn = (group: Shared, generation?: Generation) => bring(group, run, generation).finally(() => parents.isOver(group.id));
      // What is at Kling is asked about at once; the files of a large film are looked at beside that, some at a time.
      const line: LineUp<Shared, TakeEnd[]> | undefined = lineUp(open, WAITING_AT_ONCE, (group) => bringIn(group), signal);
      this.queues.set(gate, { shared, line });
      const files = lineUp(ready, FILES_AT_ONCE, ({ group, generation }) => bringIn(group, generation));
      const settled = [...(await files.done), ...(await line.done)];
      const ends = settled.flatMap((each) => {
        // What is no StudioError is a bug. It is thrown only now, when every other take has come to its end or rest.
        if (each.status === 'rejected') throw each.reason;
        return each.value;
      });
      ends.push(...(await neverBrought(line.notStarted(), store.ledger)));
      const inRun = new Map([...shared.values()].flatMap(({ seats }) => seats.map(({ shot }) => [shot.id, shot.index] as const)));
      const prompts = (await loadShots(store, this.parts.engine, request.projectId)).filter(({ id }) => inRun.has(id));
      await selectTakes(store, this.parts.engine, prompts, { newest: request.newTake ?? false });
      const takes = await withPaid(store.ledger, ends, billed);
      takes.sort((a, b) => (inRun.get(a.shotId) ?? 0) - (inRun.get(b.shotId) ?? 0) || a.take - b.take);
      return { takes, summary: summarise(takes), stopped: signal.aborted };
    } finally {
      signal.removeEventListener('abort', startGrace);
      runOver.abort();
      if (gate) this.queues.delete(gate);
      gate?.close();
    }
  }

  private context({ gate, shared, parents, signal, hardSignal }: Pick<DriveContext, 'gate' | 'parents' | 'signal' | 'hardSignal'> & { shared: Map<string, Shared> }): DriveContext {
    const { store, cache, client, accountId, framesFolder, allowLoopbackHttp } = this.parts;
    const noticed = new Set<string>();
    return {
      ledger: store.ledger,
      cache,
      client,
      accountId,
      clock: this.clock,
      timings: this.timings,
      fetch: this.parts.fetch ?? globalThis.fetch,
      probe: this.parts.probe ?? probeClip,
      gate,
      mayBeSent: true,
      rankOf: (generation) => shared.get(generation.id)?.rank ?? 0,
      poller: this.poller,
      durationFitOf: (generation) => this.expected.fitOf(generation),
      parents,
      grabLastFrame,
      framePath: (frame) => ('sha256' in frame ? join(framesFolder, `${frame.sha256}.${frame.format === 'png' ? 'png' : 'jpg'}`) : lastFramePath(framesFolder, frame)),
      allowLoopbackHttp,
      signal,
      hardSignal,
      renewed: new Set(),
      acceptedAtMs: new Map(),
      clipAddresses: new Map(),
      report: (generation, more) => {
        for (const seat of shared.get(generation.id)?.seats ?? []) {
          const take = { shotId: seat.shot.id, shot: seat.shot.name, number: seat.number };
          this.show(progressOf(generation, take, { nowMs: this.clock.now(), expectedMs: this.expected.of(generation), ...more }));
        }
      },
      notice: (notice) => {
        if (noticed.has(notice.code)) return;
        noticed.add(notice.code);
        this.emit({ type: 'notice', ...notice });
      },
    };
  }

  private tellOfEarlier(count: number): void {
    if (count > 0) this.emit({ type: 'notice', code: 'EARLIER_TAKES', message: `${count === 1 ? 'A take' : `${count} takes`} of words this film had before ${count === 1 ? 'is' : 'are'} at Kling, or may be: what was paid for is fetched as well.`, next: 'Nothing is to be done; the history of the shot shows them.' });
  }

  private show(progress: ClipProgress): void {
    this.progress.set(progress.shotId, progress);
    this.emit({ type: 'clip', ...progress });
  }

  private emit(event: StudioEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
