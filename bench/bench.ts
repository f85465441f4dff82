/** One measured thing: what, ours, the rival or limit measured in the same run, and their ratio. */
export interface BenchRow {
  what: string;
  ours: string;
  against: string;
  /** Ours over the rival or limit, in the sense the words give it. */
  ratio: string;
  /** Whether a limit that we set ourselves is kept; missing where none is set. */
  kept?: boolean;
}

/** The middle of several runs: one slow run of a busy machine does not count. */
export async function medianOf(runs: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < runs; run += 1) values.push(await measure());
  return middleOf(values);
}

export function middleOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Of the processor, so that a busy machine counts less. */
export async function processorMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export const ms = (value: number): string => `${value.toFixed(0)} ms`;
export const times = (value: number): string => `${value.toFixed(2)} ×`;
