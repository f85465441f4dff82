import type { DocumentLine } from '../../documents/index.ts';
import { proseOfText } from '../prose/prose-of-text.ts';
import type { Prose } from '../prose/prose.ts';
import { hyphenatedWords, piecesOfParagraph } from './joined-lines.ts';
import { TextWriter } from './text-writer.ts';

export interface ProseOfLines {
  prose: Prose;
  placeOf: (start: number, end: number) => string;
}

const HEADING_STYLE = /^(?:heading|title|subtitle|überschrift|titel|titre|t[ií]tulo|titolo|заголовок)/u;
/** An indent of the first line of a paragraph, in signs. */
const FIRST_LINE = { least: 1.2, most: 9 };
/** A line that ends so far from the right edge is the last of its paragraph. */
const SHORT_OF_EDGE = 0.85;

/** The lines of a document as a story: each paragraph on a line of the text. */
export function proseOfLines(lines: readonly DocumentLine[], wholeParagraphs: boolean): ProseOfLines {
  const writer = new TextWriter();
  const hyphenated = hyphenatedWords(lines);
  const prose: Prose = { text: '', paragraphs: [], divisions: [] };
  for (const paragraph of paragraphsOfLines(lines, wholeParagraphs)) {
    const pieces = piecesOfParagraph(paragraph, hyphenated);
    const { start, end } = writer.write(pieces, '', '\n\n');
    const [first] = paragraph;
    const words = pieces.map(({ text }) => text).join('');
    // What a heading of words is, and a line of stars, is the same in every prose.
    const [division] = proseOfText(words).divisions;
    if (HEADING_STYLE.test(first?.style ?? '')) prose.divisions.push({ start, end, kind: 'heading' });
    else if (division) prose.divisions.push({ start, end, kind: division.kind });
    else prose.paragraphs.push({ start, end });
  }
  return { prose: { ...prose, text: writer.text() }, placeOf: (start, end) => writer.placeOf(start, end) };
}

function paragraphsOfLines(lines: readonly DocumentLine[], wholeParagraphs: boolean): DocumentLine[][] {
  const edge = rightEdge(lines);
  const left = leftEdge(lines);
  const paragraphs: DocumentLine[][] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const open = paragraphs.at(-1);
    if (open === undefined || before === undefined || wholeParagraphs || begins(line, before, left, edge)) paragraphs.push([line]);
    else open.push(line);
  }
  return paragraphs;
}

function begins(line: DocumentLine, before: DocumentLine, left: number, edge: number | undefined): boolean {
  // Of a Word document each paragraph has its own number, whatever room is between them.
  if (line.page === undefined) return line.number !== before.number || line.gap;
  if (line.gap || line.style !== before.style) return true;
  const indented = line.indent - left >= FIRST_LINE.least && line.indent - left <= FIRST_LINE.most;
  if (indented && before.indent - left < FIRST_LINE.least) return true;
  return edge !== undefined && before.endsAt !== undefined && before.endsAt < left + (edge - left) * SHORT_OF_EDGE && /[.!?…:"”»]$/u.test(before.text);
}

function rightEdge(lines: readonly DocumentLine[]): number | undefined {
  const ends = lines.flatMap(({ endsAt }) => endsAt ?? []).sort((a, b) => a - b);
  return ends[Math.floor(ends.length * 0.9)];
}

function leftEdge(lines: readonly DocumentLine[]): number {
  const counts = new Map<number, number>();
  for (const { indent } of lines) counts.set(Math.round(indent), (counts.get(Math.round(indent)) ?? 0) + 1);
  const often = [...counts].filter(([, amount]) => amount >= lines.length * 0.2).map(([column]) => column);
  return often.length === 0 ? Math.min(0, ...counts.keys()) : Math.min(...often);
}
