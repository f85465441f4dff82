import { stageOf } from '../generation/index.ts';
import type { Generation } from '../store/index.ts';
import { printable } from './printable.ts';
import { wordsOf } from './progress-words.ts';

/** Where a take stands by what is written down, for a person. */
export function takeWords({ state, engine }: Generation): string {
  const words = wordsOf(stageOf(state), engine);
  return 'error' in state && state.error !== undefined ? `${words}: ${printable(state.error.message)}` : words;
}
