/** Where something stands in a text: UTF-16 offsets, the end not included. */
export type Span = readonly [start: number, end: number];

export interface Token {
  /** Lower case, as written otherwise. */
  word: string;
  start: number;
  end: number;
}

export interface Sentence extends Token {
  tokens: Token[];
}

/** Lower case letter by letter, so that every offset stays where it was: the dotted capital I alone would become two. */
export function lowered(text: string): string {
  const all = text.toLowerCase();
  if (all.length === text.length) return all;
  return Array.from({ length: text.length }, (_, index) => {
    const lower = text.charAt(index).toLowerCase();
    return lower.length === 1 ? lower : text.charAt(index);
  }).join('');
}

/** The text with the spans blanked, as long as before. */
export function blanked(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const [start, end] of spans) {
    if (start < at) continue;
    result += text.slice(at, start) + ' '.repeat(end - start);
    at = end;
  }
  return result + text.slice(at);
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;
/** The same for a text of plain letters, where it takes a fifth of the time. */
const PLAIN_WORD = /[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*/g;
const OTHER_LETTERS = /[^\u0000-\u007f\u2010-\u2026]/;

/** Whether all letters are those of English, whatever its quote marks and dashes are. */
export function hasPlainLetters(text: string): boolean {
  return !OTHER_LETTERS.test(text);
}

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(hasPlainLetters(text) ? PLAIN_WORD : WORD)].map((match) => ({ word: match[0].replaceAll('’', "'"), start: match.index, end: match.index + match[0].length }));
}

/** Sentences end at `. ! ?` and their East Asian kin before a blank, and at line ends; `3.5` and `Dr. No` are one. */
export function sentencesOf(text: string): Sentence[] {
  const found: Sentence[] = [];
  let start = 0;
  const add = (end: number): void => {
    const word = text.slice(start, end);
    if (word.trim() !== '') found.push({ word, start, end, tokens: tokensOf(word).map((token) => ({ word: token.word, start: token.start + start, end: token.end + start })) });
    start = end;
  };
  for (const match of text.matchAll(/[.!?]+["'”’)]*(?=\s|$)|[。！？]+[”」』]*|\n+/g)) {
    if (match[0] === '.' && /(?:^|[\s(])(?:mr|mrs|ms|dr|st|no|vs|jr|sr)$/i.test(text.slice(Math.max(0, match.index - 6), match.index))) continue;
    add(match.index + match[0].length);
  }
  add(text.length);
  return found;
}

/** Every match of a global pattern, as spans. */
export function spansOf(text: string, pattern: RegExp): { span: Span; match: RegExpExecArray }[] {
  return [...text.matchAll(pattern)].map((match) => ({ span: [match.index, match.index + match[0].length] as const, match }));
}
