import { markDualSides } from '../screenplay/dual-sides.ts';
import { cueOf, withinParentheses, withoutCaret } from '../screenplay/cue.ts';
import { plainLine, type PlainText } from '../screenplay/emphasis.ts';
import type { Screenplay, ScreenplayElement } from '../screenplay/screenplay.ts';
import { hiddenSpans, type HiddenSpan } from './hidden-spans.ts';
import { isCentered, isCue, isForcedCue, isForcedHeading, isHeading, isInCapitals, isPageBreak, isParenthetical, isSection, isSynopsis, isTransition, opensParenthetical, sceneNumberOf } from './line-forms.ts';
import { readTitlePage } from './title-page.ts';
import { sourceOf, visibleLines, type VisibleLine } from './visible-lines.ts';

/**
 * Reads Fountain: the whole syntax, with exact UTF-16 offsets into the source as it was given (any line ends, a byte order
 * mark or none). Nothing is refused: what has no other meaning is action. The time grows with the length alone.
 */
export function readFountain(source: string): Screenplay {
  const hidden = hiddenSpans(source);
  const lines = visibleLines(source, hidden);
  const { titlePage, lineCount } = readTitlePage(lines);
  const elements = new LineReader(lines).read(lineCount);
  return { titlePage, elements: [...elements, ...hiddenElements(source, hidden)].sort((a, b) => a.source.start - b.source.start) };
}

/** What is hidden keeps its place among the elements, so that nothing written is lost. */
function hiddenElements(source: string, hidden: readonly HiddenSpan[]): ScreenplayElement[] {
  if (hidden.length === 0) return [];
  const lineStarts = [0, ...[...source.matchAll(/\r\n|\r|\n/g)].map(({ 0: sign, index }) => index + sign.length)];
  let line = 0;
  const lineAt = (offset: number): number => {
    while (line + 1 < lineStarts.length && (lineStarts[line + 1] ?? Infinity) <= offset) line += 1;
    return line + 1;
  };
  return hidden.map(({ kind, start, end }) => {
    const startLine = lineAt(start);
    const endLine = lineAt(end - 1);
    const lines = Array.from({ length: endLine - startLine + 1 }, (_, index) => startLine + index);
    return { kind, text: source.slice(start + 2, end - 2).trim(), emphasis: [], source: { start, end, startLine, endLine }, lines };
  });
}

/** A parenthetical that goes on over more lines than this is taken as words. */
const LONGEST_PARENTHETICAL_LINES = 5;

class LineReader {
  private readonly elements: ScreenplayElement[] = [];
  private readonly lines: readonly VisibleLine[];
  /** Whether a line here stands as if a blank one were before it. */
  private afterBlank = true;
  private inSpeech = false;

  constructor(lines: readonly VisibleLine[]) {
    this.lines = lines;
  }

  read(from: number): ScreenplayElement[] {
    let keptBlanks = 0;
    for (let at = from; at < this.lines.length; at += 1) {
      const line = this.lines[at];
      if (line === undefined || line.kind === 'hidden') continue;
      if (line.kind === 'kept' && this.inSpeech) {
        keptBlanks += 1;
      } else if (line.kind !== 'words') {
        this.inSpeech = false;
        this.afterBlank = true;
        keptBlanks = 0;
      } else {
        at += this.inSpeech ? this.speechLine(line, at, keptBlanks) : this.line(line, at);
        keptBlanks = 0;
      }
    }
    return markDualSides(this.elements);
  }

  /** A line inside a speech. Returns how many further lines it took. */
  private speechLine(line: VisibleLine, at: number, keptBlanks: number): number {
    const words = line.text.trim();
    if (isPageBreak(words) || isSynopsis(words) || words.startsWith('>')) {
      this.inSpeech = false;
      this.afterBlank = true;
      return this.line(line, at);
    }
    if (words.startsWith('~')) {
      this.add('lyrics', line, words.slice(1).trim(), { inSpeech: true });
      return 0;
    }
    const plain = plainLine(words);
    if (isParenthetical(plain.text)) {
      this.add('parenthetical', line, withinParentheses(plain));
      return 0;
    }
    const more = opensParenthetical(words) ? this.restOfParenthetical(at) : [];
    if (more.length > 0) {
      this.add('parenthetical', line, words.slice(1).trim());
      for (const [index, rest] of more.entries()) this.append(rest, index === more.length - 1 ? rest.text.trim().slice(0, -1).trim() : rest.text.trim());
      return more.length;
    }
    const last = this.elements.at(-1);
    if (last?.kind === 'dialogue') this.append(line, words, keptBlanks);
    else this.add('dialogue', line, words);
    return 0;
  }

  private restOfParenthetical(at: number): VisibleLine[] {
    const rest: VisibleLine[] = [];
    for (const line of this.lines.slice(at + 1, at + LONGEST_PARENTHETICAL_LINES)) {
      if (line.kind !== 'words' || line.text.includes('(')) return [];
      rest.push(line);
      if (line.text.includes(')')) return line.text.indexOf(')') === line.text.trimEnd().length - 1 ? rest : [];
    }
    return [];
  }

