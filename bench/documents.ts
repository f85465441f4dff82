import { strToU8, zipSync } from 'fflate';
import { readDocx } from '../src/documents/index.ts';
import { medianOf, ms, processorMs, times, type BenchRow } from './bench.ts';

const PARAGRAPHS = 20_000;
const LIMIT_MS = 1_000;
/** Twice the paragraphs may take this much longer. */
const GROWTH_LIMIT = 2.3;
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** A Word document of a long book: all its words stand in one line. */
export async function benchDocuments(): Promise<BenchRow[]> {
  const read = (paragraphs: number) => {
    const bytes = wordDocument(paragraphs);
    return medianOf(5, () => processorMs(() => readDocx(bytes, 'book.docx')));
  };
  await read(PARAGRAPHS / 2);
  const [half, whole] = [await read(PARAGRAPHS / 2), await read(PARAGRAPHS)];
  const growth = whole / half;
  return [{ what: `a Word document of ${PARAGRAPHS.toLocaleString('en')} paragraphs (processor)`, ours: ms(whole), against: `half of it ${ms(half)}; limits: ${ms(LIMIT_MS)}, ${GROWTH_LIMIT} ×`, ratio: times(growth), kept: whole <= LIMIT_MS && growth <= GROWTH_LIMIT }];
}

function wordDocument(paragraphs: number): Uint8Array {
  const body = Array.from({ length: paragraphs }, (_, index) => `<w:p><w:pPr><w:ind w:left="720"/></w:pPr><w:r><w:t xml:space="preserve">${index}: a fisherman hauls a net onto a small wooden boat at dawn.</w:t></w:r></w:p>`).join('');
  return zipSync({ 'word/document.xml': strToU8(`<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`) });
}
