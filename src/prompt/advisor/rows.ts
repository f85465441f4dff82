import { KLING_MODELS, priceUnits, supports, unitsToUsd, type KlingFeature, type KlingKind, type KlingMode, type KlingModel } from '../../kling/index.ts';

/** What the advisor knows of one model in one mode. Any table will do; {@link catalogueRows} makes ours. */
export interface AdvisorRow {
  /** `kling-v2-5-turbo/std`; the model's name alone where it has no modes. */
  id: string;
  model: string;
  mode?: KlingMode;
  /** `2.5-turbo std`, for people. */
  word: string;
  /** 0 to 1: how well it films hard prompts. A judgement, not a measurement; see docs/model-advice.md. */
  quality: number;
  /** Higher is newer. */
  newness: number;
  lifecycle: 'active' | 'presumed-discontinued' | 'discontinued';
  durationsS: readonly number[];
  /** `undefined` where no such clip is sold. */
  priceUsd(clip: { durationS: number; sound: boolean }): number | undefined;
  has(feature: KlingFeature, clip: { kind: KlingKind; durationS: number; sound: boolean }): boolean;
}

/**
 * Our judgement of each model, from makers' notes, comparisons by third parties and the generation it belongs to: nobody has
 * published a measurement of all of them. Only the order matters, and a wrong rank costs money, never a clip.
 */
const QUALITY: Readonly<Record<string, Partial<Record<KlingMode | 'none', number>>>> = {
  'kling-v1': { std: 0.25, pro: 0.3 },
  'kling-v1-5': { std: 0.3, pro: 0.4 },
  'kling-v1-6': { std: 0.4, pro: 0.5 },
  'kling-v2-master': { none: 0.72 },
  'kling-v2-1': { std: 0.55, pro: 0.68 },
  'kling-v2-1-master': { none: 0.75 },
  'kling-v2-5-turbo': { std: 0.65, pro: 0.8 },
  'kling-v2-6': { std: 0.7, pro: 0.85 },
  'kling-video-o1': { std: 0.78, pro: 0.86 },
  'kling-v3': { std: 0.88, pro: 0.95, '4k': 0.97 },
  'kling-v3-omni': { std: 0.88, pro: 0.95, '4k': 0.97 },
  'kling-3.0-turbo': { std: 0.84, pro: 0.9 },
};
/** A model that nobody has judged yet: as good as the middle of its time. */
const UNJUDGED = 0.75;

function rowOf(model: KlingModel, mode: KlingMode | undefined, newness: number): AdvisorRow {
  const inMode = mode === undefined ? {} : { mode };
  return {
    id: mode === undefined ? model.name : `${model.name}/${mode}`,
    model: model.name,
    ...inMode,
    word: mode === undefined ? model.word : `${model.word} ${mode}`,
    quality: QUALITY[model.name]?.[mode ?? 'none'] ?? UNJUDGED,
    newness,
    lifecycle: model.lifecycle,
    durationsS: model.durationsS,
    priceUsd: ({ durationS, sound }) => {
      const units = priceUnits(model, { ...inMode, durationS, sound });
      return units === undefined ? undefined : unitsToUsd(units);
    },
    has: (feature, { kind, durationS, sound }) => (feature === 'textToVideo' || feature === 'imageToVideo' ? model.callable[feature] && supports(model, feature, { ...inMode, durationS }) : supports(model, feature, { kind: KIND_OF[feature] ?? kind, ...inMode, durationS, sound })),
  };
}
/** These exist only from a picture, whatever the rest of the film is made from. */
const KIND_OF: Partial<Record<KlingFeature, KlingKind>> = { endFrame: 'image2video', endFrameOnly: 'image2video', elements: 'image2video' };

/** Every model of the catalogue in each of its modes, oldest first. */
export function catalogueRows(): AdvisorRow[] {
  const byAge = KLING_MODELS.toSorted((a, b) => ageOf(a) - ageOf(b));
  return byAge.flatMap((model, index) => (model.modes.length === 0 ? [undefined] : model.modes).map((mode) => rowOf(model, mode, index)));
}

function ageOf({ launched }: KlingModel): number {
  const day = /\d{4}-\d{2}(?:-\d{2})?/.exec(launched)?.[0] ?? '2024-01';
  return Number(day.replaceAll('-', '').padEnd(8, '0'));
}
