import { StudioError } from '../lib/errors.ts';
import { nearestWords } from '../lib/nearest-word.ts';
import type { KlingModel } from './model.ts';
import { KLING_MODELS } from './models.ts';
import type { KlingMode } from './request.ts';

export interface FoundModel {
  model: KlingModel;
  /** Set when the word names one: `1.6-standard`, `2.5-turbo-pro`. */
  mode?: KlingMode;
}

const MODE_WORDS: Record<string, KlingMode> = { std: 'std', standard: 'std', pro: 'pro', professional: 'pro', '4k': '4k' };

/** `kling-v2-5-turbo`, `Kling 2.5 Turbo` and `2.5-turbo` are one key: `2-5-turbo`. */
function keyOf(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s_.]+/g, '-')
    .replace(/^kling-?/, '')
    .replace(/^v(?=\d)/, '');
}

const MODELS_BY_KEY = new Map<string, KlingModel>(
  // Living models last, so that they win if two ever share a key.
  [...KLING_MODELS]
    .reverse()
    .flatMap((model) =>
      [model.name, model.label, model.word, ...(model.newStandardId === undefined ? [] : [model.newStandardId])].map((word) => [keyOf(word), model] as const),
    ),
);

/**
 * The model people mean: `1.6-standard`, `2.0-master`, `2.5-turbo`, `2.5-turbo-pro`, `3.0`, or Kling's own name;
 * upper or lower case.
 * @throws StudioError MODEL_UNKNOWN naming the nearest words, MODEL_HAS_NO_SUCH_MODE for `2.0-master-pro`.
 */
export function findModel(word: string): FoundModel {
  const key = keyOf(word);
  const exact = MODELS_BY_KEY.get(key);
  if (exact !== undefined) return { model: exact };
  const [, stem, suffix] = /^(.+)-([^-]+)$/.exec(key) ?? [];
  const model = stem === undefined ? undefined : MODELS_BY_KEY.get(stem);
  const mode = suffix === undefined ? undefined : MODE_WORDS[suffix];
  if (model === undefined || mode === undefined) throw unknownModel(word, key);
  if (!model.modes.includes(mode)) {
    const has = model.modes.length === 0 ? 'takes no mode' : `has the modes ${model.modes.join(' and ')}`;
    throw new StudioError('MODEL_HAS_NO_SUCH_MODE', `${model.word} ${has}, not ${suffix}.`, {
      next: `Use --model ${model.word}${model.modes.length === 0 ? '' : ` with --mode ${model.modes.join(' or ')}`}.`,
      detail: { model: model.name, mode: suffix },
    });
  }
  return { model, mode };
}

function unknownModel(word: string, key: string): StudioError {
  const near = nearMisses(key);
  const shown = word.length > 60 ? `${word.slice(0, 60)}…` : word;
  const list = KLING_MODELS.filter((model) => model.lifecycle === 'active').map((model) => model.word);
  return new StudioError('MODEL_UNKNOWN', `There is no Kling model called "${shown}".`, {
    next: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Use one of ${list.join(', ')}.`,
    detail: { model: shown, nearest: near },
  });
}

/** Up to three words that were probably meant. */
function nearMisses(key: string): string[] {
  const models = nearestWords(key, [...MODELS_BY_KEY.keys()]).flatMap((near) => MODELS_BY_KEY.get(near) ?? []);
  return [...new Set(models.map((model) => model.word))].slice(0, 3);
}
