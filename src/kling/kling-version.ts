import type { KlingModel, Resolution } from './model.ts';
import { KLING_MODELS } from './models.ts';
import type { KlingMode } from './request.ts';
import { supports } from './supports.ts';

/** The three versions that the app this project grew from knew. {@link KLING_MODELS} has all. */
export type KlingVersion = '1.6-standard' | '2.0-master' | '2.5-turbo';

export interface KlingVersionConfig {
  version: KlingVersion;
  /** Path of text to video, after the base URL. */
  endpoint: string;
  /** As sent to Kling. */
  modelName: string;
  /** `undefined`: the model takes none. */
  mode: KlingMode | undefined;
  resolution: Resolution;
  /** Longest clip, in seconds. */
  maxDurationS: number;
  supportsNegative: boolean;
  supportsEndFrame: boolean;
  supportsCfgScale: boolean;
}

const MODEL_AND_MODE: Record<KlingVersion, { modelName: string; mode: KlingMode | undefined }> = {
  '1.6-standard': { modelName: 'kling-v1-6', mode: 'std' },
  '2.0-master': { modelName: 'kling-v2-master', mode: undefined },
  '2.5-turbo': { modelName: 'kling-v2-5-turbo', mode: 'std' },
};

export const KLING_VERSION_NAMES = Object.keys(MODEL_AND_MODE) as KlingVersion[];

/** What a version is and can, read from the catalogue. */
export function klingVersion(version: KlingVersion): KlingVersionConfig {
  const { modelName, mode } = MODEL_AND_MODE[version];
  const model = KLING_MODELS.find((candidate) => candidate.name === modelName) as KlingModel;
  return {
    version,
    endpoint: '/v1/videos/text2video',
    modelName,
    mode,
    resolution: model.resolutions[mode ?? 'default'] as Resolution,
    maxDurationS: Math.max(...model.durationsS),
    supportsNegative: supports(model, 'negativePrompt', { mode }),
    supportsEndFrame: supports(model, 'endFrame', { mode }),
    supportsCfgScale: supports(model, 'cfgScale', { mode }),
  };
}
