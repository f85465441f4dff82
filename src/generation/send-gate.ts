import type { Clock } from '../lib/clock.ts';
import type { ErrorFacts, Generation, Ledger } from '../store/index.ts';
import type { PackWatch } from './pack-watch.ts';
import type { GenerationTimings } from './timings.ts';
import { transition } from './transition.ts';

/** What the gates of all runs on an account share. */
export interface GateParts {
  ledger: Ledger;
  accountId: string;
  clock: Clock;
  timings: GenerationTimings;
  packs: Pick<PackWatch, 'mayHaveGrown'>;
}

export type GateAnswer =
  | { answer: 'granted'; generation: Generation }
  | { answer: 'budget'; spentUnits: number; capUnits: number }
  | { answer: 'stopped'; error: ErrorFacts };

interface Waiting {
  generation: Generation;
  signal: AbortSignal;
  rank: number;
  resolve: (answer: GateAnswer) => void;
  reject: (error: Error) => void;
}

/** How often it is seen whether another process has freed a slot. */
const CHANGE_LOOK_MS = 100;

/**
 * Lets takes through to the POST, in film order: one by one while the account has a slot for the model, the
 * project's cap has room and fewer than `concurrency` are at Kling. A slot that is freed is filled at once, also by
 * another process's take.
 */
export class SendGate {
  private readonly ledger: Ledger;
  private readonly accountId: string;
  private readonly clock: Clock;
  private readonly timings: GenerationTimings;
  private readonly concurrency: number;
  private readonly priority: number;
  private readonly projectId: string;
  private readonly packs: Pick<PackWatch, 'mayHaveGrown'>;
  private readonly closed = new AbortController();
  private readonly onPassed: (generation: Pick<Generation, 'id'>) => void;
  private readonly queues = new Map<string, Waiting[]>();
  private readonly pumping = new Set<string>();
  /** Models whose room changed while their queue was being looked at: it is looked at once more. */
  private readonly pumpAgain = new Set<string>();
  private readonly retries = new Map<string, AbortController>();
  /** Models that Kling has just called full; nothing is tried before a slot of ours is freed or `slotRetryMs` is over. */
  private readonly full = new Set<string>();
  /** What is at Kling, or on its way there: generation id to model. */
  private readonly inFlight = new Map<string, string>();
  private stopped: ErrorFacts | undefined;
  private paused = false;
  /** Takes of the run that have neither come to the gate yet nor turned out not to need it. */
  private readonly expected: Set<string>;

  /** @param options.expected the run's generation ids: nobody is let through before all have come or gone another way. */
  constructor(
    options: GateParts & {
      expected: Iterable<string>;
      concurrency: number;
      /** Whose cap and whose slots the sends count against. */
      projectId: string;
      /** Against other projects on the account; default 0, higher goes first. */
      priority?: number;
      /** Told of every take that goes on from here: it does not wait in the queue any more, or never came to it. */
      onPassed?: (generation: Pick<Generation, 'id'>) => void;
    },
  ) {
    this.ledger = options.ledger;
    this.accountId = options.accountId;
    this.clock = options.clock;
    this.timings = options.timings;
    this.packs = options.packs;
    this.concurrency = options.concurrency;
    this.priority = options.priority ?? 0;
    this.projectId = options.projectId;
    this.onPassed = options.onPassed ?? (() => {});
    this.expected = new Set(options.expected);
  }

