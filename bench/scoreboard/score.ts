/** One line of the scoreboard. */
export interface ScoreRow {
  what: string;
  ours: string;
  /** What we demand of ourselves. */
  limit: string;
  kept: boolean;
  /** What the others did in the same run; missing where none of them does such a thing. */
  rivals?: { 'kling-api'?: string; 'fetch loop'?: string };
  /** Ours over the limit, or over the better rival, in words. */
  ratio: string;
}

/** What a row is measured with. */
export interface ScoreSettings {
  /** Smaller numbers, to see that it runs; the page is not written. */
  quick: boolean;
  /** Decides every number that is drawn. */
  seed: string;
  /** Says what is going on; on standard error. */
  tell: (line: string) => void;
}

export type Row = (settings: ScoreSettings) => Promise<ScoreRow[]>;

/** @param share from 0 (the least) to 1 (the greatest). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
