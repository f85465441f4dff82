import { dollars, moneyWords, roundedMoney } from '../lib/money-words.ts';
import type { KlingModel } from './model.ts';
import type { KlingMode } from './request.ts';
import { effectiveMode } from './supports.ts';

/** List price of one video unit in US dollars (1 yuan in China), as of 2026-10. Some packs sell it for less. */
export const USD_PER_UNIT = 0.14;

export interface PriceQuestion {
  mode?: KlingMode;
  durationS: number;
  sound?: boolean;
}

/** List price of one clip in units (see the model's `priceAsOf`), or `undefined` where no such clip is sold. */
export function priceUnits(model: KlingModel, question: PriceQuestion): number | undefined {
  if (!model.durationsS.includes(question.durationS)) return undefined;
  const mode = effectiveMode(model, question.mode);
  const sound = model.soundAlwaysOn === true || question.sound === true;
  const row = model.prices.find((price) => price.variant === undefined && price.mode === mode && price.sound === sound);
  return row === undefined ? undefined : roundedMoney(row.unitsPerSecond * question.durationS);
}

/** Units added up without the noise of binary fractions. */
export function sumUnits(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total = roundedMoney(total + amount);
  return total;
}

export function unitsToUsd(units: number): number {
  return roundedMoney(units * USD_PER_UNIT);
}

/** `$0.21 (1.5 units)`; with `play`, the sandbox's: `$0.21 play money (1.5 units)`. */
export function formatMoney(units: number, options: { play?: boolean } = {}): string {
  return moneyWords(units, { usdPerUnit: USD_PER_UNIT, ...options });
}

/** `+$0.14`, `-$0.07`, or `same price`. */
export function formatMoneyDifference(units: number): string {
  const amount = roundedMoney(units);
  if (amount === 0) return 'same price';
  return `${amount < 0 ? '-' : '+'}${dollars(unitsToUsd(Math.abs(amount)))}`;
}
