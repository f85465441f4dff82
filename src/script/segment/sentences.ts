import type { TextRange } from '../../prompt/dialogue/index.ts';

const END = /[.!?…]+[”"’'»)\]]*(?=\s|$)|[。！？]+[”」』）]*/gu;
/** Nothing that is seen in one picture needs more words; a longer one is parted at the end of a clause, else between words. */
const LONGEST_SENTENCE = 400;
/** Before a full stop that ends no sentence. */
const ABBREVIATION = /(?:^|[\s("“«—–-])(?:mr|mrs|ms|dr|st|prof|sr|jr|capt|col|gen|lt|sgt|rev|hon|mt|vs|no|messrs|mme|mlle|etc|e\.g|i\.e|a\.m|p\.m)$/iu;
const INITIAL = /(?:^|[\s("“.])(?!I)\p{Lu}$/u;

/**
 * Sentences of a text, as ranges without the blanks between them. What goes on in small letters is the same sentence, so
 * `“Next one!” he shouted.` is one.
 * @param staysTogether whether nothing may be parted at this offset: inside a speech, or between it and its tag.
 */
export function sentenceRanges(text: string, staysTogether: (end: number) => boolean = () => false): TextRange[] {
  const ranges: TextRange[] = [];
  let start = 0;
  const add = (end: number): void => {
    const words = text.slice(start, end);
    const from = start + (words.length - words.trimStart().length);
    const to = start + words.trimEnd().length;
    if (from < to) ranges.push([from, to]);
    start = end;
  };
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (end <= start || staysTogether(end)) continue;
    const before = text.slice(Math.max(start, match.index - 12), match.index);
    if (match[0].startsWith('.') && !match[0].startsWith('..') && (ABBREVIATION.test(before) || INITIAL.test(before))) continue;
    if (/^\s+\p{Ll}/u.test(text.slice(end, end + 8))) continue;
    add(end);
  }
  add(text.length);
  return ranges;
}

/** A sentence as parts that are not too long for one picture. No word is lost. */
export function partsOfSentence(sentence: string): string[] {
  const parts: string[] = [];
  let start = 0;
  while (sentence.length - start > LONGEST_SENTENCE) {
    const words = sentence.slice(start, start + LONGEST_SENTENCE);
    const [clause, word] = [Math.max(...[';', ',', '—', '、', '，'].map((mark) => words.lastIndexOf(mark))), words.lastIndexOf(' ')];
    const end = start + (clause > words.length / 2 ? clause + 1 : word > words.length / 2 ? word + 1 : words.length);
    parts.push(sentence.slice(start, end).trim());
    start = end;
  }
  parts.push(sentence.slice(start).trim());
  return parts.filter((part) => part !== '');
}
