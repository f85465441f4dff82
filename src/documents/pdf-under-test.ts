/** A word on a page of a test: where it stands, in tenths of an inch from the left and in lines of 12 points from the top. */
export interface WordOnPage {
  text: string;
  column: number;
  line: number;
  size?: number;
}

/** A plain PDF, as small as one can be, in Courier: each page with its words where they are said to stand. */
export function pdfOf(pages: readonly (readonly WordOnPage[])[], more: { trailer?: string; objects?: readonly string[] } = {}): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')}]/Count ${pages.length}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>',
    ...pages.flatMap((words, index) => {
      const content = words.map(({ text, column, line, size = 12 }) => `BT /F1 ${size} Tf ${(column * 7.2).toFixed(2)} ${792 - line * 12} Td (${escaped(text)}) Tj ET`).join('\n');
      return [`<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents ${5 + index * 2} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`, `<</Length ${Buffer.byteLength(content, 'latin1')}>>\nstream\n${content}\nendstream`];
    }),
    ...(more.objects ?? []),
  ];
  let body = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(body.length);
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${more.trailer ?? ''}>>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\()]/g, '\\$&').replaceAll('’', '\u0092');
}
