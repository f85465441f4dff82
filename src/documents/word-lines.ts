import { elementsIn, type XmlElement } from '../lib/read-xml.ts';
import type { DocumentLine } from './laid-out.ts';
import type { WordNames } from './word-names.ts';
import { isOn, layoutOf, valueOf, type WordLayout, type WordStyle } from './word-styles.ts';

const TWIPS_PER_TENTH_INCH = 144;
/** A tabulator goes to the next half inch. */
const TAB_TENTHS = 5;
/** Room before a paragraph that parts it from the one above, as a blank line of 12 points would. */
const GAP_TWIPS = 160;
/** Of paragraphs this share must be empty to say that empty ones part the others. */
const BLANKS_MEAN_SOMETHING = 0.1;

/** Wraps other things and says nothing itself. */
const WRAPPERS = new Set(['sdt', 'sdtContent', 'ins', 'moveTo', 'smartTag', 'customXml', 'hyperlink', 'fldSimple', 'tbl', 'tr', 'tc', 'ruby', 'rubyBase', 'dir', 'bdo', 'body', 'r', 'pict', 'object', 'txbxContent', 'subDoc']);

/** Walks the body of a Word document and puts down its lines. */
export class WordLines {
  private readonly lines: DocumentLine[] = [];
  private paragraphs = 0;
  private empties = 0;
  private pictures = 0;
  private gap = true;
  private readonly names: WordNames;
  private readonly styles: ReadonlyMap<string, WordStyle>;

  constructor(names: WordNames, styles: ReadonlyMap<string, WordStyle>) {
    this.names = names;
    this.styles = styles;
  }

  takeAll(element: XmlElement): void {
    for (const child of elementsIn(element)) {
      const name = this.names.local(child);
      if (name === 'p') this.takeParagraph(child);
      else if (name !== undefined ? WRAPPERS.has(name) : !child.name.endsWith(':Fallback')) this.takeAll(child);
    }
  }

  finish(): { lines: DocumentLine[]; wholeParagraphs: boolean; pictures: number } {
    return { lines: this.lines, wholeParagraphs: this.empties < this.paragraphs * BLANKS_MEAN_SOMETHING, pictures: this.pictures };
  }

  private takeParagraph(paragraph: XmlElement): void {
    this.paragraphs += 1;
    const number = this.paragraphs;
    const properties = this.names.child(paragraph, 'pPr');
    const styleId = properties && valueOf(properties, 'pStyle', this.names);
    const style = styleId === undefined ? undefined : this.styles.get(styleId);
    const layout: WordLayout = { ...style, ...(properties ? layoutOf(properties, this.names) : {}) };
    const { hidden, capitals } = { hidden: style?.hidden === true, capitals: style?.capitals === true };
    const boxes: XmlElement[] = [];
    const words = hidden ? '' : this.wordsOf(paragraph, capitals, boxes);
    if (words.trim() === '') {
      this.empties += 1;
      this.gap = true;
    } else {
      if ((layout.beforeTwips ?? 0) >= GAP_TWIPS) this.gap = true;
      this.addLines(words, number, layout, style?.name ?? styleId?.toLowerCase());
    }
    // What stands in a box of its own comes behind the paragraph that carries it.
    for (const box of boxes) this.takeAll(box);
  }

  private addLines(words: string, number: number, layout: WordLayout, style: string | undefined): void {
    for (const [index, line] of words.split('\n').entries()) {
      const text = line.replaceAll(/[\t\u00a0 ]+/g, ' ').trim();
      if (text === '') {
        this.gap = true;
        continue;
      }
      const twips = (layout.leftTwips ?? 0) + (index === 0 ? (layout.firstLineTwips ?? 0) : 0);
      const indent = twips / TWIPS_PER_TENTH_INCH + leadingTenths(line);
      this.lines.push({ text, indent, gap: this.gap, align: layout.align ?? 'left', number, ...(style === undefined ? {} : { style }) });
      this.gap = false;
    }
  }

  /** The words of a paragraph; `boxes` takes what stands in boxes beside them. */
  private wordsOf(element: XmlElement, capitals: boolean, boxes: XmlElement[]): string {
    let words = '';
    for (const child of elementsIn(element)) {
      const name = this.names.local(child);
      switch (name) {
        case 't':
          words += child.children.filter((part) => typeof part === 'string').join('');
          break;
        case 'tab':
        case 'ptab':
          words += '\t';
          break;
        case 'br':
        case 'cr':
          words += '\n';
          break;
        case 'noBreakHyphen':
          words += '-';
          break;
        case 'drawing':
        case 'pict':
        case 'object':
          this.pictures += 1;
          boxes.push(...this.boxesIn(child));
          break;
        case 'r': {
          const properties = this.names.child(child, 'rPr');
          if (properties && isOn(properties, 'vanish', this.names)) break;
          const inCapitals = properties && this.names.child(properties, 'caps') ? isOn(properties, 'caps', this.names) : capitals;
          const own = this.wordsOf(child, false, boxes);
          words += inCapitals ? own.toUpperCase() : own;
          break;
        }
        case undefined:
          // Of two ways to say the same, the second is for older programs.
          if (child.name.endsWith(':AlternateContent')) words += this.wordsOf(elementsIn(child)[0] ?? child, capitals, boxes);
          break;
        default:
          if (WRAPPERS.has(name)) words += this.wordsOf(child, capitals, boxes);
      }
    }
    return words;
  }

  private boxesIn(element: XmlElement): XmlElement[] {
    const found: XmlElement[] = [];
    for (const child of elementsIn(element)) {
      if (this.names.local(child) === 'txbxContent') found.push(child);
      else if (!child.name.endsWith(':Fallback')) found.push(...this.boxesIn(child));
    }
    return found;
  }
}

function leadingTenths(line: string): number {
  let tenths = 0;
  for (const sign of line) {
    if (sign === '\t') tenths = (Math.floor(tenths / TAB_TENTHS) + 1) * TAB_TENTHS;
    else if (/\s/u.test(sign)) tenths += 1;
    else break;
  }
  return tenths;
}
