import { paragraphsOf } from './paragraphs.ts';
import { marksOf, quotedStretches } from './quote-marks.ts';
import type { Dialogue, DialogueLine, DialogueOptions } from './types.ts';

/**
 * The spoken lines of prose, a screenplay or a prompt. Pure: no disk, no network, no model, the same answer each time.
 * Time grows with the length of the text alone; no text is refused.
 */
export function extractDialogue(text: string, options: DialogueOptions = {}): Dialogue {
  const paragraphs = paragraphsOf(text);
  const stretches = quotedStretches(text, paragraphs, marksOf(text));
  const lines = stretches.map((stretch): DialogueLine => ({
    speakerSource: 'unknown',
    text: text.slice(stretch.start, stretch.end).replaceAll(/\s+/g, ' ').trim(),
    parts: [[stretch.start, stretch.end]],
    kind: 'spoken',
    dual: false,
    confidence: 0.3,
    evidence: ['stands between quote marks'],
  }));
  return { kind: options.kind ?? 'prose', language: options.language ?? 'en', lines };
}
