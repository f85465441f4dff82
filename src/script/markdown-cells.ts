/** Signs that mean something inside a Markdown table. */
const MARKS = /[\\|`*<~]|&(?=#?\w+;)/g;

/** Words as a cell of a Markdown table, shown there as they are; line ends become `<br>`. */
export function markdownCell(words: string): string {
  return words.replaceAll(MARKS, '\\$&').replaceAll('\n', '<br>');
}

/** The words of a cell; the other way round than {@link markdownCell}. Marks that are not escaped stay as they were typed. */
export function wordsOfMarkdownCell(cell: string): string {
  return cell.replaceAll(/\\([!-/:-@[-`{-~])|<br\s*\/?>/gi, (_, escaped: string | undefined) => escaped ?? '\n').trim();
}

/** The cells of a line of a table, without the pipes at its ends; a pipe behind a backslash parts nothing. */
export function cellsOfMarkdownLine(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (sign === '|') {
      cells.push(cell);
      cell = '';
    } else if (sign === '\\' && at + 1 < line.length) {
      cell += sign + line.charAt(at + 1);
      at += 1;
    } else cell += sign;
  }
  cells.push(cell);
  const trimmed = cells.map((words) => words.trim());
  if (trimmed.at(-1) === '' && trimmed.length > 1) trimmed.pop();
  if (trimmed[0] === '' && line.trimStart().startsWith('|')) trimmed.shift();
  return trimmed;
}
