import type { PdfPage } from './pdf-process.ts';
import type { PrintedLine } from './printed-line.ts';

/** Heads and feet stand this near to the edge, as a share of the page: the words of a screenplay begin an inch below it. */
const HEAD = 0.09;
const FOOT = 0.93;
/** On so many of the pages a line must come back to be furniture. */
const COMES_BACK = 0.4;
const LINES_AT_AN_EDGE = 3;

const PAGE_NUMBER = /^(?:p(?:age|\.)?\s*|seite\s+|s\.\s*|[-–—([]\s*)?(?:\d{1,4}|[ivxlc]{1,6})[a-z]?(?:\s*(?:of|von|sur|de|\/)\s*\d{1,4})?\s*[-–—.)\]]?$/iu;
/** What tells people that a scene goes on overleaf, with its number around it perhaps. */
const SCENE_GOES_ON = /^(?:\d+[A-Z]?\s+)?(?:\(\s*CONTINUED\s*\)|CONTINUED:?(?:\s*\(\d+\))?|\(\s*(?:FORTSETZUNG|WEITER|SUITE|CONTINUA)\s*\))(?:\s+\d+[A-Z]?\.?)*$/u;
const SPEECH_GOES_ON = /^\(\s*(?:MORE|WEITER|MEHR|SUITE|MÁS|ALTRO)\s*\)$/u;
const CONTINUED_CUE = /\(\s*(?:[^()]*,\s*)?cont(?:inu(?:ed|ing)|['’‘`´]?d)?\.?\s*\)$/iu;
/** A mark of revision in the margin. */
const REVISED = /^\*+$/;

/** The pages without what belongs to the paper: numbers, heads and feet, (CONTINUED), (MORE), marks of revision. */
export function withoutFurniture(pages: readonly (readonly PrintedLine[])[], sizes: readonly PdfPage[]): { pages: PrintedLine[][]; leftOut: number } {
  const often = comingBack(pages, sizes);
  let leftOut = 0;
  let speechGoesOn = false;
  const kept = pages.map((lines, index) => {
    const height = sizes[index]?.height ?? 792;
    const page: PrintedLine[] = [];
    let goesOn = false;
    for (const [at, line] of lines.entries()) {
      const parts = line.parts.filter((part, place) => !(REVISED.test(part.text) && place === line.parts.length - 1));
      const words = parts.map(({ text }) => text).join(' ');
      const atEdge = at < LINES_AT_AN_EDGE || at >= lines.length - LINES_AT_AN_EDGE;
      const inMargin = isInMargin(line.y, height);
      const furniture =
        parts.length === 0 ||
        (inMargin && (PAGE_NUMBER.test(words) || often.has(shapeOf(words)))) ||
        (atEdge && SCENE_GOES_ON.test(words)) ||
        SPEECH_GOES_ON.test(words);
      if (SPEECH_GOES_ON.test(words) && at >= lines.length - LINES_AT_AN_EDGE) speechGoesOn = true;
      if (furniture) leftOut += 1;
      else if (speechGoesOn && page.length === 0 && CONTINUED_CUE.test(words)) {
        // The speech of the page before goes on: its name is printed again for the reader.
        goesOn = true;
        speechGoesOn = false;
        leftOut += 1;
      } else {
        page.push({ ...line, parts, ...(goesOn ? { goesOn } : {}) });
        goesOn = false;
        if (page.length === 1) speechGoesOn = false;
      }
    }
    return page;
  });
  return { pages: kept, leftOut };
}

/** Lines near the edges that come back on the pages, whatever number is in them. */
function comingBack(pages: readonly (readonly PrintedLine[])[], sizes: readonly PdfPage[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const [index, lines] of pages.entries()) {
    const height = sizes[index]?.height ?? 792;
    const shapes = new Set<string>();
    for (const { parts, y } of lines) {
      if (isInMargin(y, height)) shapes.add(shapeOf(parts.map(({ text }) => text).join(' ')));
    }
    for (const shape of shapes) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const enough = Math.max(2, pages.length * COMES_BACK);
  return new Set([...counts].filter(([shape, amount]) => amount >= enough && shape !== '').map(([shape]) => shape));
}

function isInMargin(y: number, height: number): boolean {
  return y < height * HEAD || y > height * FOOT;
}

function shapeOf(words: string): string {
  return words.toLowerCase().replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ').trim();
}
