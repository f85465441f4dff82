import { roundedMoney } from '../lib/money-words.ts';

/** How far a cap reaches for clips of these prices, in units. */
export interface CapReach {
  /** `all` of them, `none`, or `some`. */
  reaches: 'all' | 'none' | 'some';
  /** How many are made; missing where prices differ, because then their order decides. */
  clips?: number;
  /** The most that can be spent. */
  mostUnits: number;
}

/** @param leftUnits what the cap leaves. */
export function capReach(pricesUnits: readonly number[], leftUnits: number): CapReach {
  const totalUnits = roundedMoney(pricesUnits.reduce((sum, price) => sum + price, 0));
  if (totalUnits <= leftUnits + ALMOST_NOTHING) return { reaches: 'all', clips: pricesUnits.length, mostUnits: totalUnits };
  const cheapestUnits = Math.min(...pricesUnits);
  if (cheapestUnits > leftUnits + ALMOST_NOTHING) return { reaches: 'none', clips: 0, mostUnits: 0 };
  if (pricesUnits.some((price) => price !== cheapestUnits)) return { reaches: 'some', mostUnits: leftUnits };
  const clips = Math.floor(leftUnits / cheapestUnits + ALMOST_NOTHING);
  return { reaches: 'some', clips, mostUnits: roundedMoney(clips * cheapestUnits) };
}

/** Forgives binary fractions, not money: the smallest price step is a ten-thousandth. */
const ALMOST_NOTHING = 1e-9;
