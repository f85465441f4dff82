import type { FoundIssue } from '../../src/protocol/prompt-findings.ts';
import { lineStarts, type Place } from './text-places.ts';

/** Words of the text that are underlined. */
export interface Mark extends Place {
  severity: FoundIssue['severity'];
  /** The one whose fixes are shown. */
  current: boolean;
}

export interface MirrorWords {
  text: string;
  marks: readonly Mark[];
  /** Where each shot begins, with its slate; in order. */
  labels: readonly { at: number; slate: string }[];
  /** The shot that the cursor is in. */
  shown: Place | undefined;
}

interface Piece extends Place {
  className: string;
}

const SEVERITY_CLASSES: Record<FoundIssue['severity'], string> = { error: 'script-error', warning: 'script-warning', info: 'script-hint' };

/**
 * Draws the text that stands under a textarea, line by line, so that words in it can be underlined. Lines that are as they
 * were stay in the document: a key in a long script touches one of them.
 */
export class Mirror {
  private keys: string[] = [];
  private readonly container: HTMLElement;

  constructor(container: HTMLElement) {
    this.container = container;
  }

  draw(words: MirrorWords): void {
    const lines = linesOf(words);
    const keys = lines.map(({ key }) => key);
    let head = 0;
    while (head < keys.length && head < this.keys.length && keys[head] === this.keys[head]) head += 1;
    let tail = 0;
    while (tail < Math.min(keys.length, this.keys.length) - head && keys.at(-1 - tail) === this.keys.at(-1 - tail)) tail += 1;
    for (let last = this.keys.length - tail; last > head; last -= 1) this.container.children[last - 1]?.remove();
    const fresh = document.createDocumentFragment();
    for (const line of lines.slice(head, lines.length - tail)) fresh.append(lineElement(line));
    this.container.insertBefore(fresh, this.container.children[head] ?? null);
    this.keys = keys;
  }

  /** Where a line stands, in pixels from the top of the text. */
  topOfLine(line: number): number {
    const element = this.container.children[line];
    return element instanceof HTMLElement ? element.offsetTop : 0;
  }
}

interface Line {
  key: string;
  text: string;
  pieces: readonly Piece[];
  slate: string | undefined;
}

function linesOf({ text, marks, labels, shown }: MirrorWords): Line[] {
  const starts = lineStarts(text);
  let mark = 0;
  let label = 0;
  return starts.map((start, index) => {
    const end = (starts[index + 1] ?? text.length + 1) - 1;
    const own = text.slice(start, end);
    let slate: string | undefined;
    let more = 0;
    for (; label < labels.length && (labels[label]?.at ?? 0) <= end; label += 1) {
      if (slate === undefined) slate = labels[label]?.slate;
      else more += 1;
    }
    if (more > 0) slate = `${slate} +${more}`;
    while (mark < marks.length && (marks[mark]?.end ?? 0) <= start) mark += 1;
    const pieces: Piece[] = [];
    for (let next = mark; next < marks.length; next += 1) {
      const found = marks[next];
      if (!found || found.start >= end) break;
      pieces.push({ start: Math.max(0, found.start - start), end: Math.min(own.length, found.end - start), className: `${SEVERITY_CLASSES[found.severity]}${found.current ? ' script-current' : ''}` });
    }
    if (shown && shown.start < end && shown.end > start) pieces.push({ start: Math.max(0, shown.start - start), end: Math.min(own.length, shown.end - start), className: 'script-shot' });
    return { key: `${own}\n${slate ?? ''}\n${pieces.map((piece) => `${piece.start} ${piece.end} ${piece.className}`).join('\n')}`, text: own, pieces, slate };
  });
}

function lineElement({ text, pieces, slate }: Line): HTMLElement {
  const element = document.createElement('div');
  if (slate !== undefined) element.dataset['slate'] = slate;
  const borders = [...new Set([0, text.length, ...pieces.flatMap(({ start, end }) => [start, end])])].toSorted((one, other) => one - other);
  for (const [index, from] of borders.entries()) {
    const to = borders[index + 1];
    if (to === undefined) break;
    const names = pieces.filter((piece) => piece.start <= from && piece.end >= to).map(({ className }) => className);
    const words = text.slice(from, to);
    if (names.length === 0) {
      element.append(words);
      continue;
    }
    const span = document.createElement('span');
    span.className = names.join(' ');
    span.textContent = words;
    element.append(span);
  }
  return element;
}