  /** A line outside of speeches. Always takes that line alone. */
  private line(line: VisibleLine, at: number): number {
    const words = line.text.trim();
    const free = this.afterBlank;
    if (words.startsWith('!') && words.length > 1) {
      this.afterBlank = false;
      this.addAction(line, free);
      return 0;
    }
    this.afterBlank = true;
    if (isPageBreak(words)) this.add('page-break', line, '');
    else if (isSynopsis(words)) this.add('synopsis', line, words.replace(/^=+/, '').trim());
    else if (isSection(words)) this.add('section', line, words.replace(/^#+/, '').trim(), { level: words.search(/[^#]/) });
    else if (isCentered(words)) this.add('centered', line, words.slice(1, -1).trim());
    else if (words.startsWith('>')) this.add('transition', line, words.slice(1).trim());
    else if (free && isForcedHeading(words)) this.addHeading(line, words.slice(1).trim());
    else if (isHeading(words) && (free || (isInCapitals(words) && this.blankFollows(at)))) this.addHeading(line, words);
    else if (free && isTransition(line.parted ? words : line.text.trimStart()) && (this.blankFollows(at) || this.headingFollows(at))) this.add('transition', line, words);
    else if (free && isForcedCue(words)) this.addCue(line, words.slice(1).trim());
    else if (free && isCue(words) && this.wordsFollow(at)) this.addCue(line, words);
    else {
      this.afterBlank = false;
      if (words.startsWith('~')) this.add('lyrics', line, words.slice(1).trim(), { inSpeech: false });
      else this.addAction(line, free);
    }
    return 0;
  }

  private blankFollows(at: number): boolean {
    return this.lines[at + 1]?.kind !== 'words';
  }

  private headingFollows(at: number): boolean {
    const next = this.lines[at + 1];
    return next?.kind === 'words' && isHeading(next.text.trim());
  }

  /** Whether the lines below can be a speech. */
  private wordsFollow(at: number): boolean {
    let next = at + 1;
    while (this.lines[next]?.kind === 'hidden') next += 1;
    const line = this.lines[next];
    if (line?.kind !== 'words') return false;
    const words = line.text.trim();
    return !isPageBreak(words) && !isSynopsis(words) && !words.startsWith('>') && !(isHeading(words) && isInCapitals(words));
  }

  private addHeading(line: VisibleLine, words: string): void {
    const { words: heading, sceneNumber } = sceneNumberOf(words);
    this.add('heading', line, heading, sceneNumber === undefined ? {} : { sceneNumber });
  }

  private addCue(line: VisibleLine, words: string): void {
    const plain = plainLine(words);
    const { name, extensions, continued, dual } = cueOf(plain.text);
    const text = dual ? withoutCaret(plain.text) : plain.text;
    const emphasis = plain.emphasis.map((span) => ({ ...span, end: Math.min(span.end, text.length) })).filter(({ start, end }) => start < end);
    this.add('character', line, { text, emphasis }, { name, extensions, continued, ...(dual ? { side: 'right' } : {}) });
    this.inSpeech = true;
  }

  /** Blanks before action are meant, and kept; lines of one paragraph are one element. */
  private addAction(line: VisibleLine, free: boolean): void {
    const forced = /^\s*!\s*\S/.test(line.text);
    const words = (forced ? line.text.replace('!', '') : line.text).trimEnd();
    const last = this.elements.at(-1);
    if (!free && last?.kind === 'action') this.append(line, words);
    else this.add('action', line, words);
  }

  private add(kind: ScreenplayElement['kind'], line: VisibleLine, words: string | PlainText, more: object = {}): void {
    const { text, emphasis } = typeof words === 'string' ? plainLine(words) : words;
    const { lines, ...source } = sourceOf(line, kind === 'action' ? 0 : line.text.length - line.text.trimStart().length, line.text.trimEnd().length);
    this.elements.push({ kind, text, emphasis, source, lines, ...more } as ScreenplayElement);
  }

  /** A further line of the newest element; blank lines that were kept before it are kept. */
  private append(line: VisibleLine, words: string, keptBlanks = 0): void {
    const element = this.elements.at(-1);
    if (element === undefined) return;
    const { text, emphasis } = plainLine(words);
    const offset = element.text.length + 1 + keptBlanks;
    element.text += `${'\n'.repeat(1 + keptBlanks)}${text}`;
    element.emphasis.push(...emphasis.map(({ style, start, end }) => ({ style, start: start + offset, end: end + offset })));
    const { lines, end, endLine } = sourceOf(line, 0, line.text.trimEnd().length);
    element.source.end = end;
    element.source.endLine = endLine;
    for (const number of lines) if (element.lines.at(-1) !== number) element.lines.push(number);
  }
}
