import { StudioError } from '../lib/errors.ts';
import { buildShots, requireShotCount } from './build-shots.ts';
import type { ListedShot } from './build-shots.ts';
import { cellsOfMarkdownLine, wordsOfMarkdownCell } from './markdown-cells.ts';
import type { ScriptShot } from './script-shot.ts';
import { shotFieldNamed } from './shot-fields.ts';
import { TableColumns } from './table-columns.ts';

interface Line {
  text: string;
  /** From 1. */
  number: number;
  /** UTF-16 offset. */
  start: number;
}

const PARTING_LINE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * Shots of the tables in a Markdown text whose first row names a `prompt` column; several go on from one another, and what
 * stands around them is not read. `undefined` when there is no such table: then it is prose.
 * @throws StudioError SCRIPT_BAD_TABLE with the line, SCRIPT_SHOTS_INVALID.
 */
export function readMarkdownList(text: string, name: string): { shots: ScriptShot[]; notes: string[] } | undefined {
  const lines = linesOutsideCode(text);
  const listed: ListedShot[] = [];
  const inTables = new Set<number>();
  const onColumns = new Set<string>();
  let tables = 0;
  for (let at = 0; at + 1 < lines.length; at += 1) {
    const header = headerAt(lines, at);
    if (header === undefined) continue;
    tables += 1;
    inTables.add(at).add(at + 1);
    const rows: Line[] = [];
    for (at += 2; lines[at]?.text.includes('|') === true; at += 1) {
      rows.push(lines[at] as Line);
      inTables.add(at);
    }
    const columns = new TableColumns(header, rows.map(cellsOf));
    for (const sentence of columns.notes()) onColumns.add(sentence);
    for (const line of rows) {
      const shot = shotOfLine(line, { header, columns }, name);
      if (shot) listed.push(shot);
      requireShotCount(listed.length, name);
    }
  }
  if (tables === 0) return undefined;
  const others = lines.filter((line, index) => !inTables.has(index) && /[\p{L}\p{N}]/u.test(line.text) && !line.text.startsWith('#'));
  const notes = others.length === 0 ? [] : [`Read were the rows of ${tables === 1 ? 'the table' : `the ${tables} tables`} with a prompt column, and not the words around ${tables === 1 ? 'it' : 'them'}.`];
  return { shots: buildShots(listed, [], name), notes: [...notes, ...onColumns] };
}

/** Lines that are no code: an example of a table in a fence is no shot list. */
function linesOutsideCode(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let fence: string | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const code = fence !== undefined || mark !== undefined;
    if (fence === undefined) fence = mark;
    else if (mark !== undefined && mark.startsWith(fence)) fence = undefined;
    lines.push({ text: code ? '' : line, number: index + 1, start });
    start += line.length + 1;
  }
  return lines;
}

/** The names of the columns, when a table of shots begins at this line. */
function headerAt(lines: readonly Line[], at: number): string[] | undefined {
  const line = lines[at]?.text ?? '';
  const parting = lines[at + 1]?.text ?? '';
  if (!line.includes('|') || !parting.includes('-') || !PARTING_LINE.test(parting)) return undefined;
  const header = cellsOfMarkdownLine(line).map((cell) => wordsOfMarkdownCell(cell.replaceAll(/[*_`]/g, '')));
  if (cellsOfMarkdownLine(parting).length !== header.length) return undefined;
  return header.some((word) => shotFieldNamed(word)?.name === 'prompt') ? header : undefined;
}

function cellsOf({ text }: Line): string[] {
  return cellsOfMarkdownLine(text).map(wordsOfMarkdownCell);
}

function shotOfLine(line: Line, { header, columns }: { header: readonly string[]; columns: TableColumns }, name: string): ListedShot | undefined {
  const cells = cellsOf(line);
  while (cells.at(-1) === '') cells.pop();
  if (cells.every((cell) => cell === '')) return undefined;
  if (cells.length > header.length) {
    throw new StudioError('SCRIPT_BAD_TABLE', `${name}: line ${line.number} has ${cells.length} cells, but the table names ${header.length} columns.`, {
      next: 'Write a pipe within words as \\|.',
      detail: { name, line: line.number },
    });
  }
  return { label: `line ${line.number}`, given: columns.given(cells), source: { startLine: line.number, endLine: line.number, start: line.start, end: line.start + line.text.length } };
}
