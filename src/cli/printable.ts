export { bytes, count } from '../lib/amount-words.ts';

/**
 * Foreign words as they may go to a terminal: no control characters, so that an answer or a script can't move the cursor
 * or change colours, and none that turn the direction of writing, which could show a line as what it is not. Line ends stay.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ').replaceAll(/\p{Bidi_Control}/gu, '');
}

/** Made when it is needed: its tables are a tenth of what a start takes. */
let segmenter: Intl.Segmenter | undefined;

function lettersOf(line: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(line);
}

/** Letters that terminals draw two cells wide: East Asian scripts and emoji. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

function cellsOf(letter: string): number {
  return WIDE.test(letter) ? 2 : 1;
}

/** Cells a line without colours takes on a terminal. */
export function cells(line: string): number {
  let sum = 0;
  for (const { segment } of lettersOf(line)) sum += cellsOf(segment);
  return sum;
}

/** One line of at most `width` cells of a terminal, with `…` where something was left out. */
export function oneLine(text: string, width: number): string {
  const line = printable(text).replaceAll(/\s+/g, ' ').trim();
  if (cells(line) <= width) return line;
  let cut = '';
  let used = 1;
  for (const { segment } of lettersOf(line)) {
    used += cellsOf(segment);
    if (used > width) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}

/** `S01_SH02, S01_SH05 and 7 more`. */
export function listed(names: readonly string[], most = 12): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Rows as columns of equal width; the last column is as long as it is. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cells(cell));
  return rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - cells(cell)))).join('  ').trimEnd());
}

/** Lines of at most `width` cells, broken between words, each begun with `indent`; a word longer than that stays whole. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && cells(indent) + cells(line) + 1 + cells(word) > width) {
      lines.push(indent + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}

/**
 * A line that may be long, broken between words; those after the first are indented. Only a terminal has a width: for a file
 * or a pipe it stays one line.
 * @param prefix what stands before the words, as it is.
 */
export function hanging(prefix: string, words: string, indentCells: number, { isTTY, columns }: { isTTY?: boolean; columns?: number }): string[] {
  if (isTTY !== true || columns === undefined || columns < indentCells + NARROWEST_TEXT) return [prefix + words];
  const indent = ' '.repeat(indentCells);
  // One long word stands for the prefix, which takes more or less room than an indent, and ends with a blank.
  const [first = '', ...others] = wrapped(`${'_'.repeat(Math.max(1, cells(prefix) - 1))} ${words.replaceAll(/\s*\n\s*/g, ' ')}`, columns);
  const beside = first.includes(' ') ? first.slice(first.indexOf(' ') + 1) : '';
  return [(prefix + beside).trimEnd(), ...wrapped(others.join(' '), columns, indent)];
}

/** Less room than this for words makes a column of single ones. */
const NARROWEST_TEXT = 24;
