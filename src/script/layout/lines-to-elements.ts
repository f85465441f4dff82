import type { DocumentLine } from '../../documents/index.ts';
import { isParenthetical } from '../screenplay/cue.ts';
import { isPlaceHeading, isTransitionLine, standsLikeACue } from '../looks-like-screenplay.ts';
import { isStyled, kindOfStyle, type LineKind } from './line-kinds.ts';

/** Lines of a document that are one element of a screenplay. */
export interface LineGroup {
  kind: LineKind;
  /** As they stand; lines of a wrapped paragraph are joined by the writer of the element. */
  lines: DocumentLine[];
  /** Spoken together with the speech before. */
  dual?: boolean;
}

/** Cues stand at least this far right of the action, speeches this far, in signs. */
const CUE_COLUMN = 8;
const SPEECH_COLUMN = 2.5;
/** A line stands in the column of another when they differ by less. */
const SAME_COLUMN = 3.5;
const LONGEST_PARENTHETICAL_LINES = 5;

/**
 * What each line of a document is in a screenplay: by the names of its styles; else by the columns that screenplays are set in;
 * else by the forms of the words.
 */
export function groupsOf(lines: readonly DocumentLine[], wholeParagraphs: boolean): LineGroup[] {
  return new Grouper(lines, wholeParagraphs).groups();
}

class Grouper {
  private readonly done: LineGroup[] = [];
  private readonly styled: boolean;
  /** The column of action; speeches stand right of it. */
  private readonly actionColumn: number;
  /** Cues are set in a column of their own. */
  private readonly hasColumns: boolean;
  /** The column of the words of the open speech. */
  private speechColumn: number | undefined;
  private readonly lines: readonly DocumentLine[];
  private readonly wholeParagraphs: boolean;

  constructor(lines: readonly DocumentLine[], wholeParagraphs: boolean) {
    this.lines = lines;
    this.wholeParagraphs = wholeParagraphs;
    this.styled = isStyled(lines);
    this.actionColumn = actionColumnOf(lines);
    this.hasColumns = lines.some((line, index) => this.isInCueColumn(line) && standsLikeACue(line.text) && lines[index + 1]?.gap !== true);
  }

  groups(): LineGroup[] {
    for (let at = 0; at < this.lines.length; at += 1) {
      const line = this.lines[at];
      if (line === undefined) continue;
      const dual = this.dualAt(at);
      if (dual !== undefined) {
        at += dual - 1;
        continue;
      }
      const kind = this.kindOf(line, at);
      if (kind === 'parenthetical') at += this.takeParenthetical(at);
      else this.take(kind, line);
    }
    return this.done;
  }

  private kindOf(line: DocumentLine, at: number): LineKind {
    const named = this.styled ? kindOfStyle(line.style) : undefined;
    if (named !== undefined) return named === 'action' && isTransitionLine(line.text) ? 'transition' : named === 'dialogue' && isParenthetical(line.text) ? 'parenthetical' : named;
    const words = headingWords(line).words;
    if (isPlaceHeading(words) && (line.gap || !this.inSpeech() || this.wholeParagraphs)) return 'heading';
    if (isTransitionLine(line.text)) return 'transition';
    if (this.isCue(line, at)) return 'character';
    if (this.goesOnSpeaking(line)) return line.text.startsWith('(') && (isParenthetical(line.text) || this.closesBelow(at)) ? 'parenthetical' : 'dialogue';
    if (line.align === 'centre' && line.gap && this.lines[at + 1]?.gap !== false) return 'centered';
    return 'action';
  }

  private inSpeech(): boolean {
    const kind = this.done.at(-1)?.kind;
    return kind === 'character' || kind === 'parenthetical' || kind === 'dialogue' || kind === 'lyrics';
  }

  private isCue(line: DocumentLine, at: number): boolean {
    const below = this.lines[at + 1];
    if (this.styled || below === undefined || !standsLikeACue(line.text)) return false;
    if (!line.gap && !this.wholeParagraphs && !this.hasColumns) return false;
    if (isPlaceHeading(headingWords(below).words)) return false;
    if (this.hasColumns) return this.isInCueColumn(line) && (!below.gap || this.wholeParagraphs) && below.indent > this.actionColumn + SPEECH_COLUMN;
    return this.wholeParagraphs ? /\p{Ll}/u.test(below.text) : !below.gap && /\p{Ll}/u.test(below.text);
  }

  private isInCueColumn({ indent, align }: DocumentLine): boolean {
    return align === 'centre' || indent >= this.actionColumn + CUE_COLUMN;
  }

  private goesOnSpeaking(line: DocumentLine): boolean {
    if (!this.inSpeech()) return false;
    const last = this.done.at(-1);
    if (this.hasColumns) {
      if (line.indent <= this.actionColumn + SPEECH_COLUMN && line.align !== 'centre') return false;
      return !line.gap || this.wholeParagraphs || this.speechColumn === undefined || Math.abs(line.indent - this.speechColumn) < SAME_COLUMN;
    }
    // Without columns a paragraph of its own ends the speech, unless nothing was said yet.
    if (this.wholeParagraphs) return last?.kind === 'character' || last?.kind === 'parenthetical';
    return !line.gap;
  }

