import { insertRulesOf } from './insert-rules.ts';
import type { Paragraph } from './paragraphs.ts';
import { allVerbs } from './speech-verbs.ts';
import type { TextRange } from './types.ts';

/** Words behind `says:` in a prompt, which guides for video models ask for without quote marks. */
export interface UnmarkedSpeech {
  at: TextRange;
  paragraph: number;
}

/** How far such words may go: a line is short, and so no text makes it slow. */
const LONGEST_LETTERS = 400;

const PATTERNS = new Map<string, RegExp>();

/** A verb of speech, a few words perhaps, a colon, and a sentence that no mark opens. */
function patternOf(language: string): RegExp {
  const known = PATTERNS.get(language);
  if (known !== undefined) return known;
  const verbs = allVerbs(language);
  const pattern = language === 'zh' || language === 'ja'
    ? new RegExp(String.raw`(?:${verbs})[：:]\s?(?=\p{Lo})`, 'gu')
    : new RegExp(String.raw`(?<![\p{L}’'-])(?:${verbs})(?![\p{L}’'-])(?:\s[^.:!?;"“”«»„\n()]{1,60}|\s?\([^()\n]{1,60}\))?\s?:\s+(?=[\p{Lu}¿¡])`, 'gu');
  PATTERNS.set(language, pattern);
  return pattern;
}

/** One sentence for sure; the ones behind it while people speak in them (I, you, a question), and nothing in brackets. */
export function unmarkedSpeeches(text: string, paragraphs: readonly Paragraph[], language: string): UnmarkedSpeech[] {
  if (!/[:：]/.test(text)) return [];
  const pattern = patternOf(language);
  const { speaks } = insertRulesOf(language);
  return paragraphs.flatMap(({ start, end }, paragraph) =>
    [...text.slice(start, end).matchAll(pattern)].flatMap(({ index, 0: lead }): UnmarkedSpeech[] => {
      const from = start + index + lead.length;
      const rest = /^[^"“”«»„「」([\n]*/u.exec(text.slice(from, Math.min(end, from + LONGEST_LETTERS)))?.[0] ?? '';
      const [first = '', ...others] = rest.match(/[^.!?…。！？]+(?:[.!?…。！？]+|$)\s*/gu) ?? [];
      const more = others.findIndex((sentence) => !speaks.test(sentence) || /:\s/.test(sentence));
      const words = [first, ...others.slice(0, more < 0 ? others.length : more)].join('').trimEnd();
      // A label inside is another field of the prompt; words that run into a quotation are the narrator's.
      return words === '' || /:\s/.test(words) || !(/[.!?…。！？]$/u.test(words) || from + words.length === end) ? [] : [{ at: [from, from + words.length], paragraph }];
    }));
}
