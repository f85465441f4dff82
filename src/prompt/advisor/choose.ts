import type { AdvisorRow } from './rows.ts';

export type Preference = 'cheap' | 'balanced' | 'best';

export interface Priced {
  row: AdvisorRow;
  usd: number;
}

/** What a difficulty asks of a model: simple, of some difficulty, hard. */
const FLOORS = [
  { below: 30, floor: 0.35 },
  { below: 56, floor: 0.6 },
  { below: Number.POSITIVE_INFINITY, floor: 0.75 },
] as const;
const PREFERENCE_STEP: Record<Preference, number> = { cheap: -0.15, balanced: 0, best: 0.15 };
/** Below the floor, one that is so near to the best in reach is as good; who asks for the best gets no less. */
const AS_GOOD: Record<Preference, number> = { cheap: 0.1, balanced: 0.1, best: 0 };

/** The quality that a prompt of this complexity needs, 0 to 1. */
export function floorOf(complexity: number, prefer: Preference): number {
  const { floor } = FLOORS.find(({ below }) => complexity < below) ?? FLOORS[2];
  return Math.round((floor + PREFERENCE_STEP[prefer]) * 100) / 100;
}

/** Cheapest first; of equal prices the better, then the newer. */
function byPrice(a: Priced, b: Priced): number {
  return a.usd - b.usd || b.row.quality - a.row.quality || b.row.newness - a.row.newness;
}

/**
 * The cheapest that is good enough; where the budget holds none, the best within it (of nearly equal ones the cheapest).
 * So more money never buys less, and a lower price of the chosen one never loses it.
 */
export function choose(candidates: readonly Priced[], floor: number, budgetUsd: number | undefined, prefer: Preference): { chosen: Priced; reached: boolean } | undefined {
  const affordable = candidates.filter(({ usd }) => budgetUsd === undefined || usd <= budgetUsd + 1e-9).sort(byPrice);
  const enough = affordable.find(({ row }) => row.quality >= floor);
  if (enough !== undefined) return { chosen: enough, reached: true };
  const best = Math.max(...affordable.map(({ row }) => row.quality));
  const chosen = affordable.find(({ row }) => row.quality >= best - AS_GOOD[prefer]);
  return chosen === undefined ? undefined : { chosen, reached: false };
}

/** The nearest below in price and the nearest above in quality. */
export function neighboursOf(candidates: readonly Priced[], chosen: Priced): { cheaper: Priced | undefined; better: Priced | undefined } {
  const others = candidates.filter(({ row }) => row.id !== chosen.row.id).sort(byPrice);
  const cheaper = others.filter(({ usd }) => usd < chosen.usd).sort((a, b) => b.usd - a.usd || b.row.quality - a.row.quality)[0];
  return { cheaper, better: others.find(({ row }) => row.quality > chosen.row.quality) };
}
