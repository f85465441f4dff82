import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import type { ClipCacheManager } from '../cache/index.ts';
import type { KlingAPIClient } from '../kling/index.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import type { ClipProgress } from '../protocol/clip-progress.ts';
import type { StudioEvent, StudioListener } from '../protocol/events.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { AskedPicture, ErrorFacts, Generation, ProjectPrompt, Store } from '../store/index.ts';
import type { DriveContext } from './drive-context.ts';
import { drive } from './drive.ts';
import { errorFacts } from './error-facts.ts';
import { ExpectedDurations } from './expected-durations.ts';
import { probeClip } from './probe-clip.ts';
import { lineUp, type LineUp } from './line-up.ts';
import { PackWatch } from './pack-watch.ts';
import { progressOf } from './progress.ts';
import { summarise, type RunReport, type TakeResult } from './run-report.ts';
import { selectTakes } from './select-takes.ts';
import { SendGate, type GateParts } from './send-gate.ts';
import { TaskPoller, type HeardTasks } from './task-poller.ts';
import { DEFAULT_TIMINGS, type GenerationTimings } from './timings.ts';
import { attemptFor } from './try-again.ts';
import { wantedTakes } from './wanted-takes.ts';

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
  /** Stops the run: what is at Kling goes on there, and a later run fetches it. */
  signal?: AbortSignal;
}

/** Of clips that are ready; more at once would only wait for the disk, and keep everything else waiting. */
const FILES_AT_ONCE = 32;

/** Of takes that have not been sent; those behind them are only written down, so that a long queue costs no memory. */
const WAITING_AT_ONCE = 200;

/** A place in the film for a generation; equal pictures share one generation and have a seat each. */
interface Seat {
  prompt: ProjectPrompt;
  takeId: string;
  number: number;
}

