/**
 * A cell that begins with one of these is a formula to a spreadsheet, and a formula may do harm in a list that came from
 * somebody else. An apostrophe before it makes it text there.
 */
const FORMULA = /^'*[=+\-@]/;
const GUARDED = /^'+[=+\-@]/;

/** A cell's words, safe to open in a spreadsheet. One more apostrophe where the words begin with some, so that none is lost. */
export function withGuard(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** The words of a guarded cell; the other way round than {@link withGuard}. */
export function withoutGuard(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
