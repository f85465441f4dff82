import { stageOf } from '../generation/index.ts';
import type { Generation } from '../store/index.ts';
import { errorWords } from './error-words.ts';
import type { Locale } from './locale.ts';
import { printable } from './printable.ts';
import { wordsOfStage } from '../protocol/clip-progress.ts';

/** Where a take stands by what is written down, for a person. */
export function takeWords({ state, engine }: Generation, locale: Locale): string {
  const words = wordsOfStage(stageOf(state), engine);
  return 'error' in state && state.error !== undefined ? `${words}: ${printable(errorWords(state.error, locale).what)}` : words;
}
