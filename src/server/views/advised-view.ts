import type { AdvisedRow } from '../../prompt/advisor/index.ts';

/** A model and mode that the advisor names. */
export function advisedView({ id, model, mode, word, quality, priceUsd }: AdvisedRow) {
  return { id, model, ...(mode === undefined ? {} : { mode }), word, quality, priceUsd };
}
