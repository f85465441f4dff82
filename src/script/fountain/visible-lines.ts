import type { SourceSpan } from '../screenplay/screenplay.ts';
import type { HiddenSpan } from './hidden-spans.ts';

/** A line as the film sees it: hidden spans taken out, and the lines that such a span joins as one. */
export interface VisibleLine {
  text: string;
  /**
   * `blank`: nothing there; `kept`: two blanks or more, which keep a speech open; `hidden`: only notes or boneyard, without
   * an empty line in them.
   */
  kind: 'words' | 'blank' | 'kept' | 'hidden';
  /** Something was taken out of it. */
  parted: boolean;
  /** Its stretches in the source, in order. */
  pieces: { start: number; end: number; line: number }[];
}

const LINE_END = /\r\n|\r|\n/g;

/** Parts the source into lines; offsets stay those of the source, whichever line ends it has. */
export function visibleLines(source: string, hidden: readonly HiddenSpan[]): VisibleLine[] {
  const lines: VisibleLine[] = [];
  let line: VisibleLine = emptyLine();
  let lineNumber = 1;
  let hiddenHere = '';
  const take = (start: number, end: number): void => {
    if (end <= start) return;
    line.text += source.slice(start, end);
    line.pieces.push({ start, end, line: lineNumber });
  };
  const finish = (): void => {
    if (line.text.trim() !== '') line.kind = 'words';
    else if (line.parted) line.kind = /[\r\n]\s*?[\r\n]/.test(hiddenHere.replaceAll('\r\n', '\n')) ? 'blank' : 'hidden';
    else line.kind = line.text.length >= 2 ? 'kept' : 'blank';
    lines.push(line);
    line = emptyLine();
    hiddenHere = '';
  };
  // Found once, in order: looked for again behind every hidden span, a page of spans on one line would take its square in time.
  const lineEnds = [...source.matchAll(LINE_END)].map(({ 0: sign, index }) => ({ index, length: sign.length }));
  let nextEnd = 0;
  const visible = (from: number, to: number): void => {
    let start = from;
    for (let found = lineEnds[nextEnd]; found !== undefined && found.index < to; found = lineEnds[nextEnd]) {
      take(start, found.index);
      finish();
      lineNumber += 1;
      nextEnd += 1;
      start = found.index + found.length;
    }
    take(start, to);
  };
  // A byte order mark is no word.
  let from = source.startsWith('\ufeff') ? 1 : 0;
  for (const { kind, start, end } of hidden) {
    visible(from, start);
    line.parted = true;
    const taken = source.slice(start, end);
    // A note may hold an empty line (with two blanks) and parts nothing; what is cut out with one parts as an empty line does.
    if (kind === 'boneyard') hiddenHere += taken;
    for (; (lineEnds[nextEnd]?.index ?? Infinity) < end; nextEnd += 1) lineNumber += 1;
    from = end;
  }
  visible(from, source.length);
  finish();
  return lines;
}

function emptyLine(): VisibleLine {
  return { text: '', kind: 'blank', parted: false, pieces: [] };
}

/** Where a stretch of a visible line's text stands in the source. Expects a stretch with at least one sign in it. */
export function sourceOf({ pieces }: VisibleLine, from: number, to: number): SourceSpan & { lines: number[] } {
  const span = { start: -1, end: -1, startLine: 0, endLine: 0, lines: [] as number[] };
  let at = 0;
  for (const { start, end, line } of pieces) {
    const low = Math.max(from, at);
    const high = Math.min(to, at + end - start);
    if (low < high) {
      if (span.start < 0) Object.assign(span, { start: start + low - at, startLine: line });
      span.end = start + high - at;
      span.endLine = line;
      if (span.lines.at(-1) !== line) span.lines.push(line);
    }
    at += end - start;
  }
  return span;
}
