import { signsOf } from './signs.ts';
import { spansOf, type Span } from './text.ts';

/** Two letters that stand for `s` and `k` in some patterns and fold to no letter of the table. */
const FOLDED_ELSEWHERE = /[\u017F\u212A]/;
const GRAM = 4;
const TABLE_BITS = 16;

/** Looks for patterns in one text; a pattern whose letters are not in it is not tried. Says what the patterns themselves would. */
export class Finder {
  private readonly text: string;
  private readonly whole: Finder | undefined;
  private ownTable: Uint8Array | 'anything' | undefined;

  /** @param whole looks in the same words and others between them. */
  constructor(text: string, whole?: Finder) {
    this.text = text;
    this.whole = whole;
  }

  /** Every match of a global pattern. */
  spans(pattern: RegExp): { span: Span; match: RegExpExecArray }[] {
    return this.mayMatch(gramsOf(pattern)) ? spansOf(this.text, pattern) : [];
  }

  /** The first match. */
  first(pattern: RegExp): RegExpExecArray | null {
    return this.mayMatch(gramsOf(pattern)) ? firstOf(this.text, pattern) : null;
  }

  /** The words before a place. */
  before(at: number): string {
    return this.text.slice(Math.max(0, at - 24), at);
  }

  has(pattern: RegExp): boolean {
    return this.mayMatch(gramsOf(pattern)) && this.text.search(pattern) >= 0;
  }

  /** Whether one of many patterns may be in it: `false` is sure. */
  mayHold(patterns: readonly RegExp[]): boolean {
    return this.mayMatch(gramsOfAll(patterns));
  }

  private get table(): Uint8Array | 'anything' {
    if (this.whole !== undefined) return this.whole.table;
    return (this.ownTable ??= FOLDED_ELSEWHERE.test(this.text) ? 'anything' : tableOf(this.text));
  }

  private mayMatch(grams: Uint16Array | undefined): boolean {
    if (grams === undefined) return true;
    const { table } = this;
    if (table === 'anything') return true;
    for (let at = 0; at < grams.length; at += 2) if (isSet(table, grams[at] ?? 0) && isSet(table, grams[at + 1] ?? 0)) return true;
    return false;
  }
}

/** From the beginning of the text also for a global pattern, which is left as it was found. */
function firstOf(text: string, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = 0;
  const match = pattern.exec(text);
  pattern.lastIndex = 0;
  return match;
}

function isSet(table: Uint8Array, gram: number): boolean {
  return ((table[gram >> 3] ?? 0) & (1 << (gram & 7))) !== 0;
}

/** Which rows of one to four letters a text has, as bits by their hash: one that is not set is not there. */
function tableOf(text: string): Uint8Array {
  const table = new Uint8Array(1 << (TABLE_BITS - 3));
  let [first, second, third] = [0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const letter = folded(text.charCodeAt(at));
    set(table, hashed(letter));
    set(table, hashed(rowOf(0, 0, third, letter)));
    set(table, hashed(rowOf(0, second, third, letter)));
    set(table, hashed(rowOf(first, second, third, letter)));
    first = second;
    second = third;
    third = letter;
  }
  return table;
}

function set(table: Uint8Array, gram: number): void {
  table[gram >> 3] = (table[gram >> 3] ?? 0) | (1 << (gram & 7));
}

function folded(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Four letters in one number; those that are missing in front are 0. */
function rowOf(a: number, b: number, c: number, d: number): number {
  return (a << 21) ^ (b << 14) ^ (c << 7) ^ d;
}

function hashed(letters: number): number {
  return Math.imul(letters, 0x9e3779b1) >>> (32 - TABLE_BITS);
}

/** The first and the last letters of each sign, side by side. */
const GRAMS = new WeakMap<RegExp | readonly RegExp[], Uint16Array | 'any'>();

function gramsOfAll(patterns: readonly RegExp[]): Uint16Array | undefined {
  const known = GRAMS.get(patterns);
  if (known !== undefined) return known === 'any' ? undefined : known;
  const each = patterns.map(gramsOf);
  const grams = each.includes(undefined) ? undefined : Uint16Array.from(each.flatMap((one) => [...(one ?? [])]));
  GRAMS.set(patterns, grams ?? 'any');
  return grams;
}

function gramsOf(pattern: RegExp): Uint16Array | undefined {
  const known = GRAMS.get(pattern);
  if (known !== undefined) return known === 'any' ? undefined : known;
  const signs = signsOf(pattern);
  const grams = signs === undefined ? undefined : Uint16Array.from(signs.flatMap((sign) => [gramOf(sign.slice(0, GRAM)), gramOf(sign.slice(-GRAM))]));
  GRAMS.set(pattern, grams ?? 'any');
  return grams;
}

function gramOf(letters: string): number {
  const [a, b, c, d] = [4, 3, 2, 1].map((back) => letters.charCodeAt(letters.length - back) || 0) as [number, number, number, number];
  return hashed(rowOf(a, b, c, d));
}
