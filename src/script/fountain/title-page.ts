import type { TitleEntry } from '../screenplay/screenplay.ts';
import { sourceOf, type VisibleLine } from './visible-lines.ts';

/** Keys that title pages have. One of them must be there: `MARA: Hello.` at the top of a page is no title page. */
const KNOWN_KEYS = new Set(
  (
    'title|subtitle|episode|episode title|series|show|season|credit|author|authors|writer|writers|written by|source|based on|story by|adaptation|' +
    'notes|note|draft|draft date|date|version|revision|copyright|contact|contact info|company|production|producer|director|genre|logline|language|' +
    'titel|untertitel|autor|autorin|autoren|drehbuch|buch|von|nach|fassung|kontakt|titre|auteur|autrice|scénario|título|titulo|autora|guion|guión|titolo|autore|sceneggiatura|' +
    'format|font|header|footer|watermark|tl|tc|tr|cc|bl|bc|br|draft info|scene numbers|characters'
  ).split('|'),
);
const KEY_LINE = /^([^\s:#>~@!.=([][^:]{0,60}):(.*)$/u;
const INDENTED = /^(?: {2,}|\t)/;

/**
 * The title page, when the text begins with one: `Key: value` lines, further values indented below their key. It ends at the
 * first blank line, or before a line that is neither.
 * @returns how many lines it takes, the blank ones before it too; 0 when there is none.
 */
export function readTitlePage(lines: readonly VisibleLine[]): { titlePage: TitleEntry[]; lineCount: number } {
  const titlePage: TitleEntry[] = [];
  let at = 0;
  while (at < lines.length && lines[at]?.kind !== 'words') at += 1;
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || (line.kind !== 'words' && line.kind !== 'hidden')) break;
    if (line.kind === 'hidden') continue;
    const open = titlePage.at(-1);
    const indented = INDENTED.test(line.text);
    const key = indented && open ? null : KEY_LINE.exec(line.text.trimEnd());
    const span = sourceOf(line, line.text.length - line.text.trimStart().length, line.text.trimEnd().length);
    if (key?.[1] !== undefined) {
      const { start, end, startLine, endLine } = span;
      const value = key[2]?.trim() ?? '';
      titlePage.push({ key: key[1].trim(), values: value === '' ? [] : [value], source: { start, end, startLine, endLine } });
    } else if (indented && open) {
      open.values.push(line.text.trim());
      open.source.end = span.end;
      open.source.endLine = span.endLine;
    } else break;
  }
  return titlePage.some(({ key }) => KNOWN_KEYS.has(key.toLowerCase())) ? { titlePage, lineCount: at } : { titlePage: [], lineCount: 0 };
}

/** Whether a line at the top of a page could begin a title page. */
export function looksLikeTitleKey(line: string): boolean {
  return KEY_LINE.test(line);
}
