import type { DocumentLine } from '../../documents/index.ts';

/** A word parted at the end of a line, and what may stand before it. */
const PARTED = /(?<=\p{L})[-\u00ad\u2010]$/u;

/**
 * Lines of one paragraph, to be put one after the other. A word that was parted at the end of a line is whole again, unless
 * the document writes it with its hyphen elsewhere.
 */
export function piecesOfParagraph(lines: readonly DocumentLine[], hyphenated: ReadonlySet<string>): { text: string; line: DocumentLine }[] {
  return lines.map((line, index) => {
    const next = lines[index + 1];
    if (next === undefined || !PARTED.test(line.text)) return { text: next === undefined || endsWithoutBlank(line.text, next.text) ? line.text : `${line.text} `, line };
    const stem = /[\p{L}\p{M}]+(?=.$)/u.exec(line.text)?.[0] ?? '';
    const rest = /^[\p{L}\p{M}]+/u.exec(next.text)?.[0] ?? '';
    const keeps = !/^\p{Ll}/u.test(next.text) || hyphenated.has(`${stem}-${rest}`.toLowerCase());
    return { text: keeps ? line.text : line.text.slice(0, -1), line };
  });
}

/** Words that stand with a hyphen inside a line. */
export function hyphenatedWords(lines: readonly DocumentLine[]): ReadonlySet<string> {
  return new Set(lines.flatMap(({ text }) => [...text.matchAll(/[\p{L}\p{M}]+-[\p{L}\p{M}]+/gu)].map(([word]) => word.toLowerCase())));
}

/** Writing that puts no blanks between words. */
function endsWithoutBlank(text: string, next: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}、。，！？」』]$/u.test(text) && /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}「『]/u.test(next);
}
