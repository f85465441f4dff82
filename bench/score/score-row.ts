/** One measured number of a set: what was reached, the best public score that we know, and what we want. */
export interface ScoreRow {
  /** `dialogue: own`, as the table names it. */
  set: string;
  measure: string;
  ours: number;
  /** Measured with public tools on the same data; missing where nobody was measured. */
  bestPublic?: number;
  /** Missing where the same answers are shown by another measure. */
  target?: number;
  /** What the tests hold: just under what is reached, so that a change that makes it worse is seen. */
  floor: number;
  /** `%` unless it is a count. */
  unit?: string;
  /** For counts of what must not happen. Default: more is better. */
  lowerIsBetter?: boolean;
}

export type ScoreSet = () => ScoreRow[];

export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

export const keeps = (row: ScoreRow, limit: number): boolean => (row.lowerIsBetter === true ? row.ours <= limit : row.ours >= limit);

export function tableOf(rows: readonly ScoreRow[]): string {
  const number = (value: number | undefined, row: ScoreRow) => (value === undefined ? '-' : `${Number.isInteger(value) ? value : value.toFixed(1)}${row.unit ?? ' %'}`);
  const lines = rows.map((row) => `| ${row.set} | ${row.measure} | ${number(row.ours, row)} | ${number(row.bestPublic, row)} | ${number(row.target, row)} | ${row.target === undefined ? '-' : keeps(row, row.target) ? 'yes' : 'no'} |`);
  return ['| set | measure | ours | best public | target | reached |', '|---|---|---|---|---|---|', ...lines].join('\n');
}