interface Shared {
  picture: AskedPicture;
  /** The row as it was when the run began. */
  generation: Generation;
  seats: Seat[];
}

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
  private readonly queues = new Map<SendGate, { shared: ReadonlyMap<string, Shared>; line: LineUp<Shared, TakeResult[]> }>();
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
    const isOf = ({ seats }: Shared) => seats.some(({ prompt }) => prompt.id === shotId);
    for (const [gate, { shared, line }] of this.queues) {
      line.first(isOf);
      for (const [id, group] of shared) if (isOf(group)) gate.move(id, this.firstRank);
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
      const shared = await this.writeDown(request);
      await this.expected.learn([...shared.values()].map(({ picture }) => picture));
      const ready = [...shared.values()].filter(({ generation }) => generation.state.status === 'completed');
      const open = [...shared.values()].filter(({ generation }) => generation.state.status !== 'completed').sort((a, b) => lineRank(a) - lineRank(b));
      gate = new SendGate({
        expected: [...ready, ...open.slice(0, WAITING_AT_ONCE)].map(({ generation }) => generation.id),
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
      const context = this.context(gate, shared, signal, hard.signal);
      const bring = (group: Shared) => this.bring(group, shared, context, request.retries ?? 0);
      // What is at Kling is asked about at once; the files of a large film are looked at beside that, some at a time.
      const line: LineUp<Shared, TakeResult[]> | undefined = lineUp(open, WAITING_AT_ONCE, bring);
      this.queues.set(gate, { shared, line });
      const settled = [...(await lineUp(ready, FILES_AT_ONCE, bring).done), ...(await line.done)];
      const takes = settled.flatMap((each) => {
        // What is no StudioError is a bug. It is thrown only now, when every other take has come to its end or rest.
        if (each.status === 'rejected') throw each.reason;
        return each.value;
      });
      const prompts = new Map([...shared.values()].flatMap(({ seats }) => seats.map(({ prompt }) => [prompt.id, prompt] as const)));
      await selectTakes(this.parts.store, this.parts.engine, [...prompts.values()], { newest: request.newTake ?? false });
      takes.sort((a, b) => (prompts.get(a.shotId)?.index ?? 0) - (prompts.get(b.shotId)?.index ?? 0) || a.take - b.take);
      return { takes, summary: summarise(takes), stopped: signal.aborted };
    } finally {
      signal.removeEventListener('abort', startGrace);
      runOver.abort();
      if (gate) this.queues.delete(gate);
      gate?.close();
    }
  }

  /** Writes every wanted take down before anything is sent, grouped by the generation it stands on. */
  private async writeDown(request: GenerateRequest): Promise<Map<string, Shared>> {
    const shared = new Map<string, Shared>();
    const wanted = await wantedTakes(this.parts.store, this.parts.engine, request);
    await this.parts.store.together(async ({ ledger, takes }) => {
      for (const { picture, prompt, known, take: written } of wanted) {
        const ask = async () => {
          const next = attemptFor(known, request.retries ?? 0, 'start of a run');
          const generation = next === 'new row' ? await ledger.askAgain(picture, known?.id) : await ledger.ask(picture);
          return { generation, take: await takes.attach(prompt.id, this.parts.engine, generation.id, known?.id) };
        };
        // What is under way or ready stays as it is written: a large film starts as fast as a small one.
        const goesOn = known && written && known.state.status !== 'failed' && known.state.status !== 'cancelled';
        const { generation, take } = goesOn ? { generation: known, take: written } : await ask();
        const group = shared.get(generation.id) ?? { picture, generation, seats: [] };
        group.seats.push({ prompt, takeId: take.id, number: take.number });
        shared.set(generation.id, group);
      }
    });
    return shared;
  }

  /** Takes one generation to its end or rest, with the new attempts that were allowed. */
  private async bring(group: Shared, shared: Map<string, Shared>, context: DriveContext, retries: number): Promise<TakeResult[]> {
    const { ledger, takes } = this.parts.store;
    const { id } = group.generation;
    const all = (generation: Generation, outcome: TakeResult['outcome'], more: Partial<TakeResult> = {}): TakeResult[] =>
      group.seats.map((seat) => ({ shotId: seat.prompt.id, shot: seat.prompt.name, take: seat.number, outcome, fromCache: false, generation, ...more }));
    const before = group.generation;
    // Stopped before its turn came.
    if (context.signal.aborted && before.state.status === 'waiting') return all(before, 'waiting', { error: STOPPED, rest: 'stopped' });
    let current = id;
    try {
      // A file fetched again was made, and paid for, in an earlier run.
      const madeBefore = before.state.status === 'completed';
      if (madeBefore) {
        context.report(before, { stage: 'checking' });
        if (await context.cache.find(before.fingerprint)) {
          context.gate.notComing(id);
          context.report(before, { fromCache: true });
          return all(before, 'completed', { fromCache: true });
        }
      }
      for (let retriesLeft = retries; ; retriesLeft -= 1) {
        const { generation, rest, followed = false } = await drive(current, context, { tryRefusedAgain: current === id });
        const { state } = generation;
        if (rest) return all(generation, rest.why === 'unobtainable' || rest.why === 'parked' ? 'failed' : 'waiting', { error: rest.error, rest: rest.why });
        if (state.status === 'completed') {
          await this.expected.learnAgain(group.picture, this.clock.monotonic());
          return all(generation, 'completed', { fromCache: madeBefore || followed || state.taskId === undefined });
        }
        if (attemptFor(generation, retriesLeft, 'in a run') !== 'new row') return all(generation, 'failed', state.status === 'failed' ? { error: state.error } : {});
        const next = await ledger.askAgain(group.picture, current);
        for (const seat of group.seats) await takes.moveTo(seat.takeId, next.id);
        shared.set(next.id, group);
        current = next.id;
      }
    } catch (error) {
      context.gate.notComing(id);
      const generation = await ledger.find(current);
      if (!generation) throw error;
      if (context.signal.aborted) return all(generation, 'waiting', { error: STOPPED, rest: 'stopped' });
      // This machine's trouble, such as a full disk: the take stays where it is, and the others go on.
      if (!StudioError.is(error) || error.code === 'GENERATION_TRANSITION') throw error;
      return all(generation, 'waiting', { error: errorFacts(error), rest: 'machine' });
    }
  }

  private context(gate: SendGate, shared: Map<string, Shared>, signal: AbortSignal, hardSignal: AbortSignal): DriveContext {
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
      rankOf: (generation) => rankOf(shared.get(generation.id)?.seats[0]),
      poller: this.poller,
      durationFitOf: (generation) => this.expected.fitOf(generation),
      framePath: (frame) => join(framesFolder, `${frame.sha256}.${frame.format === 'png' ? 'png' : 'jpg'}`),
      allowLoopbackHttp,
      signal,
      hardSignal,
      renewed: new Set(),
      clipAddresses: new Map(),
      report: (generation, more) => {
        for (const seat of shared.get(generation.id)?.seats ?? []) {
          const take = { shotId: seat.prompt.id, shot: seat.prompt.name, number: seat.number };
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

  private show(progress: ClipProgress): void {
    this.progress.set(progress.shotId, progress);
    this.emit({ type: 'clip', ...progress });
  }

  private emit(event: StudioEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

/** What is at Kling, or may be, comes first; it takes no place in the queue. */
function lineRank({ generation, seats }: Shared): number {
  return generation.state.status === 'waiting' ? rankOf(seats[0]) : Number.NEGATIVE_INFINITY;
}

/** First takes before second ones, each in film order: a cap or an empty account then leaves a film without gaps. */
function rankOf(seat: Seat | undefined): number {
  return seat === undefined ? 0 : (seat.number - 1) * 1_000_000 + seat.prompt.index;
}

const STOPPED: ErrorFacts = {
  code: 'RUN_STOPPED',
  message: 'The run was stopped before this take was ready.',
  next: 'directorstudio resume goes on; what is at Kling goes on there and is not paid for again.',
};
