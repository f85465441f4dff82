import type { KlingKind, KlingModel } from './model.ts';
import type { KlingMode } from './request.ts';

export const KIND_WORDS: Record<KlingKind, string> = { text2video: 'text to video', image2video: 'image to video' };

/** `2.5-turbo pro`; the model's word alone where it has no modes. */
export function nameOf(model: KlingModel, mode: KlingMode | undefined): string {
  return mode === undefined ? model.word : `${model.word} ${mode}`;
}