  /**
   * Resolves when this take may be POSTed (its row is `sending` then), or never will be in this run.
   * @param rank its place in the film: the lowest that waits goes first, also when it was sent back before.
   */
  async enter(generation: Generation, signal: AbortSignal, rank: number): Promise<GateAnswer> {
    signal.throwIfAborted();
    const { model } = generation.request;
    return await new Promise((resolve, reject) => {
      const onAbort = () => {
        const queue = this.queues.get(model) ?? [];
        const place = queue.indexOf(waiting);
        // Not in the queue any more: its send is being written; the answer comes and is dealt with.
        if (place < 0) return;
        queue.splice(place, 1);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        generation,
        signal,
        rank,
        resolve: (answer) => {
          signal.removeEventListener('abort', onAbort);
          this.onPassed(generation);
          resolve(answer);
        },
        reject: (error) => {
          signal.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const queue = this.queues.get(model) ?? [];
      this.queues.set(model, queue);
      queueUp(queue, waiting);
      this.expected.delete(generation.id);
      this.pumpAll();
    });
  }

  /** This take does not come to the gate now: it is there already, at Kling, another process's, or over. */
  notComing(generationId: string): void {
    this.onPassed({ id: generationId });
    if (this.expected.delete(generationId) && this.expected.size === 0) this.pumpAll();
  }

  /** A POST was answered: there may be room for the next one. */
  roomChanged(model: string): void {
    void this.pump(model);
  }

  /** Kling said that all slots are taken. Others than we may hold them, so our own count says nothing about when to ask. */
  saidFull(generation: Generation): void {
    const { model } = generation.request;
    this.full.add(model);
    this.lookAgainLater(model);
    this.inFlight.delete(generation.id);
    this.pumpAll();
  }

  /** A take of an earlier run is at Kling already. */
  occupy(generation: Generation): void {
    this.inFlight.set(generation.id, generation.request.model);
  }

  /** A take that was let through no longer occupies Kling. Harmless when it did not. */
  left(generation: Generation): void {
    const model = this.inFlight.get(generation.id);
    if (model === undefined) return;
    this.inFlight.delete(generation.id);
    this.full.delete(model);
    this.pumpAll();
  }

  /** Why nothing more is sent in this run; `undefined` while it is. */
  get stoppedBecause(): ErrorFacts | undefined {
    return this.stopped;
  }

  /** The account takes no more: nothing new is sent in this run. What is at Kling goes on. */
  stop(error: ErrorFacts): void {
    this.stopped = error;
    this.pumpAll();
  }

  /** Nothing new is sent until {@link goOn}; what is at Kling goes on. */
  pause(): void {
    this.paused = true;
  }

  goOn(): void {
    this.paused = false;
    this.pumpAll();
  }

  /** Gives a take that waits here another place in the film's order. Harmless when it does not wait. */
  move(generationId: string, rank: number): void {
    for (const queue of this.queues.values()) {
      const place = queue.findIndex(({ generation }) => generation.id === generationId);
      const [waiting] = place < 0 ? [] : queue.splice(place, 1);
      if (!waiting) continue;
      waiting.rank = rank;
      queueUp(queue, waiting);
    }
  }

  /** Ends the timers; for a run that is over. */
  close(): void {
    this.closed.abort();
    for (const retry of this.retries.values()) retry.abort();
    this.retries.clear();
  }

  private pumpAll(): void {
    for (const model of this.queues.keys()) void this.pump(model);
  }

  private async pump(model: string): Promise<void> {
    this.pumpAgain.add(model);
    if (this.pumping.has(model)) return;
    this.pumping.add(model);
    try {
      const queue = this.queues.get(model) ?? [];
      while (this.pumpAgain.delete(model)) while (queue.length > 0 && (await this.admitFirst(queue, model)));
    } finally {
      this.pumping.delete(model);
    }
  }

  /** @returns whether the next in the queue may be tried. */
  private async admitFirst(queue: Waiting[], model: string): Promise<boolean> {
    if (this.stopped !== undefined) {
      queue.shift()?.resolve({ answer: 'stopped', error: this.stopped });
      return true;
    }
    if (this.paused || this.expected.size > 0 || this.inFlight.size >= this.concurrency || this.full.has(model)) return false;
    const first = queue.shift();
    if (!first) return false;
    try {
      const state = transition(first.generation.state, { type: 'send', atMs: this.clock.now() }, this.timings);
      const grant = await this.ledger.beginSend(first.generation, { accountId: this.accountId, projectId: this.projectId, state, priority: this.priority });
      if (grant.granted) {
        this.occupy(grant.generation);
        first.resolve({ answer: 'granted', generation: grant.generation });
        return true;
      }
      if (grant.why === 'budget') {
        first.resolve({ answer: 'budget', spentUnits: grant.spentUnits, capUnits: grant.capUnits });
        return true;
      }
      // An abort that came while the send was being decided found it outside the queue.
      if (first.signal.aborted) {
        first.reject(first.signal.reason as Error);
        return true;
      }
      queue.unshift(first);
      this.lookAgainLater(model);
      return false;
    } catch (error) {
      first.reject(error as Error);
      return true;
    }
  }

  /** Other processes and other programs free slots without telling us. */
  private lookAgainLater(model: string): void {
    if (this.retries.has(model)) return;
    const retry = new AbortController();
    this.retries.set(model, retry);
    void this.lookAtPacks();
    // Kling's "full" stands for the whole pause: others' tasks, which we cannot see, may hold the slots.
    const wait = this.full.has(model) ? this.clock.sleep(this.timings.slotRetryMs, retry.signal).then(() => true) : this.untilSomethingChanges(retry.signal);
    wait.then(
      (inTime) => {
        this.retries.delete(model);
        if (inTime) this.full.delete(model);
        // It became full while we waited for a change: nobody else would look again.
        else if (this.full.has(model)) this.lookAgainLater(model);
        return this.pump(model);
      },
      () => this.retries.delete(model),
    );
  }

  private async lookAtPacks(): Promise<void> {
    const { signal } = this.closed;
    try {
      if (!(await this.packs.mayHaveGrown(signal)) || signal.aborted) return;
      // A question of the last moment may have been answered before the pack was there.
      await this.ledger.expectRoom(this.accountId, this.timings.packIntervalMs / 2);
      this.pumpAll();
    } catch {
      // A hint that came to nothing: what is wrong with the store is told to the next take that is sent.
    }
  }

  /** @returns whether `slotRetryMs` is over; false when another process wrote something before that. */
  private async untilSomethingChanges(signal: AbortSignal): Promise<boolean> {
    const { ledger, clock, timings } = this;
    const mark = await ledger.changeMark();
    const endMs = clock.monotonic() + timings.slotRetryMs;
    for (let leftMs = timings.slotRetryMs; leftMs > 0; leftMs = endMs - clock.monotonic()) {
      await clock.sleep(Math.min(leftMs, CHANGE_LOOK_MS), signal);
      if (clock.monotonic() < endMs && (await ledger.changeMark()) !== mark) return false;
    }
    return true;
  }
}

function queueUp(queue: Waiting[], waiting: Waiting): void {
  const behind = queue.findIndex((other) => other.rank > waiting.rank);
  queue.splice(behind < 0 ? queue.length : behind, 0, waiting);
}
