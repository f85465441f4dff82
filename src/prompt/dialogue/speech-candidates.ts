import { dashStyleOf, dashTurns } from './dash-speech.ts';
import { speechAndInserts, trimmedRange } from './inserts.ts';
import type { Paragraph } from './paragraphs.ts';
import { marksOf, quotedStretches, type QuotedStretch } from './quote-marks.ts';
import { unmarkedSpeeches } from './unmarked-speech.ts';
import type { TextRange } from './types.ts';

/** Words that may be speech, before anybody asked who says them. */
export interface Candidate {
  parts: TextRange[];
  /** The narrator's words inside and right behind, where a tag may stand. */
  inserts: TextRange[];
  outerStart: number;
  outerEnd: number;
  paragraph: number;
  lastParagraph: number;
  mark: QuotedStretch['mark'] | 'dash' | 'none';
  /** Not closed where it should be. */
  open: boolean;
  secondary: boolean;
}

/** Languages whose narrators speak inside of guillemets: « Si tu veux, dit-il, nous irons. » */
const INSERTS_IN_GUILLEMETS = new Set(['fr', 'es', 'it', 'pt', 'ru']);

export function candidatesOf(text: string, paragraphs: readonly Paragraph[], language: string, isPrompt: boolean): Candidate[] {
  const quoted = quotedStretches(text, paragraphs, marksOf(text));
  const turns = dashTurns(text, paragraphs, language, dashStyleOf(text, paragraphs, language, quoted.length, isPrompt));
  const fromTurns = turns.map((turn): Candidate => ({ ...turn, lastParagraph: turn.paragraph, mark: 'dash', open: false, secondary: false }));
  // What is quoted inside of a turn is the speaker's quotation, not a speech of its own.
  let next = 0;
  const outside = quoted.filter(({ outerStart }) => {
    while (next < turns.length && (turns[next]?.outerEnd ?? 0) <= outerStart) next += 1;
    const turn = turns[next];
    return turn === undefined || outerStart < turn.outerStart || turn.inserts.some(([from, to]) => from <= outerStart && outerStart < to);
  });
  const fromMarks = outside.flatMap((stretch): Candidate[] => {
    const read = stretch.parts.map(([from, to]) => (stretch.mark === 'guillemet' && INSERTS_IN_GUILLEMETS.has(language) ? speechAndInserts(text, from, to, language) : wholePart(text, from, to)));
    const parts = read.flatMap((one) => one.parts);
    return parts.length === 0 ? [] : [{ ...stretch, parts, inserts: read.flatMap((one) => one.inserts) }];
  });
  const unmarked = isPrompt ? unmarkedSpeeches(text, paragraphs, language) : [];
  const fromColons = unmarked.map(({ at, paragraph }): Candidate => ({ parts: [at], inserts: [], outerStart: at[0], outerEnd: at[1], paragraph, lastParagraph: paragraph, mark: 'none', open: false, secondary: true }));
  const marked = [...fromTurns, ...fromMarks].sort((a, b) => a.outerStart - b.outerStart);
  return [...marked, ...outsideOf(marked, fromColons)].sort((a, b) => a.outerStart - b.outerStart);
}

/** Those that begin in none of the others. Both lists are in the order of the text. */
function outsideOf(others: readonly Candidate[], list: readonly Candidate[]): Candidate[] {
  let next = 0;
  return list.filter(({ outerStart }) => {
    while (next < others.length && (others[next]?.outerEnd ?? 0) <= outerStart) next += 1;
    return outerStart < (others[next]?.outerStart ?? Number.POSITIVE_INFINITY);
  });
}

function wholePart(text: string, from: number, to: number): { parts: TextRange[]; inserts: TextRange[] } {
  const range = trimmedRange(text, from, to);
  return { parts: range === undefined ? [] : [range], inserts: [] };
}
