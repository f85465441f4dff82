import { strToU8, zipSync } from 'fflate';

/** A paragraph of a test: `left` and `before` in twentieths of a point, as Word has them. */
export interface WordParagraph {
  text: string;
  style?: string;
  left?: number;
  before?: number;
  align?: string;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
export const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

export function paragraphXml({ text, style, left, before, align }: WordParagraph): string {
  const layout = [
    style === undefined ? '' : `<w:pStyle w:val="${style.replaceAll(' ', '')}"/>`,
    left === undefined ? '' : `<w:ind w:left="${left}"/>`,
    before === undefined ? '' : `<w:spacing w:before="${before}"/>`,
    align === undefined ? '' : `<w:jc w:val="${align}"/>`,
  ].join('');
  const words = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').split('\n').map((line) => `<w:t xml:space="preserve">${line}</w:t>`).join('<w:br/>');
  return `<w:p>${layout === '' ? '' : `<w:pPr>${layout}</w:pPr>`}${text === '' ? '' : `<w:r>${words}</w:r>`}</w:p>`;
}

/** The parts of a Word document with these paragraphs, or with a body as it is. */
export function docxParts(body: readonly WordParagraph[] | string): Record<string, Uint8Array> {
  const paragraphs = typeof body === 'string' ? [] : body;
  const styles = [...new Set(paragraphs.flatMap(({ style }) => style ?? []))].map((style) => `<w:style w:type="paragraph" w:styleId="${style.replaceAll(' ', '')}"><w:name w:val="${style}"/></w:style>`);
  const xml = typeof body === 'string' ? body : paragraphs.map(paragraphXml).join('');
  return {
    '[Content_Types].xml': strToU8(`${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`),
    '_rels/.rels': strToU8(`${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`),
    'word/document.xml': strToU8(`${HEAD}<w:document ${WORD}><w:body>${xml}</w:body></w:document>`),
    'word/styles.xml': strToU8(`${HEAD}<w:styles ${WORD}>${styles.join('')}</w:styles>`),
  };
}

export function docxOf(body: readonly WordParagraph[] | string, more: Record<string, Uint8Array> = {}): Uint8Array {
  return zipSync({ ...docxParts(body), ...more });
}
