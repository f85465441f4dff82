import { languageOf } from './language.ts';
import { paragraphsOf } from './paragraphs.ts';
import { candidatesOf } from './speech-candidates.ts';
import type { Dialogue, DialogueLine, DialogueOptions } from './types.ts';

/**
 * The spoken lines of prose, a screenplay or a prompt. Pure: no disk, no network, no model, the same answer each time.
 * Time grows with the length of the text alone; no text is refused.
 */
export function extractDialogue(text: string, options: DialogueOptions = {}): Dialogue {
  const kind = options.kind ?? 'prose';
  const language = languageOf(text, options.language);
  const paragraphs = paragraphsOf(text);
  const lines = candidatesOf(text, paragraphs, language, kind === 'prompt').map((candidate): DialogueLine => ({
    speakerSource: 'unknown',
    text: candidate.parts.map(([start, end]) => text.slice(start, end).replaceAll(/\s+/g, ' ')).join(' '),
    parts: candidate.parts,
    kind: 'spoken',
    dual: false,
    confidence: 0.3,
    evidence: ['stands between quote marks'],
  }));
  return { kind, language, lines };
}
