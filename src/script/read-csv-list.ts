import { CsvError, parse } from 'csv-parse/sync';
import { StudioError } from '../lib/errors.ts';
import { buildShots, requireShotCount } from './build-shots.ts';
import type { ListedShot } from './build-shots.ts';
import { linesOf } from './line-of.ts';
import type { ScriptShot } from './script-shot.ts';
import { SHOT_FIELDS, shotFieldNamed } from './shot-fields.ts';
import type { ShotProblem } from './shot-problem.ts';
import { withoutGuard } from './spreadsheet-guard.ts';
import { TableColumns } from './table-columns.ts';
import { mendedRow, partedWords } from './unquoted-cell.ts';

const DELIMITERS = [',', ';', '\t'] as const;
const DELIMITER_WORDS: Readonly<Record<string, string>> = { ',': 'a comma', ';': 'a semicolon', '\t': 'a tab' };
/** So much of a cell stands in a message. */
const CELL_SHOWN = 80;

interface Row {
  cells: string[];
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
}

/**
 * A shot list as a table: the first row names the columns, a row is a shot, an empty cell says nothing; a column that no field has the name of
 * is kept as notes. Parted by `,` `;` or tab,
 * whichever makes column names of the first row. Rows are numbered as a spreadsheet does: the first row is row 1.
 * @throws StudioError SCRIPT_BAD_CSV with the line, SCRIPT_SHOTS_INVALID.
 */
export function readCsvList(text: string, name: string): { shots: ScriptShot[]; notes: string[] } {
  const said = /^sep=([,;\t])\n/i.exec(text); // Excel's own way to name the delimiter
  const offset = said?.[0].length ?? 0;
  const body = text.slice(offset);
  const delimiter = said?.[1] ?? likeliestDelimiter(body);
  const rows = rowsOf(body, delimiter, name, offset);
  const headerAt = rows.findIndex((row) => !isBlank(row));
  const header = trimEnd(rows[headerAt]?.cells ?? []);
  if (!header.some((word) => shotFieldNamed(word) !== undefined)) {
    throw new StudioError('SCRIPT_BAD_CSV', `${name}: the first row must name the columns, but none of ${header.map((word) => JSON.stringify(word.slice(0, 40))).join(', ')} is one.`, {
      next: `Begin with a row such as "prompt,duration,model". Columns: ${SHOT_FIELDS.map((field) => field.name).join(', ')}.`,
      detail: { name, header },
    });
  }
  const table = rows.slice(headerAt + 1).map(({ cells }) => cells);
  const columns = new TableColumns(header, table);
  const meant = columns.meant();
  const lineOf = linesOf(text);
  const listed: ListedShot[] = [];
  const found: ShotProblem[] = [];
  for (const [index, row] of rows.entries()) {
    if (index <= headerAt || isBlank(row)) continue;
    const rowNumber = index + 1 + (said ? 1 : 0);
    const mended = mendedRow(row.cells, meant, delimiter);
    if (mended) found.push({ where: `row ${rowNumber}`, field: header[mended.column] ?? '', message: `has ${DELIMITER_WORDS[delimiter] ?? delimiter} in it, so what follows stands in the wrong columns; put the cell in quotes: ${quotedCell(mended.words)}` });
    else requireNoExtraCells(row, header, { name, rowNumber, line: lineOf(row.start).line });
    const parted = mended ? undefined : partedWords(row.cells, meant, delimiter, table);
    if (parted) found.push({ where: `row ${rowNumber}`, field: header[parted.column] ?? '', message: `seems to go on behind ${DELIMITER_WORDS[delimiter] ?? delimiter}, in ${header[parted.nextColumn] ?? ''}; put the cell in quotes: ${quotedCell(parted.words)}, or take away the blank where another cell begins` });
    const cells = mended?.cells ?? row.cells;
    listed.push({
      label: `row ${rowNumber}`,
      given: columns.given(cells, withoutGuard),
      source: { startLine: lineOf(row.start).line, endLine: lineOf(row.end - 1).line, start: row.start, end: row.end },
    });
    requireShotCount(listed.length, name);
  }
  return { shots: buildShots(listed, [], name, found), notes: columns.notes() };
}

function rowsOf(text: string, delimiter: string, name: string, offset: number): Row[] {
  const bytes = Buffer.from(text);
  let records: { record: string[]; info: { bytes: number } }[];
  try {
    records = parse(bytes, { delimiter, info: true, relax_column_count: true, record_delimiter: '\n' }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines']) + (offset > 0 ? 1 : 0);
    throw new StudioError('SCRIPT_BAD_CSV', `${name} is no correct table: ${csvProblem(error.code)} (line ${line}).`, {
      next: 'A cell with a delimiter, a quote or a line end in it stands in double quotes, and a quote inside it is doubled: "He says ""go""."',
      cause: error,
      detail: { name, line, reason: error.code },
    });
  }
  let byte = 0;
  let at = offset;
  return records.map(({ record, info }) => {
    const start = at;
    const source = bytes.toString('utf8', byte, info.bytes);
    byte = info.bytes;
    at += source.length;
    return { cells: record, start, end: Math.max(start + 1, source.endsWith('\n') ? at - 1 : at) };
  });
}

function csvProblem(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a cell opens with a double quote that is never closed';
    case 'INVALID_OPENING_QUOTE':
      return 'a double quote stands inside a cell that does not begin with one';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'words follow the closing quote of a cell';
    default: // a rule of the parser that we switched off or don't know; its code says enough to ask
      return code;
  }
}

/** The one that makes most column names of the first line. */
function likeliestDelimiter(text: string): string {
  const firstLine = text.split('\n').find((line) => line.trim() !== '') ?? '';
  const known = (delimiter: string) => firstLine.split(delimiter).filter((word) => shotFieldNamed(word.replaceAll('"', '')) !== undefined).length;
  return DELIMITERS.reduce<string>((best, delimiter) => (known(delimiter) > known(best) ? delimiter : best), ',');
}

function isBlank(row: Row): boolean {
  return row.cells.every((cell) => cell.trim() === '');
}

function trimEnd(cells: readonly string[]): string[] {
  const words = cells.map((cell) => cell.trim());
  while (words.at(-1) === '') words.pop();
  return words;
}

/** As it is to be typed; of a long one its beginning. */
function quotedCell(words: string): string {
  const doubled = words.replaceAll(/\s+/g, ' ').replaceAll('"', '""');
  return `"${doubled.length > CELL_SHOWN ? `${doubled.slice(0, CELL_SHOWN)}...` : doubled}"`;
}

function requireNoExtraCells(row: Row, header: readonly string[], where: { name: string; rowNumber: number; line: number }): void {
  const cells = trimEnd(row.cells);
  if (cells.length <= header.length) return;
  throw new StudioError('SCRIPT_BAD_CSV', `${where.name}: row ${where.rowNumber} (line ${where.line}) has ${cells.length} cells, but the first row names ${header.length} columns.`, {
    next: 'Put a cell that contains the delimiter in double quotes.',
    detail: where,
  });
}
