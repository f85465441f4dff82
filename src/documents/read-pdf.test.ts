import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import type { LaidOutDocument } from './laid-out.ts';
import { pdfOf } from './pdf-under-test.ts';
import { readPdf } from './read-pdf.ts';

const ACTION = 15;
const page = (number: number, ...words: string[]) => [
  { text: 'NIGHT WATCH', column: ACTION, line: 3 },
  { text: `${number}.`, column: 72, line: 3 },
  ...words.map((text, index) => ({ text, column: ACTION, line: 7 + index })),
];

describe('the lines of a PDF', { timeout: 120_000 }, () => {
  it('come in their order, with page, line and column, without heads and numbers of pages', async () => {
    const { lines, notes } = await readPdf(pdfOf([page(1, 'The sea is calm.', 'A boat lies still.'), page(2, 'Night falls.'), page(3, 'It rains.')]), 'a.pdf');
    expect(lines.map(({ text, page: on, number, indent }) => [text, on, number, Math.round(indent)])).toEqual([
      ['The sea is calm.', 1, 2, 15],
      ['A boat lies still.', 1, 3, 15],
      ['Night falls.', 2, 2, 15],
      ['It rains.', 3, 2, 15],
    ]);
    expect(notes).toEqual(['Heads, feet and numbers of pages are left out: 3 lines.']);
  });

  it('keep what stands high on a page and comes back there, when it is in the text', async () => {
    const { lines } = await readPdf(pdfOf([[{ text: 'MARA', column: 37, line: 7 }, { text: 'Yes.', column: 25, line: 8 }], [{ text: 'MARA', column: 37, line: 7 }, { text: 'No.', column: 25, line: 8 }]]), 'a.pdf');
    expect(lines.map(({ text }) => text)).toEqual(['MARA', 'Yes.', 'MARA', 'No.']);
  });

  it('leave the bytes as they were: a film from standard input is known by them', async () => {
    const bytes = pdfOf(Array.from({ length: 20 }, (_, index) => page(index + 1, 'The sea is calm, and the boats lie still along the pier.'.repeat(3))));
    const before = Buffer.from(bytes);
    // Larger than what Node keeps in its pool, which no thread can take.
    expect(bytes.length).toBeGreaterThan(Buffer.poolSize);
    await readPdf(bytes, '-');
    expect(bytes.equals(before)).toBe(true);
  });

  it('say where much room is within a line, and put words together that are printed one by one', async () => {
    const { lines } = await readPdf(pdfOf([[{ text: 'The', column: 15, line: 7 }, { text: 'sea', column: 19, line: 7 }, { text: 'is', column: 60, line: 7 }]]), 'a.pdf');
    expect(lines).toMatchObject([{ text: 'The sea is', parts: [{ text: 'The sea' }, { text: 'is' }] }]);
  });
});

describe('a PDF that is none, or a trap', { timeout: 120_000 }, () => {
  const encrypted = pdfOf([page(1, 'A fox.')], { trailer: `/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${'ab'.repeat(32)}>/U<${'cd'.repeat(32)}>>>/ID[<${'00'.repeat(16)}><${'00'.repeat(16)}>]` });
  const whole = pdfOf([page(1, 'A fox runs.'), page(2, 'It stops.')]);

  it.each<[string, Uint8Array, string, RegExp]>([
    ['one with a password', encrypted, 'SCRIPT_ENCRYPTED', /a PDF that opens only with its password/],
    ['pages without words', pdfOf([[], []]), 'SCRIPT_NO_WORDS', /its 2 pages are pictures, as scans are, or empty/],
    ['nothing but page numbers', pdfOf([[{ text: '1.', column: 72, line: 3 }], [{ text: '2.', column: 72, line: 3 }]]), 'SCRIPT_NO_WORDS', /nothing but numbers/],
    ['a beginning alone', Buffer.from('%PDF-1.7\n'), 'SCRIPT_BAD_PDF', /damaged/],
    ['noise', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5000, 0xa7)]), 'SCRIPT_BAD_PDF', /damaged/],
  ])('is refused with its reason: %s', async (_, bytes, code, message) => {
    await expect(readPdf(bytes, 'film.pdf')).rejects.toMatchObject({ code, message: expect.stringMatching(message), next: expect.stringMatching(/\w/), detail: { name: 'film.pdf' } });
  });

  it('is ended when it would take more memory or time than it may, and says after which page', async () => {
    // One page that unpacks to 300 million blanks.
    const flood = deflateSync(Buffer.alloc(300_000_000, 32), { level: 1 });
    const pdf = Buffer.concat([
      Buffer.from('%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<>>>>\nendobj\n'),
      Buffer.from(`4 0 obj\n<</Length ${flood.length}/Filter/FlateDecode>>\nstream\n`),
      flood,
      Buffer.from('\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n'),
    ]);
    await expect(readPdf(pdf, 'flood.pdf', { memoryBytes: 150 * 1024 ** 2 })).rejects.toMatchObject({ code: 'SCRIPT_BAD_PDF', message: expect.stringMatching(/more than 150 MB of memory, after page 0/) });
    await expect(readPdf(whole, 'slow.pdf', { timeoutMs: 1 })).rejects.toMatchObject({ code: 'SCRIPT_BAD_PDF', message: expect.stringMatching(/longer than 0.001 s, after page 0/) });
  });

  it('shows its beginning while the rest is not yet read, and is read no further when that is enough', async () => {
    const pages = Array.from({ length: 60 }, (_, index) => page(index + 1, `The boat passes buoy ${index + 1} and turns.`, 'Nobody is on the pier.'));
    const seen: (number | undefined)[] = [];
    const enough = new Error('enough');
    const look = (last: number) => ({ lines }: LaidOutDocument) => {
      seen.push(lines.at(-1)?.page);
      if (seen.length === last) throw enough;
    };
    await expect(readPdf(pdfOf(pages), 'long.pdf', { look: look(2), lookAfterLetters: 500 })).rejects.toBe(enough);
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBeLessThan(30);
    expect((await readPdf(pdfOf(pages), 'long.pdf', { look: look(Infinity), lookAfterLetters: 500 })).lines.at(-1)?.page).toBe(60);
  });

  it('is read or refused with one error, wherever it is spoilt', async () => {
    const spot = fc.tuple(fc.nat(whole.length - 1), fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(...Buffer.from('0123456789<>[]()/ R'))));
    await fc.assert(
      fc.asyncProperty(fc.array(spot, { minLength: 1, maxLength: 12 }), fc.nat(2 * whole.length), async (spots, cut) => {
        const spoilt = Buffer.from(whole);
        for (const [at, byte] of spots) spoilt[at] = byte;
        try {
          expect((await readPdf(spoilt.subarray(0, cut), 'a.pdf')).lines.length).toBeGreaterThan(0);
        } catch (error) {
          expect(StudioError.is(error), String(error)).toBe(true);
        }
      }),
      // Each takes a thread of its own, and half a second.
      { numRuns: 8 },
    );
  });
});
