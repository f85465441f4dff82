import type { DocumentLine } from '../../documents/index.ts';
import { assertNever } from '../../lib/errors.ts';
import { cueOf, withinParentheses } from '../screenplay/cue.ts';
import type { Screenplay, ScreenplayElement, TitleEntry } from '../screenplay/screenplay.ts';
import { hyphenatedWords, piecesOfParagraph } from './joined-lines.ts';
import { groupsOf, headingWords, type LineGroup } from './lines-to-elements.ts';
import { TextWriter } from './text-writer.ts';

export interface ScreenplayOfLines {
  screenplay: Screenplay;
  /** What was read, as a screenplay is typed. Offsets point into this. */
  text: string;
  placeOf: (start: number, end: number) => string;
}

/** The lines of a document as a screenplay. What stands before the first scene on a page of its own is the title page. */
export function screenplayOfLines(lines: readonly DocumentLine[], wholeParagraphs: boolean): ScreenplayOfLines {
  const writer = new TextWriter();
  const hyphenated = hyphenatedWords(lines);
  const { title, groups } = withoutTitlePage(groupsOf(lines, wholeParagraphs));
  const titlePage = titleEntries(title, writer);
  const elements = groups.map((group, index) => elementOf(group, groups[index - 1], writer, hyphenated));
  // The one right before a speech that is spoken together with it is the left one.
  for (const [index, element] of elements.entries()) {
    if (element.kind !== 'character' || element.side !== 'right') continue;
    const left = elements.slice(0, index).findLast((one) => one.kind === 'character');
    if (left?.kind === 'character') left.side ??= 'left';
  }
  return { screenplay: { titlePage, elements }, text: writer.text(), placeOf: (start, end) => writer.placeOf(start, end) };
}

const IN_SPEECH: ReadonlySet<LineGroup['kind']> = new Set(['character', 'parenthetical', 'dialogue', 'lyrics']);

function elementOf(group: LineGroup, before: LineGroup | undefined, writer: TextWriter, hyphenated: ReadonlySet<string>): ScreenplayElement {
  const { kind } = group;
  const inSpeech = kind !== 'character' && IN_SPEECH.has(kind) && before !== undefined && IN_SPEECH.has(before.kind);
  const heading = kind === 'heading' ? headingWords(joinedLine(group.lines)) : undefined;
  const pieces = heading === undefined ? piecesOfParagraph(group.lines, hyphenated) : group.lines.slice(0, 1).map((line) => ({ text: heading.words, line }));
  const words = pieces.map(({ text }) => text).join('');
  const span = writer.write(pieces, '', inSpeech ? '\n' : '\n\n');
  const written = { text: words, emphasis: [], source: span, lines: Array.from({ length: span.endLine - span.startLine + 1 }, (_, index) => span.startLine + index) };
  switch (kind) {
    case 'heading':
      return { kind, ...written, ...(heading?.sceneNumber === undefined ? {} : { sceneNumber: heading.sceneNumber }) };
    case 'character': {
      const { name, extensions, continued } = cueOf(words.replace(/\s*:$/, ''));
      return { kind, ...written, name, extensions, continued, ...(group.dual === true ? { side: 'right' } : {}) };
    }
    case 'parenthetical':
      return { kind, ...(words.startsWith('(') && words.endsWith(')') ? withinParentheses(written) : written) };
    case 'lyrics':
      return { kind, ...written, inSpeech };
    case 'action':
    case 'dialogue':
    case 'transition':
    case 'shot':
    case 'centered':
      return { kind, ...written };
    default:
      return assertNever(kind, 'kind of line');
  }
}

/** A heading on two lines is one. */
function joinedLine(lines: readonly DocumentLine[]): DocumentLine {
  const [first] = lines;
  return { ...(first ?? { indent: 0, gap: true, align: 'left', number: 1 }), text: lines.map(({ text }) => text).join(' ') };
}

function withoutTitlePage(groups: readonly LineGroup[]): { title: LineGroup[]; groups: LineGroup[] } {
  const begins = groups.findIndex(({ kind, lines }) => kind === 'heading' || (kind === 'transition' && /^fade in/i.test(lines[0]?.text ?? '')));
  if (begins <= 0) return { title: [], groups: [...groups] };
  const firstPage = groups[begins]?.lines[0]?.page;
  const isTitle = ({ kind, lines }: LineGroup): boolean => {
    const [line] = lines;
    if (line === undefined) return false;
    if (line.page !== undefined && firstPage !== undefined) return line.page < firstPage || kind === 'centered';
    return line.align === 'centre' || /title|author|contact|untertitel/.test(line.style ?? '');
  };
  const before = groups.slice(0, begins);
  const story = before.findIndex((group) => !isTitle(group));
  const end = story < 0 ? begins : story;
  return { title: groups.slice(0, end), groups: groups.slice(end) };
}

function titleEntries(groups: readonly LineGroup[], writer: TextWriter): TitleEntry[] {
  const lines = groups.flatMap((group) => group.lines);
  const [title, ...others] = lines.map((line) => ({ text: line.text, source: writer.write([{ text: line.text, line }], '', '\n') }));
  if (title === undefined) return [];
  const [first] = others;
  const last = others.at(-1);
  const rest = first === undefined || last === undefined ? [] : [{ key: 'Notes', values: others.map(({ text }) => text), source: { ...first.source, end: last.source.end, endLine: last.source.endLine } }];
  return [{ key: 'Title', values: [title.text], source: title.source }, ...rest];
}
