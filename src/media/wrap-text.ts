/** A text that fits, as lines, and the size it is set in. */
export interface FittedText {
  lines: string[];
  sizePx: number;
}

/**
 * Finds the largest size at which the text fits, and breaks it into lines; at the smallest size what is too much ends in
 * an ellipsis. Breaks between words as each script has them.
 * @param sizesPx largest first, at least one.
 * @param measure width of a text at a size, in pixels.
 */
export function fitText(text: string, options: { sizesPx: readonly number[]; widthPx: number; lineLimits: readonly number[] }, measure: (text: string, sizePx: number) => number): FittedText {
  // Nobody reads more than this in a few seconds, and measuring costs.
  const words = Array.from(new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.replace(/\s+/gu, ' ').trim().slice(0, 1200)), ({ segment }) => segment);
  let fitted: FittedText = { lines: [], sizePx: options.sizesPx[0] ?? 1 };
  for (const [index, sizePx] of options.sizesPx.entries()) {
    const lines = breakLines(words, options.widthPx, (line) => measure(line, sizePx));
    const limit = options.lineLimits[index] ?? 1;
    fitted = { lines, sizePx };
    if (lines.length <= limit) return fitted;
    if (index === options.sizesPx.length - 1) fitted.lines = shorten(lines, limit, options.widthPx, (line) => measure(line, sizePx));
  }
  return fitted;
}

function breakLines(words: readonly string[], widthPx: number, measure: (line: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (measure(line + word.trimEnd()) <= widthPx) {
      line += word;
      continue;
    }
    // A mark that closes belongs to the word before it; it may stand out a little.
    if (/^[\p{Pe}\p{Pf}.,;:!?…。，、！？]$/u.test(word) && line !== '') {
      line += word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
    for (const letter of measure(word) <= widthPx ? [word.trimStart()] : word) {
      if (line !== '' && measure(line + letter) > widthPx) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}

function shorten(lines: readonly string[], limit: number, widthPx: number, measure: (line: string) => number): string[] {
  const kept = lines.slice(0, limit);
  let last = Array.from(kept[limit - 1] ?? '');
  while (last.length > 0 && measure(`${last.join('').trimEnd()}…`) > widthPx) last = last.slice(0, -1);
  kept[limit - 1] = `${last.join('').replace(/[\s,;:.–—-]+$/u, '')}…`;
  return kept;
}
