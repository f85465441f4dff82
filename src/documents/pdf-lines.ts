import type { DocumentLine, LaidOutDocument } from './laid-out.ts';
import { withoutFurniture } from './page-furniture.ts';
import type { PdfPage, PdfRun } from './pdf-process.ts';
import type { PrintedLine } from './printed-line.ts';

const POINTS_PER_TENTH_INCH = 7.2;
/** In letter sizes: runs on one base line, a blank between two words, room that no blank fills. */
const SAME_LINE = 0.35;
const BLANK = 0.13;
const ROOM = 2.2;

export function linesOfPages(pages: readonly PdfPage[]): LaidOutDocument {
  const printed = pages.map((page, index) => printedLines(page, index + 1));
  const { pages: kept, leftOut } = withoutFurniture(printed, pages);
  const stepPoints = usualStep(printed);
  const lines: DocumentLine[] = [];
  for (const [index, page] of kept.entries()) {
    const middle = (pages[index]?.width ?? 612) / 2;
    let before: PrintedLine | undefined;
    for (const line of page) {
      const gap = before === undefined ? line.goesOn !== true && endsASentence(lines.at(-1)) : line.y - before.y > stepPoints * 1.5;
      lines.push(lineOf(line, gap, middle));
      before = line;
    }
  }
  return { kind: 'pdf', lines, wholeParagraphs: false, notes: leftOut === 0 ? [] : [`Heads, feet and numbers of pages are left out: ${leftOut} ${leftOut === 1 ? 'line' : 'lines'}.`] };
}

function printedLines({ runs }: PdfPage, page: number): PrintedLine[] {
  const lines: { y: number; size: number; runs: PdfRun[] }[] = [];
  for (const run of runs.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const open = lines.at(-1);
    if (open && Math.abs(run.y - open.y) <= SAME_LINE * Math.max(run.size, open.size)) {
      open.runs.push(run);
      open.size = Math.max(open.size, run.size);
    } else lines.push({ y: run.y, size: run.size, runs: [run] });
  }
  return lines.map(({ y, size, runs: own }, index) => ({ parts: partsOf(own.sort((a, b) => a.x - b.x)), y, size, page, number: index + 1 }));
}

function partsOf(runs: readonly PdfRun[]): PrintedLine['parts'] {
  const parts: PrintedLine['parts'] = [];
  let last: PdfRun | undefined;
  for (const run of runs) {
    // Some programs print a word twice, a hair apart, to make it bold.
    if (last && last.text === run.text && Math.abs(last.x - run.x) < run.size * 0.25) continue;
    const open = parts.at(-1);
    const room = open === undefined ? Infinity : run.x - open.endX;
    // Blanks at the ends of a run are printed room too.
    const blanks = run.text.length - run.text.trimStart().length + (last === undefined ? 0 : last.text.length - last.text.trimEnd().length);
    if (open === undefined || room + blanks * run.size * 0.3 > run.size * ROOM) parts.push({ text: run.text, x: run.x, endX: run.x + run.width });
    else {
      const blank = room > run.size * BLANK && !/\s$/.test(open.text) && !/^\s/.test(run.text);
      open.text += `${blank ? ' ' : ''}${run.text}`;
      open.endX = Math.max(open.endX, run.x + run.width);
    }
    last = run;
  }
  return parts.map((part) => ({ ...part, text: part.text.replaceAll(/\s+/g, ' ').trim() })).filter(({ text }) => text !== '');
}

/** From one line of a paragraph to the next, in points: the smallest step that comes often. */
function usualStep(pages: readonly (readonly PrintedLine[])[]): number {
  const counts = new Map<number, number>();
  let all = 0;
  for (const page of pages) {
    for (const [index, line] of page.entries()) {
      const above = page[index - 1];
      if (above === undefined) continue;
      const step = Math.round((line.y - above.y) * 2) / 2;
      if (step < line.size * 0.8) continue;
      counts.set(step, (counts.get(step) ?? 0) + 1);
      all += 1;
    }
  }
  const often = [...counts].filter(([, amount]) => amount >= all * 0.1).map(([step]) => step);
  return often.length === 0 ? 12 : Math.min(...often);
}

function lineOf({ parts, page, number }: PrintedLine, gap: boolean, middle: number): DocumentLine {
  const first = parts[0] ?? { text: '', x: 0, endX: 0 };
  const last = parts.at(-1) ?? first;
  const centred = Math.abs((first.x + last.endX) / 2 - middle) < 4 * POINTS_PER_TENTH_INCH && first.x > middle / 2;
  return {
    text: parts.map(({ text }) => text).join(' '),
    indent: first.x / POINTS_PER_TENTH_INCH,
    endsAt: last.endX / POINTS_PER_TENTH_INCH,
    gap,
    align: centred ? 'centre' : 'left',
    page,
    number,
    ...(parts.length > 1 ? { parts: parts.map(({ text, x }) => ({ text, indent: x / POINTS_PER_TENTH_INCH })) } : {}),
  };
}

function endsASentence(line: DocumentLine | undefined): boolean {
  return line === undefined || /[.!?…:"”»)\]]$/u.test(line.text);
}
