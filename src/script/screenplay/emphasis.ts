import type { EmphasisSpan } from './screenplay.ts';

export interface PlainText {
  text: string;
  emphasis: EmphasisSpan[];
}

interface Opener {
  mark: '*' | '_';
  /** Marks that still wait for their partners, 1 to 3. */
  count: number;
  /** Where they stand among the pieces. */
  piece: number;
}

/** How many openers of each kind are open. */
type Waiting = Record<'*1' | '*2' | '*3' | '_1', number>;

const STYLES = { 1: 'italic', 2: 'bold', 3: 'bold-italic' } as const;
const HAS_MARKS = /[*_\\]/;

/**
 * Takes `*italic*`, `**bold**`, `***both***` and `_underline_` out of one line of Fountain and says where they were; `\*` and
 * `\_` are the signs themselves. A mark opens before a word and closes behind one, so `*69 and *23` has none. Every
 * mark is looked at a bounded number of times: the time grows with the length alone.
 */
export function plainLine(line: string): PlainText {
  if (!HAS_MARKS.test(line)) return { text: line, emphasis: [] };
  const pieces: string[] = [];
  const spans: { style: EmphasisSpan['style']; fromPiece: number; toPiece: number }[] = [];
  const openers: Opener[] = [];
  const waiting: Waiting = { '*1': 0, '*2': 0, '*3': 0, '_1': 0 };
  const key = ({ mark, count }: Pick<Opener, 'mark' | 'count'>) => `${mark}${count}` as keyof Waiting;

  /** Closes the nearest opener that waits for this many; what was opened inside it and not closed stays as it is written. */
  const close = (mark: Opener['mark'], count: number, at: number): void => {
    for (let opener = openers.pop(); opener !== undefined; opener = openers.pop()) {
      waiting[key(opener)] -= 1;
      if (opener.mark !== mark || opener.count !== count) continue;
      pieces[opener.piece] = pieces[opener.piece]?.slice(count) ?? '';
      spans.push({ style: mark === '_' ? 'underline' : STYLES[count as 1 | 2 | 3], fromPiece: opener.piece, toPiece: at });
      return;
    }
  };

  for (const token of line.matchAll(/\\[*_]|\*+|_+|\\|[^*_\\]+/g)) {
    const [sign] = token;
    const first = sign.charAt(0);
    if (first === '\\' && sign.length === 2) {
      pieces.push(sign.slice(1));
      continue;
    }
    if ((first !== '*' && first !== '_') || sign.length > (first === '*' ? 3 : 1)) {
      pieces.push(sign);
      continue;
    }
    const before = line.charAt(token.index - 1);
    const after = line.charAt(token.index + sign.length);
    const inWord = first === '_' && WORD.test(before) && WORD.test(after);
    let left = sign.length;
    if (!inWord && before !== '' && !BLANK.test(before)) {
      const at = pieces.length;
      for (const part of partsOf(first, left, waiting)) {
        splitThree(openers, waiting, part);
        close(first, part, at);
        left -= part;
      }
    }
    const opens = left > 0 && !inWord && after !== '' && !BLANK.test(after);
    if (opens) {
      openers.push({ mark: first, count: left, piece: pieces.length });
      waiting[key({ mark: first, count: left })] += 1;
    }
    pieces.push(first.repeat(left));
  }
  return joined(pieces, spans);
}

const WORD = /[\p{L}\p{N}]/u;
const BLANK = /\s/;

/** Which openers a closing run of this length takes, innermost first. */
function partsOf(mark: '*' | '_', count: number, waiting: Waiting): number[] {
  if (mark === '_') return waiting['_1'] > 0 ? [1] : [];
  if (waiting[`*${count as 1 | 2 | 3}`] > 0) return [count];
  if (count === 3) return waiting['*1'] > 0 && waiting['*2'] > 0 ? [1, 2] : [];
  return waiting['*3'] > 0 ? [count] : [];
}

/** `***a* b**` and `***a** b*`: the three that opened together close one after the other. */
function splitThree(openers: Opener[], waiting: Waiting, part: number): void {
  if (part === 3 || waiting[`*${part as 1 | 2}`] > 0) return;
  const index = openers.findLastIndex(({ mark, count }) => mark === '*' && count === 3);
  const three = openers[index];
  if (three === undefined) return;
  three.count = 3 - part;
  openers.splice(index + 1, 0, { mark: '*', count: part, piece: three.piece });
  waiting['*3'] -= 1;
  waiting['*1'] += 1;
  waiting['*2'] += 1;
}

function joined(pieces: readonly string[], spans: readonly { style: EmphasisSpan['style']; fromPiece: number; toPiece: number }[]): PlainText {
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.length;
  }
  starts.push(length);
  // An opener that keeps one of its marks shows it before the words: those begin behind it.
  const emphasis = spans.map(({ style, fromPiece, toPiece }) => ({ style, start: (starts[fromPiece] ?? 0) + (pieces[fromPiece]?.length ?? 0), end: starts[toPiece] ?? length }));
  return { text: pieces.join(''), emphasis: emphasis.sort((a, b) => a.start - b.start || b.end - a.end) };
}

const MARKS = { italic: '*', bold: '**', 'bold-italic': '***', underline: '_' } as const;

/**
 * The line as Fountain writes it. Emphasis that its marks cannot say (a bold word right behind an italic one) is left out; words
 * never are.
 */
export function markedLine({ text, emphasis }: PlainText): string {
  const plain = text.replaceAll(/[*_]/g, (sign) => `\\${sign}`);
  const marked = withMarks({ text, emphasis });
  // `a/*b*` would begin what is cut out.
  return marked.includes('/*') || marked.includes('*/') || !samePlain(plainLine(marked), { text, emphasis }) ? plain : marked;
}

function withMarks({ text, emphasis }: PlainText): string {
  const marks = new Map<number, string>();
  for (const { style, start } of emphasis) marks.set(start, `${marks.get(start) ?? ''}${MARKS[style]}`);
  // Inner spans close first: they stand later in the list.
  for (const { style, end } of emphasis.toReversed()) marks.set(end, `${marks.get(end) ?? ''}${MARKS[style]}`);
  let written = '';
  let from = 0;
  for (const [at, mark] of [...marks].sort(([a], [b]) => a - b)) {
    written += text.slice(from, at).replaceAll(/[*_]/g, (sign) => `\\${sign}`) + mark;
    from = at;
  }
  return written + text.slice(from).replaceAll(/[*_]/g, (sign) => `\\${sign}`);
}

function samePlain(a: PlainText, b: PlainText): boolean {
  return a.text === b.text && a.emphasis.length === b.emphasis.length && a.emphasis.every(({ style, start, end }, index) => style === b.emphasis[index]?.style && start === b.emphasis[index].start && end === b.emphasis[index].end);
}
