/** What people and tools set around the words of a prompt, and nobody says: Markdown, and the time a shot begins. */
const TIME = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?`;
const SECONDS = String.raw`\d{1,3}(?:\.\d)?`;
const TO = String.raw`\s?(?:-->|[-–—]|to)\s?`;
const MARKUP: readonly RegExp[] = [
  // Headings, quotations, and the signs and numbers of a list.
  /^[ \t]*(?:#{1,6}|>|[-*•‣▪]|\d{1,2}[.)])[ \t]+/gmu,
  /\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![\p{L}\d])_{1,2}(?=\p{L})|(?<=[\p{L}\p{P}])_{1,2}(?![\p{L}\d])/gu,
  new RegExp(String.raw`[[(]${TIME}(?:${TO}${TIME})?[\])][ \t]*:?`, 'gu'),
  new RegExp(String.raw`[[(]${SECONDS}\s?s?${TO}${SECONDS}\s?(?:s|sec|secs|seconds)\.?[\])][ \t]*:?`, 'giu'),
  new RegExp(String.raw`^[ \t]*(?:${TIME}(?:${TO}${TIME})?|${SECONDS}\s?s?${TO}${SECONDS}\s?(?:s|sec|secs|seconds)\.?)(?![\d\p{L}])[ \t]*[:|–—-]?(?=[ \t])`, 'gimu'),
];
const TABLE_ROW = /^[ \t]*\|.*$/gmu;

/** A text without its markup, every letter where it was. */
export function withoutMarkup(text: string): string {
  const rows = text.includes('|') ? text.replaceAll(TABLE_ROW, (row) => row.replaceAll('|', '\n')) : text;
  return MARKUP.reduce((read, pattern) => read.replaceAll(pattern, (mark) => ' '.repeat(mark.length)), rows);
}
