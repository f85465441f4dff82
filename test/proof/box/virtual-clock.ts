import type { Clock } from '../../../src/lib/clock.ts';

/** Nothing that is going on will ever come to an end by itself, or it takes longer than any film. */
export class NeverEnds extends Error {
  override readonly name = 'NeverEnds';
}

interface Timer {
  atMs: number;
  order: number;
  fire: () => void;
  cancelled: boolean;
}

/** Turns of the event loop without a word from anybody before time may pass. Streams hand on their pieces within two. */
const QUIET_TURNS = 3;

/**
 * Time that passes only while everybody waits for it. Waits keep their real lengths (10 s, 60 s, half an hour) and cost
 * nothing. All that runs in the box must wait by this clock, or be counted with {@link VirtualClock.busyWith}.
 */
export class VirtualClock implements Clock {
  private nowMs: number;
  private readonly timers: Timer[] = [];
  private order = 0;
  private busy = 0;
  private words = 0;
  private fired = 0;
  private readonly mostTimers: number;

  /** @param options.mostTimers so many waits, and what runs counts as something that never ends. */
  constructor(options: { startMs?: number; mostTimers?: number } = {}) {
    this.nowMs = options.startMs ?? Date.UTC(2026, 10, 20);
    this.mostTimers = options.mostTimers ?? 60_000;
  }

  now(): number {
    return this.nowMs;
  }

  monotonic(): number {
    return this.nowMs;
  }

  /** Somebody does something: who waits for that has not been heard yet, so time stands still some turns longer. */
  stir(): void {
    this.words += 1;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.stir();
    return await new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const timer: Timer = {
        atMs: this.nowMs + Math.max(0, ms),
        order: (this.order += 1),
        cancelled: false,
        fire: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        timer.cancelled = true;
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      push(this.timers, timer);
    });
  }

  /** Work that another thread does in real time (signing a token): time stands still meanwhile. */
  async busyWith<Result>(work: Promise<Result>): Promise<Result> {
    this.busy += 1;
    try {
      return await work;
    } finally {
      this.busy -= 1;
    }
  }

  /**
   * Lets time pass until `work` is settled. @returns what it came to.
   * @throws NeverEnds when everybody waits and no timer is left, or when far too many have gone off.
   */
  async until<Result>(work: Promise<Result>): Promise<Result> {
    let settled = false;
    work.then(
      () => (settled = true),
      () => (settled = true),
    );
    for (;;) {
      await this.quiet();
      if (settled) return await work;
      const timer = this.nextTimer();
      if (!timer) throw new NeverEnds('everybody waits, and nobody will ever move');
      this.nowMs = Math.max(this.nowMs, timer.atMs);
      if ((this.fired += 1) > this.mostTimers) throw new NeverEnds(`${this.mostTimers} waits were not enough`);
      timer.fire();
    }
  }

  /** Waits that were given up move nobody: they are passed over without a turn of the event loop. */
  private nextTimer(): Timer | undefined {
    for (;;) {
      const timer = pop(this.timers);
      if (timer?.cancelled !== true) return timer;
    }
  }

  private async quiet(): Promise<void> {
    for (let turn = 0; turn < QUIET_TURNS; ) {
      const { words } = this;
      await new Promise((resolve) => setImmediate(resolve));
      turn = this.busy > 0 || this.words !== words ? 0 : turn + 1;
    }
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** A binary heap, the next timer first. */
function push(heap: Timer[], timer: Timer): void {
  let place = heap.length;
  heap.push(timer);
  while (place > 0) {
    const above = (place - 1) >> 1;
    if (!isBefore(timer, heap[above]!)) break;
    heap[place] = heap[above]!;
    place = above;
  }
  heap[place] = timer;
}

function pop(heap: Timer[]): Timer | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let place = 0;
  for (;;) {
    let below = place * 2 + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1;
    if (!isBefore(heap[below]!, last)) break;
    heap[place] = heap[below]!;
    place = below;
  }
  heap[place] = last;
  return first;
}
