import type { Paragraph } from './paragraphs.ts';
import type { TextRange } from './types.ts';

/** Words between quote marks, wherever they stand. */
export interface QuotedStretch {
  /** The words, without their marks: a range for each paragraph. */
  parts: TextRange[];
  /** With the marks. */
  outerStart: number;
  outerEnd: number;
  paragraph: number;
  /** The paragraph in which it ends. */
  lastParagraph: number;
  mark: 'double' | 'single' | 'guillemet' | 'corner';
  /** Not closed where it should be. */
  open: boolean;
  /** The marks of a quotation inside a quotation, outside of one: speech only where a tag says so. */
  secondary: boolean;
}

/** What closes each opening mark. German opens low and closes with what opens in English, or with the mark of a typewriter. */
const CLOSERS: Record<string, string> = { '“': '”', '„': '“”"', '«': '»', '»': '«', '"': '"', '「': '」', '『': '』', '‘': '’', '‚': "‘’'", "'": "'", '‹': '›', '›': '‹', '＂': '＂', '〝': '〟' };

const ALL_MARKS = new Set([...Object.keys(CLOSERS), '”', '’', '」', '』', '〟']);
/** Letters below these are no quote marks, but for the two of a typewriter. */
const FIRST_GUILLEMET = '«'.charCodeAt(0);
const FIRST_CURLY = '‘'.charCodeAt(0);
const [DOUBLE, APOSTROPHE] = [34, 39];
/** Marks whose opening and closing form differ, so that one inside another can be counted. */
const NESTS = new Set(['“', '「', '『', '«', '»', '„']);
const SINGLE = new Set(['‘', '‚', "'", '‹', '›']);
/** `'tis`, `'em`: an apostrophe for letters left out, not a quote mark. */
const ELISION = /^(?:tis|twas|twere|twill|twould|em|im|er|ere|un|uns|til|till|cause|bout|way|cept|nother|round|neath|gainst|longside|fore|stead|ouse|ome|alf|ope|ow|ear|ard|av|ave|is|e|s|d|ll|t|n|pon|low|fraid|nuff|most|specially|spose|scuse|course|cross|tween|twixt|mongst|pears|deed|board|kase|kerchief|cos|coz|\d0s|\d\d)(?![\p{L}\d])/iu;

/** How far a look ahead reads, so that no text makes it slow. */
const LOOK_AHEAD_LETTERS = 400;

export interface Marks {
  /** ' and ‘ are this text's quote marks; otherwise they stand inside of double ones. */
  singleFirst: boolean;
  /** »so«, as German books do, not «so». */
  guillemetsPointIn: boolean;
}

