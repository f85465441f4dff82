import { existsSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docxOf, docxParts, WORD } from '../documents/docx-under-test.ts';
import { pdfOf, type WordOnPage } from '../documents/pdf-under-test.ts';
import { openCliLab, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeAll(async () => {
  lab = await openCliLab();
});
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

const PAGE: WordOnPage[] = [
  { text: 'INT. KITCHEN - DAY', column: 15, line: 7 },
  { text: 'Anna cooks.', column: 15, line: 9 },
  { text: 'ANNA', column: 37, line: 11 },
  { text: 'You again.', column: 25, line: 12 },
];
const pdf = pdfOf([PAGE]);
const docx = docxOf([{ text: 'A fox runs over the hill.' }, { text: 'It stops.' }]);
const entities = `<!DOCTYPE w [\n<!ENTITY a "ha ha ha">\n<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">\n]><w:document ${WORD}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`;
const withPassword = pdfOf([PAGE], { trailer: `/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${'ab'.repeat(32)}>/U<${'cd'.repeat(32)}>>>/ID[<${'00'.repeat(16)}><${'00'.repeat(16)}>]` });

/** Name, content, the stable code, and what the message and the advice below it must say. */
const UGLY: [string, Uint8Array | string, string, RegExp, RegExp][] = [
  ['bomb.docx', zipSync({ ...docxParts([]), 'word/document.xml': new Uint8Array(60 * 1024 * 1024).fill(32) }), 'SCRIPT_BAD_DOCX', /more than 32 MB/, /save it again/],
  ['entities.docx', zipSync({ ...docxParts([]), 'word/document.xml': strToU8(entities) }), 'SCRIPT_BAD_DOCX', /line 1 of its words: it defines entities of its own/, /save it again/],
  ['cut-short.docx', docx.subarray(0, docx.length / 2), 'SCRIPT_BAD_DOCX', /damaged or cut short/, /save it again/],
  ['locked.docx', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from('EncryptedPackage', 'utf16le')]), 'SCRIPT_ENCRYPTED', /only with its password/, /without the password/],
  ['locked.pdf', withPassword, 'SCRIPT_ENCRYPTED', /only with its password/, /without the password/],
  ['scan.pdf', pdfOf([[], [], []]), 'SCRIPT_NO_WORDS', /its 3 pages are pictures/, /OCR/],
  ['broken.pdf', Buffer.concat([pdf.subarray(0, 20), Buffer.alloc(3000, 0xa7)]), 'SCRIPT_BAD_PDF', /damaged/, /plain text/],
  ['really-a-pdf.docx', pdf, 'SCRIPT_WRONG_ENDING', /named like a Word document, but is a PDF/, /ends in \.pdf/],
  ['really-a-docx.txt', docx, 'SCRIPT_NOT_TEXT', /zip archive/, /ends in \.docx/],
  ['utf-16.md', Buffer.from('A fox runs.', 'utf16le'), 'SCRIPT_NOT_TEXT', /UTF-16 without a byte order mark/, /UTF-8/],
  ['latin-1.md', Buffer.from('A fox.\n\nDer Fuchs läuft.', 'latin1'), 'SCRIPT_NOT_TEXT', /byte 20 \(0xe4, line 3\) is not UTF-8/, /UTF-8/],
  ['nested.fdx', `<FinalDraft>\n${'<a>'.repeat(500)}`, 'SCRIPT_BAD_FDX', /line 2: elements are nested more than 100 deep/, /Final Draft/],
  ['settings-only.md', '---\ntitle: Night Watch\n---\n\n<!-- nothing yet -->\n', 'SCRIPT_EMPTY', /tells nothing/, /paragraphs/],
];

describe('a script that cannot be read', { timeout: 120_000 }, () => {
  it.each(UGLY)('%s ends with 2, its reason and what to do, and leaves nothing behind', async (name, content, code, message, next) => {
    await lab.write(name, content);
    const run = await lab.run(['plan', name, '--json'], { env: lab.klingEnv });
    expect(run.exit).toBe(2);
    const error = run.json().find(({ type }) => type === 'error');
    expect(error).toMatchObject({ code, message: expect.stringMatching(message), next: expect.stringMatching(next) });
    expect(error!['message']).toContain(name);
    expect(existsSync(`${lab.folder}/${name.replace(/\.\w+$/, '.mp4')}`)).toBe(false);
  });

  it('of 50 MB is refused for its size, before it is read', async () => {
    await truncate(await lab.write('long.pdf', pdf), 50 * 1024 * 1024);
    expect(await lab.run(['plan', 'long.pdf'])).toMatchObject({ exit: 2, err: expect.stringMatching(/long\.pdf has 50\.0 MB; a script has at most 20 MB/) });
  });
});

describe('a document as a script', { timeout: 120_000 }, () => {
  it.each([
    ['film.pdf', pdf, 'a screenplay (.pdf)', ['page 1, lines 1-4']],
    ['story.docx', docx, 'prose (.docx)', ['paragraphs 1-2']],
    ['story.md', '# Hill\n\nA fox runs.\n\nIt stops.', 'prose (.md)', [null]],
  ])('%s is planned, with the reading it took and where each shot stands', async (name, content, reading, places) => {
    await lab.write(name, content);
    const run = await lab.run(['plan', name, '--json']);
    expect(run.exit).toBe(0);
    expect(run.json().find(({ type }) => type === 'plan')).toMatchObject({ reading });
    const shots = run.json().filter(({ type }) => type === 'shot');
    expect(shots.map((shot) => shot['place'])).toEqual(places);
  });

  it('is filmed, and not again when it has not changed', async () => {
    await lab.write('again.docx', docx);
    expect(await lab.run(['film', 'again.docx'])).toMatchObject({ exit: 0, out: expect.stringMatching(/Read as prose \(\.docx\): 1 shot/) });
    const again = await lab.run(['film', 'again.docx', '--json']);
    expect(again.json().at(-1)).toMatchObject({ type: 'summary', shots: 1, generated: 0, exit: 0 });
  });

  it('is drawn', async () => {
    await lab.write('drawn.pdf', pdf);
    expect(await lab.run(['animatic', 'drawn.pdf'])).toMatchObject({ exit: 0, out: expect.stringMatching(/Read as a screenplay \(\.pdf\): 1 shot[\s\S]*drawn\.animatic\.mp4/) });
  });
});
