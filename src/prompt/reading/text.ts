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
  return spansOf(text, hasPlainLetters(text) ? PLAIN_WORD : WORD).map(({ span: [start, end], match: [word] }) => ({ word: word.includes('’') ? word.replaceAll('’', "'") : word, start, end }));
}

/** Sentences end at `. ! ?` and their East Asian kin before a blank, and at line ends; `3.5` and `Dr. No` are one. */
export function sentencesOf(text: string, tokens: readonly Token[] = tokensOf(text)): Sentence[] {
  const found: Sentence[] = [];
  let start = 0;
  let first = 0;
  const add = (end: number): void => {
    const word = text.slice(start, end);
    // No word goes beyond the end of its sentence.
    let last = first;
    while (last < tokens.length && (tokens[last]?.start ?? end) < end) last += 1;
    if (word.trim() !== '') found.push({ word, start, end, tokens: tokens.slice(first, last) });
    start = end;
    first = last;
  };
  for (const { span, match } of spansOf(text, SENTENCE_END)) {
    if (match[0] === '.' && /(?:^|[\s(])(?:mr|mrs|ms|dr|st|no|vs|jr|sr)$/i.test(text.slice(Math.max(0, span[0] - 6), span[0]))) continue;
    add(span[1]);
  }
  add(text.length);
  return found;
}
const SENTENCE_END = /[.!?]+["'”’)]*(?=\s|$)|[。！？]+[”」』]*|\n+/g;

/** Every match of a global pattern, as spans. */
export function spansOf(text: string, pattern: RegExp): { span: Span; match: RegExpExecArray }[] {
  const found: { span: Span; match: RegExpExecArray }[] = [];
  // `matchAll` makes a copy of the pattern for every text.
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const end = match.index + match[0].length;
    found.push({ span: [match.index, end], match });
    if (match[0] === '') pattern.lastIndex = end + (pattern.unicode && (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return found;
}
