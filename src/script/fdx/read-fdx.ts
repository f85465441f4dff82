import { StudioError } from '../../lib/errors.ts';
import { elementsIn, readXml, XmlProblem, type XmlElement } from '../../lib/read-xml.ts';
import { cueOf, isParenthetical, withinParentheses } from '../screenplay/cue.ts';
import type { DualSide, EmphasisSpan, Screenplay, ScreenplayElement, TitleEntry } from '../screenplay/screenplay.ts';
import { kindOfType } from './paragraph-types.ts';

/**
 * Reads a Final Draft file (FDX, of any version). Offsets and lines are those of its XML. Remarks, scene statistics, watermark
 * and the like are left out; an empty paragraph says nothing and is none.
 * @param name for messages.
 * @param options.cut the XML is the beginning of a file, cut off behind a tag.
 * @throws StudioError SCRIPT_BAD_FDX with the line and the reason.
 */
export function readFdx(xml: string, name = 'the file', options: { cut?: boolean } = {}): Screenplay {
  const root = rootOf(xml, name, options);
  if (root.name !== 'FinalDraft') throw badFdx(name, root.source.startLine, `<${root.name}> begins no Final Draft document`);
  const content = childNamed(root, 'Content');
  if (content === undefined) throw badFdx(name, root.source.startLine, 'it has no <Content>');
  const reader = new ParagraphReader();
  for (const child of elementsIn(content)) reader.take(child);
  return { titlePage: titlePageOf(root), elements: reader.elements };
}

function rootOf(xml: string, name: string, options: { cut?: boolean }): XmlElement {
  try {
    return readXml(xml, options);
  } catch (error) {
    if (error instanceof XmlProblem) throw badFdx(name, error.line, error.message);
    throw error;
  }
}

function badFdx(name: string, line: number, reason: string): StudioError {
  return new StudioError('SCRIPT_BAD_FDX', `${name} cannot be read as a Final Draft file: line ${line}: ${reason}.`, {
    next: 'Open it in the program that wrote it and save it again as Final Draft (.fdx), or export it as Fountain.',
    detail: { name, line },
  });
}

/** The beginning of a file with at most so many letters, to the end of a paragraph; to be read as `cut`. */
export function beginningOfFdx(xml: string, letters: number): string {
  const beginning = xml.slice(0, letters);
  const end = beginning.lastIndexOf('</Paragraph>');
  return end < 0 ? '' : beginning.slice(0, end + '</Paragraph>'.length);
}

class ParagraphReader {
  readonly elements: ScreenplayElement[] = [];
  /** A cue was read, and nothing since that ends its speech. */
  private inSpeech = false;

  take(element: XmlElement): void {
    if (element.name === 'DualDialogue') this.takeDual(element);
    if (element.name !== 'Paragraph') return;
    const dual = childNamed(element, 'DualDialogue');
    if (dual) this.takeDual(dual);
    else this.takeParagraph(element, undefined);
  }

  /** The first who speaks stands on the left, everybody else on the right. */
  private takeDual(dual: XmlElement): void {
    let cues = 0;
    this.inSpeech = false;
    for (const paragraph of elementsIn(dual)) {
      if (paragraph.name !== 'Paragraph') continue;
      if (kindOfType(paragraph.attributes.get('Type') ?? '') === 'character') cues += 1;
      this.takeParagraph(paragraph, cues > 1 ? 'right' : 'left');
    }
    this.inSpeech = false;
  }

  private takeParagraph(paragraph: XmlElement, side: DualSide | undefined): void {
    const type = paragraph.attributes.get('Type') ?? '';
    const kind = kindOfType(type);
    const { text, emphasis } = runsOf(paragraph, kind === 'action');
    if (text.trim() === '') return;
    const { source } = paragraph;
    const written = { text, emphasis, source, lines: Array.from({ length: source.endLine - source.startLine + 1 }, (_, index) => source.startLine + index) };
    const wasInSpeech = this.inSpeech;
    this.inSpeech = kind === 'character' || (wasInSpeech && (kind === 'parenthetical' || kind === 'dialogue' || kind === 'lyrics'));
    if (kind === 'heading') {
      const sceneNumber = paragraph.attributes.get('Number')?.trim();
      this.elements.push({ kind, ...written, ...(sceneNumber === undefined || sceneNumber === '' ? {} : { sceneNumber }) });
    } else if (kind === 'character') {
      const { name, extensions, continued } = cueOf(text);
      this.elements.push({ kind, ...written, name, extensions, continued, ...(side ? { side } : {}) });
    } else if (kind === 'parenthetical') {
      this.elements.push({ kind, ...(isParenthetical(text) ? withinParentheses(written) : written) });
    } else if (kind === 'lyrics') {
      this.elements.push({ kind, ...written, inSpeech: wasInSpeech });
    } else if (kind === 'section') {
      this.elements.push({ kind, ...written, level: Number(/\d/.exec(type)?.[0] ?? 1) });
    } else if (kind === 'general' && paragraph.attributes.get('Alignment') === 'Center') {
      this.elements.push({ kind: 'centered', ...written });
    } else {
      this.elements.push({ kind, ...written });
    }
  }
}

/** The words of a paragraph: its runs put together as they stand, blanks and all. */
function runsOf(paragraph: XmlElement, keepIndent: boolean): { text: string; emphasis: EmphasisSpan[] } {
  let text = '';
  const emphasis: EmphasisSpan[] = [];
  for (const run of elementsIn(paragraph)) {
    if (run.name !== 'Text') continue;
    const start = text.length;
    text += wordsOf(run);
    const styles = (run.attributes.get('Style') ?? '').split('+').map((style) => style.trim());
    const [bold, italic] = [styles.includes('Bold'), styles.includes('Italic')];
    if (styles.includes('Underline')) emphasis.push({ style: 'underline', start, end: text.length });
    if (bold || italic) emphasis.push({ style: bold && italic ? 'bold-italic' : bold ? 'bold' : 'italic', start, end: text.length });
  }
  const end = text.trimEnd().length;
  const cut = keepIndent ? (/^\s*\n/.exec(text)?.[0].length ?? 0) : text.length - text.trimStart().length;
  const trimmed = text.slice(cut, Math.max(cut, end));
  const moved = emphasis.map((span) => ({ ...span, start: Math.max(0, span.start - cut), end: Math.min(trimmed.length, span.end - cut) }));
  return { text: trimmed, emphasis: moved.filter((span) => span.start < span.end) };
}

/** All words inside, however they are wrapped. */
function wordsOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : wordsOf(child))).join('');
}

/** A title page is laid out by hand: its first line is the title, the rest is kept line by line. */
function titlePageOf(root: XmlElement): TitleEntry[] {
  const page = childNamed(root, 'TitlePage');
  const content = page && childNamed(page, 'Content');
  const lines = (content ? elementsIn(content) : []).map((paragraph) => ({ text: runsOf(paragraph, false).text, source: paragraph.source })).filter(({ text }) => text !== '');
  const [title, ...others] = lines;
  const [first] = others;
  if (title === undefined) return [];
  const rest = first === undefined ? [] : [{ key: 'Notes', values: others.map(({ text }) => text), source: { ...first.source, end: others.at(-1)?.source.end ?? first.source.end, endLine: others.at(-1)?.source.endLine ?? first.source.endLine } }];
  return [{ key: 'Title', values: [title.text], source: title.source }, ...rest];
}

function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return elementsIn(element).find((child) => child.name === name);
}
