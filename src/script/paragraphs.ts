import { StudioError } from '../lib/errors.ts';
import { MAX_PARAGRAPH_LENGTH } from './script-shot.ts';
import type { ScriptShot } from './script-shot.ts';

export interface Paragraph {
  /** Word for word, outer blanks taken off. */
  text: string;
  /** From 1, both inclusive. */
  startLine: number;
  endLine: number;
  /** UTF-16 offsets of `text`, end exclusive. */
  start: number;
  end: number;
}

/** Runs of lines between blank lines; a line of white space alone is blank. Expects `\n` line ends. */
export function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let open: Paragraph | undefined;
  let offset = 0;
  let lineNumber = 0;
  for (const line of text.split('\n')) {
    lineNumber += 1;
    const words = line.replaceAll(OUTER_BLANKS, '');
    if (words === '') {
      open = undefined;
    } else {
      const start = offset + line.indexOf(words);
      const end = start + words.length;
      if (open === undefined) {
        open = { text: '', startLine: lineNumber, endLine: lineNumber, start, end };
        paragraphs.push(open);
      }
      open.endLine = lineNumber;
      open.end = end;
    }
    offset += line.length + 1;
  }
  for (const paragraph of paragraphs) paragraph.text = text.slice(paragraph.start, paragraph.end);
  return paragraphs;
}

/** White space and the invisible joiners that web pages leave; `trim()` alone would keep a zero-width space as a shot. */
const OUTER_BLANKS = /^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g;
const HAS_WORDS = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/**
 * A shot per paragraph. A paragraph without a single letter, figure or picture sign (`* * *`, `---`) parts the others and is no shot.
 * @throws StudioError SCRIPT_TOO_LARGE for a paragraph beyond {@link MAX_PARAGRAPH_LENGTH}.
 */
export function shotsOfParagraphs(text: string, name: string): { shots: ScriptShot[]; notes: string[] } {
  const shots: ScriptShot[] = [];
  const notes: string[] = [];
  for (const { text: words, startLine, endLine, start, end } of paragraphsOf(text)) {
    if (words.length > MAX_PARAGRAPH_LENGTH) {
      throw new StudioError('SCRIPT_TOO_LARGE', `${name}: the paragraph at line ${startLine} has ${words.length} characters; one shot takes at most ${MAX_PARAGRAPH_LENGTH}.`, {
        next: 'Part the text with blank lines: each paragraph becomes one shot.',
        detail: { name, line: startLine, length: words.length },
      });
    }
    if (!HAS_WORDS.test(words)) {
      notes.push(`Line ${startLine} (${JSON.stringify(words.slice(0, 20))}) holds no words and is not a shot.`);
      continue;
    }
    shots.push({ scene: 1, prompt: words, source: { startLine, endLine, start, end }, text: words });
  }
  return { shots, notes };
}
