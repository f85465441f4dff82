import type { Clock } from '../lib/clock.ts';
import type { ErrorFacts, Generation, Ledger } from '../store/index.ts';
import type { GenerationTimings } from './timings.ts';
import { transition } from './transition.ts';

export type GateAnswer =
  | { answer: 'granted'; generation: Generation }
  | { answer: 'budget'; spentUnits: number; capUnits: number }
  | { answer: 'stopped'; error: ErrorFacts };

interface Waiting {
  generation: Generation;
  resolve: (answer: GateAnswer) => void;
  reject: (error: unknown) => void;
}

/**
 * Lets takes through to the POST, in the order they came: one by one while the account has a slot for the model, the
 * project's cap has room and fewer than `concurrency` are at Kling. A slot that is freed is filled at once.
 */
export class SendGate {
  private readonly ledger: Ledger;
  private readonly accountId: string;
  private readonly clock: Clock;
  private readonly timings: GenerationTimings;
  private readonly concurrency: number;
  private readonly queues = new Map<string, Waiting[]>();
  private readonly pumping = new Set<string>();
  private readonly retries = new Map<string, AbortController>();
  private inFlight = 0;
  private stopped: ErrorFacts | undefined;

  constructor(options: { ledger: Ledger; accountId: string; clock: Clock; timings: GenerationTimings; concurrency: number }) {
    this.ledger = options.ledger;
    this.accountId = options.accountId;
    this.clock = options.clock;
    this.timings = options.timings;
    this.concurrency = options.concurrency;
  }

  /**
   * Resolves when this take may be POSTed (its row is `sending` then), or never will be in this run.
   * @param first for a take that was let through before and sent back: it keeps its place in the film's order.
   */
  async enter(generation: Generation, signal: AbortSignal, options: { first: boolean }): Promise<GateAnswer> {
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
        resolve: (answer) => {
          signal.removeEventListener('abort', onAbort);
          resolve(answer);
        },
        reject,
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const queue = this.queues.get(model) ?? [];
      this.queues.set(model, queue);
      if (options.first) queue.unshift(waiting);
      else queue.push(waiting);
      void this.pump(model);
    });
  }

  /** A POST was answered, or a task ended: there may be room for the next one. */
  roomChanged(model: string): void {
    void this.pump(model);
  }

  /** A take of an earlier run is at Kling already. */
  occupy(): void {
    this.inFlight += 1;
  }

  /** A take that was let through no longer occupies Kling. */
  left(): void {
    this.inFlight -= 1;
    for (const model of this.queues.keys()) void this.pump(model);
  }

  /** The account takes no more: nothing new is sent in this run. What is at Kling goes on. */
  stop(error: ErrorFacts): void {
    this.stopped = error;
    for (const model of this.queues.keys()) void this.pump(model);
  }

  /** Ends the timers; for a run that is over. */
  close(): void {
    for (const retry of this.retries.values()) retry.abort();
    this.retries.clear();
  }

  private async pump(model: string): Promise<void> {
    if (this.pumping.has(model)) return;
    this.pumping.add(model);
    try {
      const queue = this.queues.get(model) ?? [];
      while (queue.length > 0 && (await this.admitFirst(queue, model)));
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
    if (this.inFlight >= this.concurrency) return false;
    const first = queue.shift();
    if (!first) return false;
    try {
      const state = transition(first.generation.state, { type: 'send', atMs: this.clock.now() }, this.timings);
      const grant = await this.ledger.beginSend(first.generation, { accountId: this.accountId, state });
      if (grant.granted) {
        this.inFlight += 1;
        first.resolve({ answer: 'granted', generation: grant.generation });
        return true;
      }
      if (grant.why === 'budget') {
        first.resolve({ answer: 'budget', spentUnits: grant.spentUnits, capUnits: grant.capUnits });
        return true;
      }
      queue.unshift(first);
      this.lookAgainLater(model);
      return false;
    } catch (error) {
      first.reject(error);
      return true;
    }
  }

  /** Other processes and other programs free slots without telling us. */
  private lookAgainLater(model: string): void {
    if (this.retries.has(model)) return;
    const retry = new AbortController();
    this.retries.set(model, retry);
    this.clock.sleep(this.timings.slotRetryMs, retry.signal).then(
      () => {
        this.retries.delete(model);
        return this.pump(model);
      },
      () => this.retries.delete(model),
    );
  }
}
