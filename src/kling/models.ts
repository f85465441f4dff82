import type { KlingModel } from './model.ts';
import { LIVING_KLING_MODELS } from './models-living.ts';
import { RETIRED_KLING_MODELS } from './models-retired.ts';

/** Every Kling video model we know, oldest first within the living and the retired. Facts and their dates: docs/kling.md. */
export const KLING_MODELS: readonly KlingModel[] = [...LIVING_KLING_MODELS, ...RETIRED_KLING_MODELS];

/** The model with exactly this name of Kling's, e.g. `kling-v2-5-turbo`. */
export function modelNamed(name: string): KlingModel | undefined {
  return KLING_MODELS.find((model) => model.name === name);
}
