import type { ApiError } from '../../protocol/api/index.ts';
import { nextInPage } from './next-words.ts';
import type { GenerationState } from '../../store/index.ts';

/** Why a take failed or waits. Waiting for a slot is the normal course of things and needs no reason. */
export function errorOf(state: GenerationState): ApiError | undefined {
  if (!('error' in state) || state.error === undefined) return undefined;
  if (state.status === 'waiting' && state.reason === 'slot') return undefined;
  if (state.status === 'unknown' || state.status === 'downloading') return undefined;
  const { code, message, next } = state.error;
  return { code, message, ...(next === undefined ? {} : { next: nextInPage(next) }) };
}
