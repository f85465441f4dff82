import { readdirSync } from 'node:fs';
import { extractDialogue } from '../src/index.ts';
import { medianOf, ms, processorMs, times, type BenchRow } from './bench.ts';
import { fixturePath, readFixture } from './score/fixtures.ts';

const NOVEL_LETTERS = 1_000_000;
const LONGEST_NOVEL_MS = 1000;
/** Twice the text may take this much longer. */
const GROWTH_LIMIT = 2.3;

/** A novel of a megabyte in both styles, quote marks and dashes; and whether time grows with length alone. */
export async function benchDialogue(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [what, corpus, folder] of [['English, quote marks', 'litbank', 'excerpts'], ['French, dashes', 'aads_french', 'texts']] as const) {
    // Twice the same text, so that only the length differs: chapters differ in how much is said in them.
    const halfNovel = novelOf(corpus, folder, NOVEL_LETTERS / 2);
    const read = (text: string) => medianOf(5, () => processorMs(() => extractDialogue(text, { kind: 'prose' })));
    const [half, whole] = [await read(halfNovel), await read(halfNovel + halfNovel)];
    const growth = whole / half;
    rows.push({ what: `dialogue of a novel of 1 MB (${what})`, ours: ms(whole), against: `half of it ${ms(half)}; limits: ${ms(LONGEST_NOVEL_MS)}, ${GROWTH_LIMIT} ×`, ratio: times(growth), kept: whole <= LONGEST_NOVEL_MS && growth <= GROWTH_LIMIT });
  }
  return rows;
}

/** Chapters of all the books, taken in turn, so that the text is like all of them. */
function novelOf(corpus: string, folder: string, letters: number): string {
  const books = readdirSync(fixturePath('dialogue', corpus, folder)).map((name) => readFixture('dialogue', corpus, folder, name));
  const lettersOfEach = Math.ceil(letters / books.length);
  const sample = books.map((book) => book.slice(0, lettersOfEach)).join('\n\n');
  return sample.repeat(Math.ceil(letters / sample.length)).slice(0, letters);
}
