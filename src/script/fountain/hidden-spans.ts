/** A stretch of the source that is no part of the film: `[[note]]` or boneyard. Offsets include the marks. */
export interface HiddenSpan {
  kind: 'note' | 'boneyard';
  start: number;
  end: number;
}

/** A line with less than two blanks ends a note: its brackets are words then. */
const EMPTY_LINE = /(?:\r\n|\r|\n)[^\S\r\n]?(?=[\r\n])/g;

/**
 * Notes and boneyard, in order. An opening mark without its end is taken as words, so a slip of the pen hides nothing.
 * The time grows with the length alone: each kind of end is looked for once over the whole text.
 */
export function hiddenSpans(source: string): HiddenSpan[] {
  const spans: HiddenSpan[] = [];
  const boneyardEnd = forward((from) => source.indexOf('*/', from));
  const noteEnd = forward((from) => source.indexOf(']]', from));
  const emptyLine = forward((from) => {
    EMPTY_LINE.lastIndex = from;
    return EMPTY_LINE.exec(source)?.index ?? -1;
  });
  const opening = /\/\*|\[\[/g;
  for (let found = opening.exec(source); found !== null; found = opening.exec(source)) {
    const inner = found.index + 2;
    const kind = found[0] === '/*' ? 'boneyard' : 'note';
    const end = kind === 'boneyard' ? boneyardEnd(inner) : noteEnd(inner);
    if (end === Infinity || (kind === 'note' && emptyLine(inner) < end)) continue;
    spans.push({ kind, start: found.index, end: end + 2 });
    opening.lastIndex = end + 2;
  }
  return spans;
}

/** The first place at or after one, for askers that only ever go forward; an answer that still lies ahead is given again. */
function forward(find: (from: number) => number): (from: number) => number {
  let known = -1;
  return (from) => {
    if (known >= from) return known;
    const found = find(from);
    known = found < 0 ? Infinity : found;
    return known;
  };
}
