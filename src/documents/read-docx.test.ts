import { strToU8, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { docxOf, docxParts, paragraphXml, WORD } from './docx-under-test.ts';
import { readDocx } from './read-docx.ts';

const texts = async (body: Parameters<typeof docxOf>[0]) => (await readDocx(docxOf(body), 'a.docx')).lines.map(({ text }) => text);
const run = (words: string, properties = '') => `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t>${words}</w:t></w:r>`;

describe('the words of a Word document', () => {
  it('are put together from their runs, links, insertions and tables; what is deleted or hidden is gone', async () => {
    const body = [
      `<w:p>${run('Anna ')}<w:hyperlink>${run('waits')}</w:hyperlink><w:ins>${run(' in the')}</w:ins><w:del><w:r><w:delText> a</w:delText></w:r></w:del>${run(' dark')}${run(' secretly', '<w:vanish/>')}${run('.')}</w:p>`,
      `<w:tbl><w:tr><w:tc>${paragraphXml({ text: 'One cell.' })}</w:tc><w:tc>${paragraphXml({ text: 'Another.' })}</w:tc></w:tr></w:tbl>`,
      `<w:sdt><w:sdtContent>${paragraphXml({ text: 'In a box for forms.' })}</w:sdtContent></w:sdt>`,
      `<w:p>${run('Loud', '<w:caps/>')}<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:noBreakHyphen/><w:t>voice</w:t></w:r></w:p>`,
    ].join('');
    expect(await texts(body)).toEqual(['Anna waits in the dark.', 'One cell.', 'Another.', 'In a box for forms.', 'LOUD-voice']);
  });

  it('of a drawing are said once, although it is there a second time for older programs', async () => {
    const box = (words: string) => `<w:txbxContent>${paragraphXml({ text: words })}</w:txbxContent>`;
    const mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
    expect(await texts(`<w:p ${mc}>${run('Before.')}<w:r><mc:AlternateContent><mc:Choice><w:drawing>${box('In it.')}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box('In it.')}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`)).toEqual(['Before.', 'In it.']);
  });

  it('stand where the paragraph, its style or its tabs put them', async () => {
    const { lines, wholeParagraphs } = await readDocx(docxOf([{ text: 'ACTION', left: 0 }, { text: '\tMARA', style: 'Anything' }, { text: 'Hello.\nAgain.', left: 1440, before: 240 }, { text: 'END', align: 'center' }]), 'a.docx');
    expect(lines.map(({ text, indent, gap, align, number }) => [text, indent, gap, align, number])).toEqual([
      ['ACTION', 0, true, 'left', 1],
      ['MARA', 5, false, 'left', 2],
      ['Hello.', 10, true, 'left', 3],
      ['Again.', 10, false, 'left', 3],
      ['END', 0, false, 'centre', 4],
    ]);
    expect(lines[1]!.style).toBe('anything');
    expect(wholeParagraphs).toBe(true);
  });

  it('are found under any prefix, in the strict form, and where the archive says the document is', async () => {
    const strict = `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>Strict.</x:t></x:r></x:p></x:body></x:document>`;
    const parts = docxParts([{ text: 'x' }]);
    delete parts['word/document.xml'];
    const moved = { ...parts, 'word/document2.xml': strToU8(strict), '_rels/.rels': strToU8('<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>') };
    expect((await readDocx(zipSync(moved), 'a.docx')).lines.map(({ text }) => text)).toEqual(['Strict.']);
  });

  it('are gone through once, although Word puts a whole book into one line', async () => {
    const bytes = docxOf(Array.from({ length: 300 }, (_, index) => ({ text: `Paragraph ${index}.`, left: 720 })));
    const sought = vi.spyOn(String.prototype, 'indexOf');
    try {
      expect((await readDocx(bytes, 'a.docx')).lines).toHaveLength(300);
      // Once in each of its two parts: whoever looks for the end of the line at every tag reads the rest of the book each time.
      expect(sought.mock.calls.filter(([sign]) => sign === '\n').length).toBeLessThanOrEqual(2);
    } finally {
      sought.mockRestore();
    }
  });

  it('are read beside macros, which are left alone', async () => {
    expect((await readDocx(docxOf([{ text: 'A fox.' }], { 'word/vbaProject.bin': strToU8('AutoOpen') }), 'a.docm')).notes).toEqual([expect.stringContaining('macros')]);
  });
});

describe('a Word document that is none, or a trap', () => {
  const oldContainer = (words: string) => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from(words, 'utf16le')]);
  const bomb = `<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document ${WORD}><w:body/></w:document>`;
  const whole = docxOf([{ text: 'A fox runs over the hill.' }]);
  const empty = Object.fromEntries(Object.entries(docxParts([])));

  it.each<[string, Uint8Array, string, RegExp]>([
    ['an encrypted one', oldContainer('EncryptedPackage'), 'SCRIPT_ENCRYPTED', /opens only with its password/],
    ['one of the old kind', oldContainer('WordDocument'), 'SCRIPT_BAD_DOCX', /old format of Word/],
    ['one cut short', whole.subarray(0, whole.length - 40), 'SCRIPT_BAD_DOCX', /damaged or cut short/],
    ['a table', zipSync({ 'xl/workbook.xml': strToU8('<x/>') }), 'SCRIPT_BAD_DOCX', /an Excel table: save it as CSV/],
    ['an archive of pictures', zipSync({ 'a.jpg': strToU8('x') }), 'SCRIPT_BAD_DOCX', /an archive without a Word document/],
    ['one with entities', zipSync({ ...empty, 'word/document.xml': strToU8(bomb) }), 'SCRIPT_BAD_DOCX', /line 1 of its words: it defines entities/],
    ['broken XML', zipSync({ ...empty, 'word/document.xml': strToU8(`<w:document ${WORD}>\n<w:body>\n<w:p>`) }), 'SCRIPT_BAD_DOCX', /line 3 of its words: <w:p> is never closed/],
    ['words in no encoding', zipSync({ ...empty, 'word/document.xml': Uint8Array.of(0x3c, 0xff, 0xff) }), 'SCRIPT_BAD_DOCX', /no known encoding/],
    ['nested ones', docxOf('<w:sdt>'.repeat(200) + '</w:sdt>'.repeat(200)), 'SCRIPT_BAD_DOCX', /nested more than 100 deep/],
    ['another vocabulary', zipSync({ ...empty, 'word/document.xml': strToU8('<html><body/></html>') }), 'SCRIPT_BAD_DOCX', /no document of Word's/],
    ['an empty one', docxOf([{ text: '' }]), 'SCRIPT_NO_WORDS', /it is empty/],
    ['one of pictures', docxOf('<w:p><w:r><w:drawing/></w:r></w:p>'), 'SCRIPT_NO_WORDS', /it has pictures and no text/],
  ])('is refused with its reason: %s', async (_, bytes, code, message) => {
    await expect(readDocx(bytes, 'film.docx')).rejects.toMatchObject({ code, message: expect.stringMatching(message), next: expect.stringMatching(/\w/), detail: { name: 'film.docx' } });
  });

  it('never unpacks to more than it may, whatever it says about its size', async () => {
    const large = zipSync({ ...empty, 'word/document.xml': new Uint8Array(40 * 1024 * 1024).fill(32) });
    expect(large.length).toBeLessThan(100_000);
    await expect(readDocx(large, 'bomb.docx')).rejects.toMatchObject({ code: 'SCRIPT_BAD_DOCX', message: expect.stringContaining('more than 32 MB') });
    // The table says 100 bytes, the part holds 40 million.
    const lying = Buffer.from(large);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(40 * 1024 * 1024);
    for (let at = lying.indexOf(size); at >= 0; at = lying.indexOf(size, at + 4)) lying.writeUInt32LE(100, at);
    await expect(readDocx(lying, 'bomb.docx')).rejects.toMatchObject({ code: 'SCRIPT_BAD_DOCX' });
  });
});
