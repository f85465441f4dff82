import { paragraphsOf } from '../paragraphs.ts';
import type { Prose } from './prose.ts';

const HAS_WORDS = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
/** `CHAPTER I.`, `Kapitel 3: Der Hafen`, `IV.`, `Prologue`: above a part of a story, and no part of it. */
const PART_WORD = 'chapter|part|book|kapitel|teil|chapitre|partie|cap[ií]tulo|capitolo|parte|глава|часть';
const NUMBER = String.raw`\d{1,4}|[IVXLC]{1,7}|the \p{L}{3,12}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty)(?:-\p{L}{3,5})?|first|second|third|last`;
const HEADING = new RegExp(String.raw`^(?:(?:${PART_WORD})\s+(?:${NUMBER})[.:]?(?:\s*[–—:.\n-]\s*(?:(?:Mr|Mrs|Ms|Dr|St)\.|[^.!?\n]){1,60})?\.?|(?:prologue|epilogue|prolog|epilog)\.?|第[\p{N}一二三四五六七八九十百]{1,6}[章回部].{0,30})$`, 'iu');
const NUMERAL = /^[IVXLC]{1,7}\.?$/;
/** Lines set by hand in a book are shorter; a line beyond this is a paragraph of an editor that wraps by itself. */
const LONGEST_SET_LINE = 120;
/** An indent of two blanks or a tab begins a paragraph where the line before has none. */
const INDENT = /^(?: {2,}|\t|\u3000)/u;

/**
 * Prose as plain text: a blank line parts paragraphs; so does the end of a line where lines are as long as paragraphs, and an
 * indent where lines are set by hand. Expects `\n` line ends.
 */
export function proseOfText(text: string): Prose {
  const prose: Prose = { text, paragraphs: [], divisions: [] };
  const blocks = paragraphsOf(text);
  for (const [index, block] of blocks.entries()) {
    if (index === 0 && isTitleOfStory(block.text, blocks[1]?.text)) {
      prose.divisions.push({ start: block.start, end: block.end, kind: 'heading' });
      continue;
    }
    for (const { start, end } of partsOf(text, block)) {
      const words = text.slice(start, end);
      if (!HAS_WORDS.test(words)) prose.divisions.push({ start, end, kind: 'break' });
      else if (HEADING.test(words) || NUMERAL.test(words) || goesOnHeading(prose, start, words)) prose.divisions.push({ start, end, kind: 'heading' });
      else prose.paragraphs.push({ start, end });
    }
  }
  return prose;
}

/** `THE STRANGE MAN'S ARRIVAL` or `Out to Sea` right below `CHAPTER I`. */
function goesOnHeading({ divisions, paragraphs }: Prose, start: number, words: string): boolean {
  const last = divisions.at(-1);
  return last?.kind === 'heading' && last.start > (paragraphs.at(-1)?.start ?? -1) && start - last.end <= 6 && words.length <= 80 && (isInCapitals(words) || isTitle(words));
}

const isInCapitals = (words: string): boolean => !/\p{Ll}/u.test(words) && /\p{Lu}{2}/u.test(words);
/** `Out to Sea`: some words that end as no sentence does. */
const isTitle = (words: string): boolean => !/[.!?…,;:"”»—-]$/u.test(words) && words.split(/\s+/).length <= 8 && /^\p{Lu}/u.test(words) && /\s\p{Lu}/u.test(words);

/** In English a title has capitals; elsewhere it may have an article and no verb to tell it by, and is short. */
const IN_TITLE_CASE = /^\p{Lu}[\p{L}\p{M}’'-]*(?:\s(?:\p{Lu}[\p{L}\p{M}’'-]*|\p{N}+|of|the|a|an|and|in|on|at|to|for|from|by|de|du|des|del|della|di|da|et|und|y|e|la|le|el))*$/u;
const SHORT_WITH_ARTICLE = /^(?:Le|La|Les|L['’]\p{L}+|Un|Une|Der|Die|Das|Ein|Eine|El|Los|Las|Una|Il|Lo|Gli|Uno|Os?|As?)(?:\s[\p{L}\p{M}’'-]+){1,2}$/u;

/** `The Orchard` on a line of its own above a story: words that end as no sentence does, before a paragraph that does. */
function isTitleOfStory(words: string, next: string | undefined): boolean {
  if (next === undefined || !/[.!?…]["'”’»]?$/u.test(next) || next.length <= words.length * 2 || words.length > 80 || words.split(/\s/).length > 8 || words.includes('\n')) return false;
  return IN_TITLE_CASE.test(words) || SHORT_WITH_ARTICLE.test(words);
}

function partsOf(text: string, block: { start: number; end: number }): { start: number; end: number }[] {
  const lines: { start: number; end: number; words: string; indented: boolean }[] = [];
  // The first line of a block has lost its indent; it begins a paragraph anyway.
  let at = block.start;
  for (const line of text.slice(block.start, block.end).split('\n')) {
    const words = line.trim();
    const start = at + line.indexOf(words);
    lines.push({ start, end: start + words.length, words, indented: INDENT.test(line) });
    at += line.length + 1;
  }
  const longLines = lines.some(({ words }) => words.length > LONGEST_SET_LINE);
  const someIndented = lines.slice(1).some(({ indented }) => indented) && lines.slice(1).some(({ indented }) => !indented);
  const parts: { start: number; end: number }[] = [];
  for (const [index, { start, end, indented }] of lines.entries()) {
    const open = parts.at(-1);
    if (open === undefined || longLines || (someIndented && indented && lines[index - 1]?.indented !== true)) parts.push({ start, end });
    else open.end = end;
  }
  return parts;
}
