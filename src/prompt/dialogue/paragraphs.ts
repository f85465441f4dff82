export interface Paragraph {
  start: number;
  end: number;
}

/**
 * The paragraphs of a text. Books on the web break their lines at 70 letters and divide paragraphs by an empty line; other
 * texts have a paragraph a line. Lines that go on in small letters tell which it is.
 */
export function paragraphsOf(text: string): Paragraph[] {
  if (!/[\r\n]/.test(text)) {
    const words = text.trim();
    const start = words === '' ? 0 : text.indexOf(words);
    return words === '' ? [] : [{ start, end: start + words.length }];
  }
  const separator = isWrapped(text) ? /\r?\n[ \t\u00a0]*(?:\r?\n[ \t\u00a0]*)+/g : /\r?\n\s*|\r(?!\n)/g;
  const found: Paragraph[] = [];
  let start = 0;
  for (const { index, 0: gap } of text.matchAll(separator)) {
    addTrimmed(start, index);
    start = index + gap.length;
  }
  addTrimmed(start, text.length);
  return found;

  function addTrimmed(from: number, to: number): void {
    let [first, last] = [from, to];
    while (first < last && isBlank(text, first)) first += 1;
    while (last > first && isBlank(text, last - 1)) last -= 1;
    if (last > first) found.push({ start: first, end: last });
  }
}

export const isBlank = (text: string, at: number): boolean => /\s/.test(text.charAt(at));

/** From this share of lines that go on in small letters, line breaks are the typesetter's. */
const WRAPPED_SHARE = 0.3;

function isWrapped(text: string): boolean {
  let [breaks, goingOn] = [0, 0];
  for (const [, next = ''] of text.slice(0, 200_000).matchAll(/[^\s\n]\r?\n([^\s\n])/g)) {
    breaks += 1;
    if (/\p{Ll}/u.test(next)) goingOn += 1;
  }
  return goingOn > breaks * WRAPPED_SHARE;
}