  private closesBelow(at: number): boolean {
    return this.restOfParenthetical(at) > 0;
  }

  /** How many lines below belong to a direction that opens here. */
  private restOfParenthetical(at: number): number {
    for (let more = 1; more < LONGEST_PARENTHETICAL_LINES; more += 1) {
      const line = this.lines[at + more];
      if (line === undefined || line.gap || line.text.includes('(')) return 0;
      if (line.text.endsWith(')')) return more;
    }
    return 0;
  }

  private takeParenthetical(at: number): number {
    const first = this.lines[at];
    const more = first !== undefined && !isParenthetical(first.text) && first.text.startsWith('(') ? this.restOfParenthetical(at) : 0;
    this.done.push({ kind: 'parenthetical', lines: this.lines.slice(at, at + more + 1) });
    return more;
  }

  private take(kind: LineKind, line: DocumentLine): void {
    const open = this.done.at(-1);
    const joins = open?.kind === kind && ((kind === 'action' && !line.gap && !this.wholeParagraphs && !this.styled) || (kind === 'dialogue' && !this.isSung(line)) || (kind === 'heading' && this.continuesHeading(open, line)));
    if (joins) open.lines.push(line);
    else this.done.push({ kind, lines: [line] });
    if (kind === 'character') this.speechColumn = undefined;
    if (kind === 'dialogue') this.speechColumn ??= line.indent;
  }

  private isSung(line: DocumentLine): boolean {
    return kindOfStyle(line.style) === 'lyrics';
  }

  private continuesHeading(open: LineGroup, line: DocumentLine): boolean {
    return !line.gap && !this.wholeParagraphs && !isPlaceHeading(headingWords(line).words) && open.lines.length < 3;
  }

  /** Two cues beside each other, and their speeches below in two columns. Returns how many lines they take. */
  private dualAt(at: number): number | undefined {
    const [left, right, ...others] = this.lines[at]?.parts ?? [];
    const below = this.lines[at + 1];
    if (left === undefined || right === undefined || others.length > 0 || below === undefined || below.gap) return undefined;
    if (![left, right].every(({ text }) => standsLikeACue(text))) return undefined;
    const middle = (right.indent + left.indent) / 2;
    const sides: { left: DocumentLine[]; right: DocumentLine[] } = { left: [], right: [] };
    let taken = 1;
    for (let line = this.lines[at + taken]; line !== undefined && !line.gap; line = this.lines[at + taken]) {
      for (const part of line.parts ?? [{ text: line.text, indent: line.indent }]) sides[part.indent < middle ? 'left' : 'right'].push({ ...line, text: part.text, indent: part.indent });
      taken += 1;
    }
    const cue = this.lines[at];
    if (cue === undefined || sides.left.length === 0 || sides.right.length === 0) return undefined;
    for (const [part, words, dual] of [[left, sides.left, false], [right, sides.right, true]] as const) {
      this.done.push({ kind: 'character', lines: [{ ...cue, text: part.text, indent: part.indent }], ...(dual ? { dual } : {}) });
      for (const word of words) {
        const kind = isParenthetical(word.text) ? 'parenthetical' : 'dialogue';
        const open = this.done.at(-1);
        if (kind === 'dialogue' && open?.kind === 'dialogue') open.lines.push(word);
        else this.done.push({ kind, lines: [word] });
      }
    }
    return taken;
  }
}

/** `12 INT. DEN - DAY 12` without its numbers in the margins. A number behind a place alone may belong to it: `INT. ROOM 12`. */
export function headingWords({ text }: DocumentLine): { words: string; sceneNumber?: string } {
  const found = /^(\d+[A-Z]?)\.?\s+(\S.*)$/u.exec(text);
  const sceneNumber = found?.[1];
  if (found === null || sceneNumber === undefined) return { words: text };
  const rest = found[2] ?? '';
  const words = rest.endsWith(` ${sceneNumber}`) ? rest.slice(0, -sceneNumber.length).trimEnd() : rest;
  return isPlaceHeading(words) ? { words, sceneNumber } : { words: text };
}

/** Where action and headings stand: the column of most scene headings, else the leftmost that is used often. */
function actionColumnOf(lines: readonly DocumentLine[]): number {
  const headings = lines.filter((line) => isPlaceHeading(headingWords(line).words)).map((line) => indentOfWords(line));
  const columns = headings.length > 0 ? headings : lines.filter(({ align }) => align === 'left').map(({ indent }) => indent);
  const counts = new Map<number, number>();
  for (const column of columns) counts.set(Math.round(column), (counts.get(Math.round(column)) ?? 0) + 1);
  if (headings.length > 0) return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  return Math.min(...[...counts].filter(([, amount]) => amount >= columns.length * 0.1).map(([column]) => column), ...(columns.length === 0 ? [0] : []));
}

/** Where the words of a heading stand, right of a number in the margin. */
function indentOfWords(line: DocumentLine): number {
  const [number, words] = line.parts ?? [];
  return number !== undefined && words !== undefined && /^\d+[A-Z]?\.?$/.test(number.text) ? words.indent : line.indent;
}
