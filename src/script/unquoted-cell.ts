import { shotFieldNamed } from './shot-fields.ts';
import { withoutGuard } from './spreadsheet-guard.ts';

/** A row whose cells are right once one of them is taken as a whole. */
export interface MendedRow {
  cells: string[];
  /** Which of them, from 0, and its words. */
  column: number;
  words: string;
}

/** Longer rows than this are no shots, whatever is done to them. */
const MOST_CELLS = 100;

/**
 * The row as it was meant, where a cell holds the delimiter and no quotes: everything behind it stands in the wrong column,
 * and would be reported cell by cell. `undefined` where the row is right, where joining neighbours does not make it right, or
 * where only one cell is wrong and nothing else speaks for a delimiter in the words: that is a mistake of its own.
 */
export function mendedRow(cells: readonly string[], header: readonly string[], delimiter: string): MendedRow | undefined {
  if (cells.length > MOST_CELLS) return undefined;
  const wrong = wrongCells(cells, header);
  if (wrong === 0) return undefined;
  const isShifted = wrong > 1 || cells.length > header.length;
  // As words are written: a blank behind the comma, and none behind those that part the cells.
  const blanksInRow = cells.slice(1).filter(beginsWithBlank).length;
  const candidates: (MendedRow & { rank: number })[] = [];
  for (let pieces = 2; pieces <= cells.length; pieces += 1) {
    for (let column = 0; column + pieces <= cells.length && column < header.length; column += 1) {
      const parts = cells.slice(column, column + pieces);
      const blanks = parts.slice(1).filter(beginsWithBlank).length;
      const hasBlanks = blanks === pieces - 1 && blanks === blanksInRow;
      if (!isShifted && !hasBlanks) continue;
      const words = parts.join(delimiter);
      const joined = [...cells.slice(0, column), words, ...cells.slice(column + pieces)];
      if (wrongCells(joined, header) > 0) continue;
      candidates.push({ cells: joined, column, words: words.trim(), rank: (hasBlanks ? 0 : 2) + (isForWords(header[column] ?? '') ? 0 : 1) });
    }
    // The fewest pieces that do are what was meant.
    if (candidates.length > 0) break;
  }
  const [best, next] = candidates.sort((one, other) => one.rank - other.rank);
  // Whoever counts the cells says as much, and guesses at none.
  if (best?.rank === next?.rank && cells.length > header.length) return undefined;
  return best && { cells: best.cells, column: best.column, words: best.words };
}

function beginsWithBlank(cell: string): boolean {
  return /^\s+\S/.test(cell);
}

/** How many cells do not take what stands in them; more cells than columns are wrong too. */
function wrongCells(cells: readonly string[], header: readonly string[]): number {
  let wrong = Math.max(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1 - header.length);
  for (const [column, word] of header.entries()) {
    const cell = cells[column]?.trim() ?? '';
    const field = shotFieldNamed(word);
    if (field === undefined) continue;
    if (cell === '' ? field.name === 'prompt' : !field.schema.safeParse(field.fromCell(withoutGuard(cell))).success) wrong += 1;
  }
  return wrong;
}

/** Whether a column holds sentences, in which a comma is usual. */
function isForWords(word: string): boolean {
  return ['prompt', 'line', 'negative', 'notes'].includes(shotFieldNamed(word)?.name ?? '');
}

/**
 * The cell whose words go on in the next one, in a row where all that was parted fits its column: `Go, now!` as a line and a
 * note. What tells it is a blank behind the delimiter, in a table that has none behind most others. `undefined` where no words
 * are parted.
 * @param header the fields that the columns mean.
 */
export function partedWords(cells: readonly string[], header: readonly string[], delimiter: string, rows: readonly (readonly string[])[]): { column: number; words: string; nextColumn: number } | undefined {
  const others = rows.flatMap((row) => row.slice(1)).filter((cell) => cell.trim() !== '');
  if (others.filter(beginsWithBlank).length * 2 > others.length) return undefined;
  const next = cells.findIndex((cell, column) => column > 0 && beginsWithBlank(cell) && (cells[column - 1] ?? '').trim() !== '');
  const column = next - 1;
  if (next < 1 || !(isForWords(header[column] ?? '') || shotFieldNamed(header[column] ?? '')?.name === 'heading')) return undefined;
  let pieces = 2;
  while (beginsWithBlank(cells[column + pieces] ?? '')) pieces += 1;
  const words = cells.slice(column, column + pieces).join(delimiter);
  if (wrongCells([...cells.slice(0, column), words, ...cells.slice(column + pieces)], header) > 0) return undefined;
  return { column, words: words.trim(), nextColumn: next };
}
