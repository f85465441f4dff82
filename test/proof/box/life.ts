import type { Clock } from '../../../src/lib/clock.ts';

/** What a dead process waits for. */
export const forever = <Result>(): Promise<Result> => new Promise<Result>(() => {});

/** Hears every named moment of every process and may let it die there. */
export type Witness = (life: Life, point: string) => void;

/**
 * The life of one process in the box. Whatever it does outside (disk, store, network, sleep) goes through {@link step};
 * from the moment of its death every such call hangs for ever and nothing more of it is heard, as after kill -9.
 */
export class Life {
  readonly name: string;
  private living = true;
  private readonly witness: Witness;
  readonly onWord: () => void;
  private readonly atDeath: (() => void)[] = [];

  /** @param onWord hears of every call to the outside, named or not. */
  constructor(name: string, witness: Witness, onWord: () => void) {
    this.name = name;
    this.witness = witness;
    this.onWord = onWord;
  }

  get alive(): boolean {
    return this.living;
  }

  /** What the system does when a process dies: it frees locks and rolls back. */
  onDeath(work: () => void): void {
    this.atDeath.push(work);
  }

  die(): void {
    if (!this.living) return;
    this.living = false;
    for (const work of this.atDeath) work();
  }

  /** A named moment. Hangs for ever when the process is dead, or dies here. */
  async point(name: string): Promise<void> {
    this.onWord();
    if (this.living) this.witness(this, name);
    if (!this.living) await forever();
  }

  /** One call to the outside, with a moment before it and one after it. An error is an answer too. */
  async step<Result>(name: string, work: () => Promise<Result> | Result): Promise<Result> {
    await this.point(`${name} / before`);
    let result: Result;
    try {
      result = await work();
    } catch (error) {
      await this.point(`${name} / after`);
      throw error;
    }
    await this.point(`${name} / after`);
    return result;
  }

  /** A call to the outside that changes nothing there: no moment to die at, and still nothing for the dead. */
  async look<Result>(work: () => Promise<Result> | Result): Promise<Result> {
    this.onWord();
    if (!this.living) return await forever();
    try {
      const result = await work();
      return this.living ? result : await forever();
    } catch (error) {
      if (!this.living) return await forever();
      throw error;
    }
  }

  /** The clock as this process sees it. */
  clock(clock: Clock): Clock {
    return { now: () => clock.now(), monotonic: () => clock.monotonic(), sleep: async (ms, signal) => await this.look(() => clock.sleep(ms, signal)) };
  }
}
