import type { KlingKind, KlingModel } from './model.ts';
import { KLING_MODELS, modelNamed } from './models.ts';
import { formatMoney, formatMoneyDifference, priceUnits } from './price.ts';
import type { KlingMode } from './request.ts';
import { effectiveMode, supports } from './supports.ts';

export interface Retirement {
  /** One sentence or two for people. */
  message: string;
  nearest: KlingModel;
  nearestMode: KlingMode;
  /** List prices of the same clip, in units. */
  oldUnits: number | undefined;
  nearestUnits: number | undefined;
  /** Nearest minus old: negative when the nearest is cheaper. `undefined` when either price is unknown. */
  priceDifferenceUnits: number | undefined;
  /** Kling said so itself (`discontinued`), or it is concluded from documents (`presumed-discontinued`). */
  certain: boolean;
}

/**
 * The warning for a model that Kling has shut or probably has; `undefined` for a living one.
 * @param question the clip it is about; default 5 s from text.
 */
export function retirement(
  model: KlingModel,
  question: { mode?: KlingMode; durationS?: number; kind?: KlingKind; sound?: boolean } = {},
): Retirement | undefined {
  if (model.lifecycle === 'active') return undefined;
  const durationS = question.durationS ?? 5;
  const mode = effectiveMode(model, question.mode);
  const nearest = nearestLiving(durationS);
  // The masters were the best of their day; their like is pro.
  const nearestMode: KlingMode = mode ?? 'pro';
  const oldUnits = priceUnits(model, { mode, durationS });
  const nearestUnits = priceUnits(nearest, { mode: nearestMode, durationS });
  const priceDifferenceUnits = oldUnits === undefined || nearestUnits === undefined ? undefined : nearestUnits - oldUnits;
  const certain = model.lifecycle === 'discontinued';
  const name = mode === undefined ? model.word : `${model.word} ${mode}`;
  const price =
    nearestUnits === undefined || oldUnits === undefined
      ? ''
      : `: ${formatMoney(nearestUnits)} instead of ${formatMoney(oldUnits)} for ${durationS} s (${formatMoneyDifference(nearestUnits - oldUnits)})`;
  return {
    message: `Kling has ${certain ? 'discontinued' : 'probably discontinued'} ${name} (${model.lifecycleSource}). Nearest living model: ${nearest.word} ${nearestMode}${price}.`,
    nearest,
    nearestMode,
    oldUnits,
    nearestUnits,
    priceDifferenceUnits,
    certain,
  };
}

function nearestLiving(durationS: number): KlingModel {
  const oldest = modelNamed('kling-v2-5-turbo');
  const living = [oldest, ...KLING_MODELS].filter((model) => model !== undefined && model.lifecycle === 'active' && model.callable.textToVideo) as KlingModel[];
  return living.find((model) => supports(model, 'textToVideo', { durationS })) ?? (living[0] as KlingModel);
}
