import { modelNamed } from './models.ts';
import { priceUnits, type PriceQuestion } from './price.ts';

/**
 * List price of one clip in units, by Kling's model name: the one figure that a plan shows and the ledger sets aside.
 * 0 where the catalogue sells no such clip; {@link checkVideoRequest} refuses those.
 */
export function listPriceUnits({ model, mode, durationS, sound }: PriceQuestion & { model: string }): number {
  const entry = modelNamed(model);
  return (entry && priceUnits(entry, { mode, durationS, sound })) ?? 0;
}