/** Whether a quote mark of any kind stands in a text; an apostrophe is one, as far as can be told by a letter. */
export function mayHoldQuotes(text: string): boolean {
  return /["“”„«»「」『』‘’‚'‹›＂〝〟]/.test(text);
}

/** Which marks a text uses, judged over the whole of it: one mark alone is ambiguous. */
export function marksOf(text: string): Marks {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const singles = /[‘'‚]/.test(text) ? count(/(?:^|[\s([{—–])[‘'](?=\p{Lu}(?:[^'’‘"“]|(?<=\p{L})['’](?=\p{L})){0,300}[.,!?;:—–-][’'](?:\s|$|[—–-]))/gmu) + count(/‚(?=\p{L})/gu) : 0;
  const doubles = singles === 0 ? 0 : count(/(?:^|[\s([{—–-])["“„«»「『](?=\S)/gmu) + count(/[「『]/g);
  const pointIn = text.includes('»') ? count(/(?:^|[\s(])»(?=[\p{L}\d…])/gmu) : 0;
  return { singleFirst: singles > doubles, guillemetsPointIn: pointIn > 0 && pointIn > count(/(?:^|[\s(])«/gmu) };
}

export function quotedStretches(text: string, paragraphs: readonly Paragraph[], marks: Marks): QuotedStretch[] {
  const found: QuotedStretch[] = [];
  let carried: QuotedStretch | undefined;
  for (const [number, paragraph] of paragraphs.entries()) {
    const scan = new ParagraphScan(text, paragraph, number, marks);
    found.push(...scan.read(carried));
    carried = scan.unclosed;
  }
  return found.flatMap((stretch) => withoutTelling(text, stretch, marks));
}

/** So many paragraphs that open with a guillemet again, and people who speak in them: somebody tells a tale. */
const TALE_PARAGRAPHS = 4;
const TALE_SPEECHES = 2;

/** What is said in a tale is speech of its own; the rest of it is told. */
function withoutTelling(text: string, stretch: QuotedStretch, marks: Marks): QuotedStretch[] {
  const { mark, parts, paragraph } = stretch;
  if (mark !== 'guillemet' || parts.length < TALE_PARAGRAPHS) return [stretch];
  const inside = parts.flatMap(([start, end], at) => new ParagraphScan(text, { start, end }, paragraph + at, marks).read(undefined).filter(({ open }) => !open));
  return inside.length < TALE_SPEECHES ? [stretch] : inside;
}

/** One paragraph, read from left to right once. */
class ParagraphScan {
  unclosed: QuotedStretch | undefined;
  /** Single marks behind which a sure closing one follows before the next opening one; and any closing one. */
  private readonly sureCloseFollows = new Set<number>();
  private readonly closeFollows = new Set<number>();

  private readonly text: string;
  private readonly paragraph: Paragraph;
  private readonly number: number;
  private readonly marks: Marks;

  constructor(text: string, paragraph: Paragraph, number: number, marks: Marks) {
    this.text = text;
    this.paragraph = paragraph;
    this.number = number;
    this.marks = marks;
    this.readFromTheRight();
  }

  /** The stretches that begin here; the one that was carried in is lengthened. */
  read(carried: QuotedStretch | undefined): QuotedStretch[] {
    const found: QuotedStretch[] = [];
    const { start, end } = this.paragraph;
    let open: QuotedStretch | undefined;
    let depth = 0;
    let at = start;
    let from = start;
    if (carried !== undefined && reopens(this.text.charAt(carried.outerStart), this.text.charAt(start))) {
      open = carried;
      at += 1;
      from = at;
    }
    for (; at < end; at += 1) {
      const code = this.text.charCodeAt(at);
      if (code < FIRST_GUILLEMET && code !== DOUBLE && code !== APOSTROPHE) continue;
      const mark = this.text.charAt(at);
      if (!ALL_MARKS.has(mark)) continue;
      const opener = open === undefined ? '' : this.text.charAt(open.outerStart);
      if (open === undefined || (open.secondary && !SINGLE.has(mark) && this.opens(at, mark))) {
        if (open !== undefined) found.pop();
        open = undefined;
        if (!this.opens(at, mark)) continue;
        depth = 0;
        from = at + 1;
        open = { parts: [], outerStart: at, outerEnd: end, paragraph: this.number, lastParagraph: this.number, mark: kindOf(mark), open: true, secondary: SINGLE.has(mark) && !this.marks.singleFirst };
        found.push(open);
      } else if (this.closes(at, mark, opener)) {
        if (depth > 0) depth -= 1;
        else {
          Object.assign(open, { outerEnd: at + 1, lastParagraph: this.number, open: false });
          open.parts.push([from, at]);
          open = undefined;
        }
      } else if (mark === opener && NESTS.has(mark)) depth += 1;
    }
    if (open?.secondary === true) found.pop();
    else if (open !== undefined) {
      Object.assign(open, { outerEnd: end, lastParagraph: this.number });
      open.parts.push([from, end]);
      this.unclosed = open;
    }
    return found;
  }

  private before(at: number): string {
    return at > this.paragraph.start ? this.text.charAt(at - 1) : '';
  }

  private after(at: number): string {
    return at + 1 < this.paragraph.end ? this.text.charAt(at + 1) : '';
  }

  private opens(at: number, mark: string): boolean {
    const [before, after] = [this.before(at), this.after(at)];
    if (mark === '「' || mark === '『' || mark === '“' || mark === '„') return true;
    if (mark === '«') return !this.marks.guillemetsPointIn;
    if (mark === '»') return this.marks.guillemetsPointIn;
    if (mark === '‹') return !this.marks.guillemetsPointIn;
    if (mark === '›') return this.marks.guillemetsPointIn;
    if (mark === '"' || mark === '＂') return after !== '' && !/\s/.test(after) && !/[\d\p{L}]/u.test(before);
    if (mark === '‘' || mark === '‚' || mark === "'") {
      const freeBefore = before === '' || /[\s([{—–"“«-]/.test(before);
      if (!freeBefore || after === '' || /[\s.,;:!?)]/.test(after)) return false;
      const rest = this.text.slice(at + 1, at + 16);
      // `'Is it?'` opens although 'is may be a dropped h: a capital opens, if something closes.
      return this.closeFollows.has(at) && (!ELISION.test(rest) || /^(?:Is|Way|Round|Most|Course|Till|Board|Ere|Low|Fore|Deed|Cross|E|S|D|T|N)\b/.test(rest));
    }
    return false;
  }

  private closes(at: number, mark: string, opener: string): boolean {
    if (!CLOSERS[opener]?.includes(mark)) return false;
    const [before, after] = [this.before(at), this.after(at)];
    if (mark === '"' || mark === '＂') return !(/\s/.test(before) && /[\p{L}\d]/u.test(after)) && !(opener === '„' && this.properCloseFollows(at));
    if (mark !== '’' && mark !== "'") return true;
    if (/\s/.test(before) || /[\p{L}\d]/u.test(after)) return false;
    if (isStrongBefore(before)) return true;
    // A letter before it: the quote's end or the boys' coats. It is the end when no surer one follows.
    return !this.sureCloseFollows.has(at);
  }

  /** A straight mark closes a low one as people type it, but not where the closing mark of print comes: `„Er rief "Halt" und ging.“` */
  private properCloseFollows(at: number): boolean {
    return /^[^“”„]*[“”]/u.test(this.text.slice(at + 1, Math.min(this.paragraph.end, at + 1 + LOOK_AHEAD_LETTERS)));
  }

  /** Look-aheads are answered once for the whole paragraph, so that no text makes them long. */
  private readFromTheRight(): void {
    let [sure, any] = [false, false];
    for (let at = this.paragraph.end - 1; at >= this.paragraph.start; at -= 1) {
      const code = this.text.charCodeAt(at);
      if (code < FIRST_CURLY && code !== APOSTROPHE) continue;
      const mark = this.text.charAt(at);
      if (mark !== "'" && mark !== '’' && mark !== '‘' && mark !== '‚') continue;
      if (sure) this.sureCloseFollows.add(at);
      if (any) this.closeFollows.add(at);
      const [before, after] = [this.before(at), this.after(at)];
      const mayOpen = mark !== '’' && (before === '' || /[\s([{—–-]/.test(before)) && /[\p{L}\d“"…]/u.test(after);
      if (mayOpen && !ELISION.test(this.text.slice(at + 1, at + 16))) [sure, any] = [false, false];
      else if (mark !== '‚' && !mayOpen && !/\s/.test(before) && !/[\p{L}\d]/u.test(after)) [sure, any] = [sure || isStrongBefore(before), true];
    }
  }
}

/** A speech that goes on in the next paragraph opens there again. */
const reopens = (first: string, mark: string): boolean => mark === first || (first === '«' && mark === '»');

const isStrongBefore = (before: string): boolean => /[.,!?;:…—–)\]”"-]/.test(before);

function kindOf(mark: string): QuotedStretch['mark'] {
  if (mark === '「' || mark === '『') return 'corner';
  if (mark === '«' || mark === '»') return 'guillemet';
  return SINGLE.has(mark) ? 'single' : 'double';
}
