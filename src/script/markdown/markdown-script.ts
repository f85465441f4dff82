import { isPlaceHeading, standsLikeACue } from '../looks-like-screenplay.ts';
import { proseOfText } from '../prose/prose-of-text.ts';
import type { Prose } from '../prose/prose.ts';
import { markdownBlocks, type MarkdownBlock } from './markdown-blocks.ts';

export interface MarkdownScript {
  /** Its words as a story, each on its line of the file. */
  prose: Prose;
  /** Its words as Fountain reads a screenplay, each on its line of the file; a cue may stand a line lower, on its speech. */
  fountain: string;
  /** Sentences for a person. */
  notes: string[];
}

/** A Markdown text without its marks, line for line, so that a line of it is that line of the file. Expects `\n` line ends. */
export async function markdownScript(text: string): Promise<MarkdownScript> {
  const { blocks, leftOut } = await markdownBlocks(text);
  const lineCount = text.split('\n').length;
  const notes = leftOut.length === 0 ? [] : [`Left out, because it tells nothing: ${leftOut.slice(0, 5).map(({ line, what }) => `${what} (line ${line})`).join(', ')}${leftOut.length > 5 ? ` and ${leftOut.length - 5} more` : ''}.`];
  return { prose: proseOf(blocks, lineCount), fountain: fountainOf(blocks, lineCount), notes };
}

function proseOf(blocks: readonly MarkdownBlock[], lineCount: number): Prose {
  const lines = linesFor(blocks, lineCount);
  const text = lines.join('\n');
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + 1;
  }
  const prose: Prose = { text, paragraphs: [], divisions: [] };
  for (const { kind, lines: own } of blocks) {
    const first = own[0]?.number ?? 1;
    const last = own.at(-1)?.number ?? first;
    const start = starts[first - 1] ?? 0;
    const span = { start, end: (starts[last - 1] ?? 0) + (lines[last - 1]?.length ?? 0) };
    if (kind === 'heading') prose.divisions.push({ ...span, kind: 'heading' });
    else if (kind === 'break' || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text.slice(span.start, span.end))) prose.divisions.push({ ...span, kind: 'break' });
    // `CHAPTER I` is a heading in every prose, marked as one or not.
    else if (proseOfText(text.slice(span.start, span.end)).divisions.length > 0) prose.divisions.push({ ...span, kind: 'heading' });
    else prose.paragraphs.push(span);
  }
  return prose;
}

/**
 * Headings of scenes are plain lines there, other headings stay an outline. In Markdown a cue often is a paragraph of its own;
 * it goes down to the speech below it.
 */
function fountainOf(blocks: readonly MarkdownBlock[], lineCount: number): string {
  const cues = new Map<string, number>();
  for (const block of blocks) if (isCueAlone(block)) cues.set(wordsOf(block), (cues.get(wordsOf(block)) ?? 0) + 1);
  const placed = blocks.map((block) => ({ ...block, speaks: false, lines: block.lines.map((line) => ({ ...line })) }));
  for (let at = placed.length - 2; at >= 0; at -= 1) {
    const block = placed[at];
    const below = placed[at + 1];
    const line = block?.lines[0];
    const top = below?.lines[0];
    if (block === undefined || below?.kind !== 'paragraph' || line === undefined || top === undefined) continue;
    const cue = isCueAlone(block) && (block.bold || (cues.get(wordsOf(block)) ?? 0) > 1);
    const manner = block.lines.length === 1 && /^\([^()]*\)$/.test(line.words) && at > 0;
    const above = placed[at - 1];
    const speaks = cue && !isCueAlone(below);
    if (speaks || (manner && above !== undefined && isCueAlone(above))) {
      line.number = Math.max(line.number, top.number - 1);
      block.speaks = true;
    }
  }
  for (const block of placed) {
    const [line] = block.lines;
    if (block.kind === 'heading' && line && !block.speaks && !isPlaceHeading(line.words)) line.words = `${'#'.repeat(block.level)} ${line.words}`;
  }
  return linesFor(placed.filter(({ kind }) => kind !== 'break'), lineCount).join('\n');
}

function isCueAlone({ kind, lines }: MarkdownBlock): boolean {
  return kind !== 'break' && lines.length === 1 && standsLikeACue(lines[0]?.words ?? '');
}

function wordsOf({ lines }: MarkdownBlock): string {
  return lines.map(({ words }) => words).join(' ');
}

function linesFor(blocks: readonly MarkdownBlock[], lineCount: number): string[] {
  const lines = Array.from({ length: lineCount }, () => '');
  for (const block of blocks) {
    for (const { number, words } of block.lines) {
      const before = lines[number - 1];
      // Two items of a list may begin on one line.
      lines[number - 1] = before === undefined || before === '' ? words : `${before} ${words}`;
    }
  }
  return lines;
}
