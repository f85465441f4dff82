/** What begins a line of a list, and is no word of it. */
export const ITEM = /^\s*(?:(?:\(?\d{1,3}[.):]|[-–—*•])\s+|(?:shot|beat|scene|einstellung|plan|toma|inquadratura)\s\d{1,3}\s*[:.–—-]\s*)(?=\S)/iu;
export const NUMBERED_ITEM = /^\s*(?:\(?\d{1,3}[.):]\s+|(?:shot|beat|scene|einstellung|plan|toma|inquadratura)\s\d{1,3}\s*[:.–—-]\s*)(?=\S)/iu;

/**
 * Where the items of a paragraph stand that is a list: `1. Wide: a lighthouse`. What stands below a numbered line goes on with it;
 * of lines that begin with a dash each must, or they may be speeches.
 */
export function listItemsOf(paragraph: string): [start: number, end: number][] | undefined {
  const rows: [number, number][] = [];
  let at = 0;
  for (const row of paragraph.split('\n')) {
    if (row.trim() !== '') rows.push([at + row.indexOf(row.trim()), at + row.trimEnd().length]);
    at += row.length + 1;
  }
  const begins = (item: RegExp) => rows.map(([from, to]) => item.test(paragraph.slice(from, to)));
  if (rows.length > 1 && begins(ITEM).every(Boolean)) return rows;
  const numbered = begins(NUMBERED_ITEM);
  if (numbered[0] !== true || numbered.filter(Boolean).length < 2) return undefined;
  const items: [number, number][] = [];
  for (const [index, [from, to]] of rows.entries()) {
    const last = items.at(-1);
    if (last === undefined || numbered[index] === true) items.push([from, to]);
    else last[1] = to;
  }
  return items;
}
