import type { Clock } from '../../../src/lib/clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** The clock of the machine that all processes run on. Somebody may set its wall clock; time itself is Kling's too. */
export class HostClock implements Clock {
  private readonly time: VirtualClock;
  private aheadMs = 0;
  /** When the machine was started. */
  private startedAtMs: number;

  constructor(time: VirtualClock) {
    this.time = time;
    this.startedAtMs = time.monotonic() - 3_600_000;
  }

  /** The machine is started anew: its monotonic clock begins again, as that of a real one does. */
  restart(): void {
    this.startedAtMs = this.time.monotonic();
  }

  /** Sets the wall clock forward, or back. No wait may end sooner or later for it. */
  jump(byMs: number): void {
    this.aheadMs += byMs;
  }

  now(): number {
    return this.time.now() + this.aheadMs;
  }

  monotonic(): number {
    return this.time.monotonic() - this.startedAtMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await this.time.sleep(ms, signal);
  }
}
