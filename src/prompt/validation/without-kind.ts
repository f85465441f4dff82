import type { Span } from '../reading/text.ts';
import { tidied } from './rule.ts';

/** The prompt without one of two kinds: `hyperrealistic pixel art of a samurai` is a shot of a samurai still. */
export function withoutKind(text: string, spans: readonly Span[]): string {
  let result = text;
  for (const [start, end] of spans.toReversed()) result = result.slice(0, start) + (/^\s+of\b/i.test(result.slice(end)) && !/\b(?:shot|footage|view|video|film)\s*$/i.test(result.slice(0, start)) ? 'shot' : '') + result.slice(end).replace(/^的/, '');
  return tidied(result);
}

const LEAD = /(?:\b(?:in|under|at|on|by|of|as|with|during|through)\s+(?:a |an |the |bright |soft |full |tight |early |late )*|\b(?:bright|soft|full|tight|early|late|raging|heavy|violent|fierce|sudden|the)\s+)+$/i;
/** `the afternoon sun` keeps what leads to the sun. */
const BEFORE_ITS_NOUN = /^\s+(?!(?:and|or|with|as|over|on|in|at|of|while|above|behind|beside|through|under)\b)[a-z]/;
const MANNER = /^\s+(?:heavily|gently|softly|steadily|hard)\b/;

/** Each phrase with the small words that only lead to it: `under moonlight`. */
export function withLead(plain: string, spans: readonly Span[]): Span[] {
  return spans.map(([start, last]) => {
    const end = last + (MANNER.exec(plain.slice(last, last + 12))?.[0].length ?? 0);
    return [start - (BEFORE_ITS_NOUN.test(plain.slice(end, end + 12)) ? 0 : (LEAD.exec(plain.slice(Math.max(0, start - 30), start))?.[0].length ?? 0)), end] as const;
  });
}
