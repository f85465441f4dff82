import { castNamer, extractSpokenLines, languageOf, type Dialogue, type DialogueLine, type DialogueOptions } from '../prompt/dialogue/index.ts';
import { readFountain } from './fountain/read-fountain.ts';
import { dialogueLinesOf } from './screenplay/dialogue-lines.ts';
import type { ScreenplayElement } from './screenplay/screenplay.ts';

/** A line that can be a cue; texts without one are no screenplay, and not read as one. */
const MAY_BE_CUE = /^[ \t]*(?:@|[*_]*[\p{Lu}\p{Lo}\d])[^\p{Ll}\n]{0,79}(?:\([^()\n]*\)|[^\p{Ll}\n])\r?\n[ \t]*\S|^@/mu;

/**
 * The spoken lines of prose, a screenplay or a prompt. Pure: no disk, no network, no model, the same answer each time.
 * Time grows with the length of the text alone; no text is refused.
 */
export function extractDialogue(text: string, options: DialogueOptions = {}): Dialogue {
  const { kind, ...others } = options;
  if (kind === 'screenplay' || (kind !== 'prose' && /[\n@]/.test(text) && MAY_BE_CUE.test(text))) {
    const { elements } = readFountain(text);
    if (kind === 'screenplay' || isSetAsScreenplay(elements)) {
      const underCues = dialogueLinesOf(text, elements, castNamer(options.cast));
      const lines = underCues.length > 0 || kind === undefined ? underCues : behindNames(text, others);
      if (lines.length > 0 || kind === 'screenplay') return { kind: kind ?? 'screenplay', language: languageOf(text, options.language), lines };
    }
  }
  return extractSpokenLines(text, { ...others, ...(kind === undefined ? {} : { kind }) });
}

/** Chinese, Japanese and many stage scripts have the name on the line of the words, not above it: `小雨：别开灯。` */
const behindNames = (text: string, options: Omit<DialogueOptions, 'kind'>): readonly DialogueLine[] =>
  extractSpokenLines(text, { ...options, kind: 'prompt' }).lines.filter(({ speakerSource }) => speakerSource === 'colon' || speakerSource === 'bracket');

/** A scene heading with a cue under it, or two cues. What ends as a sentence is a headline, not a name. */
function isSetAsScreenplay(elements: readonly ScreenplayElement[]): boolean {
  const cues = elements.filter((element) => element.kind === 'character' && !/[!?:]$/.test(element.name) && element.name.length <= 60).length;
  return cues >= 2 || (cues === 1 && elements.some(({ kind }) => kind === 'heading'));
}
