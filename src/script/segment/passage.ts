import { linesOf } from '../line-of.ts';
import type { SourceSpan } from '../screenplay/screenplay.ts';

/** Words of a script on one line, and where they stand in it. */
export interface Passage {
  text: string;
  source: SourceSpan;
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

export function joinedSpans(a: SourceSpan, b: SourceSpan): SourceSpan {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end), startLine: Math.min(a.startLine, b.startLine), endLine: Math.max(a.endLine, b.endLine) };
}

/** Finds where parts of an element stand in the text it was read from. */
export type FindParts = (whole: SourceSpan, parts: readonly string[]) => SourceSpan[];

/**
 * Looks for the parts' words in order, past marks of emphasis and notes that the element's own text no longer has. Where
 * there is no source, or a word is not found in it, a part stands where the whole does.
 */
export function partsFinder(source: string | undefined): FindParts {
  if (source === undefined) return (whole, parts) => parts.map(() => whole);
  const placeOf = linesOf(source);
  return (whole, parts) => {
    if (parts.length < 2) return parts.map(() => whole);
    const ends: number[] = [];
    let at = whole.start;
    for (const part of parts) {
      for (const [word] of part.matchAll(/[\p{L}\p{N}]+/gu)) {
        const found = source.indexOf(word, at);
        if (found < 0 || found >= whole.end) return parts.map(() => whole);
        at = found + word.length;
      }
      while (at < whole.end && !/[\s\p{L}\p{N}]/u.test(source.charAt(at))) at += 1;
      ends.push(at);
    }
    ends[ends.length - 1] = whole.end;
    return ends.map((end, index) => {
      const from = index === 0 ? whole.start : (ends[index - 1] ?? whole.start);
      const start = Math.min(end, from + (/\S/.exec(source.slice(from, end))?.index ?? 0));
      return { start, end, startLine: placeOf(start).line, endLine: placeOf(Math.max(start, end - 1)).line };
    });
  };
}
