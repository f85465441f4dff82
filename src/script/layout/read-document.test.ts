import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { docxOf, type WordParagraph } from '../../documents/docx-under-test.ts';
import { pdfOf, type WordOnPage } from '../../documents/pdf-under-test.ts';
import { StudioError } from '../../lib/errors.ts';
import { readScript } from '../read-script.ts';
import type { ReadScript, ScriptReading } from '../script-shot.ts';

const read = async (bytes: Uint8Array, name: string, as?: ScriptReading) => await readScript(bytes, { name, ...(as === undefined ? {} : { as }) });
const shown = ({ shots }: ReadScript) => shots.map(({ scene, sceneHeading, line, cast, place }) => ({ scene, sceneHeading, line, cast, place }));
const seen = ({ shots }: ReadScript) => shots.map(({ prompt }) => prompt);

const [ACTION, DIALOGUE, MANNER, CUE] = [15, 25, 31, 37];

/** A screenplay of two pages as programs for screenwriting print it. */
const PRINTED: WordOnPage[][] = [
  [
    { text: '1', column: 10, line: 7 },
    { text: 'INT. KITCHEN - DAY', column: ACTION, line: 7 },
    { text: '1', column: 75, line: 7 },
    { text: 'Anna cooks. The window is open and a cat looks in from', column: ACTION, line: 9 },
    { text: 'the yard, where it rains.', column: ACTION, line: 10 },
    { text: '*', column: 78, line: 10 },
    { text: 'ANNA', column: CUE, line: 12 },
    { text: '(to the cat, without', column: MANNER, line: 13 },
    { text: 'looking up)', column: MANNER, line: 14 },
    { text: 'You again. Come in, it is', column: DIALOGUE, line: 15 },
    { text: 'raining and I have fish.', column: DIALOGUE, line: 16 },
    { text: 'CUT TO:', column: 62, line: 18 },
    { text: '2', column: 10, line: 20 },
    { text: 'EXT. YARD - NIGHT', column: ACTION, line: 20 },
    { text: '2', column: 75, line: 20 },
    { text: 'It pours.', column: ACTION, line: 22 },
    { text: 'BEN', column: CUE, line: 55 },
    { text: 'I never learned to drive, and', column: DIALOGUE, line: 56 },
    { text: '(MORE)', column: CUE, line: 57 },
    { text: '(CONTINUED)', column: 62, line: 59 },
  ],
  [
    { text: '2', column: 10, line: 4 },
    { text: 'CONTINUED:', column: ACTION, line: 4 },
    { text: '2', column: 75, line: 4 },
    { text: "BEN (CONT'D)", column: CUE, line: 7 },
    { text: 'nobody asked me to.', column: DIALOGUE, line: 8 },
    { text: 'He leaves.', column: ACTION, line: 10 },
    { text: 'ANNA', column: 22, line: 12 },
    { text: 'BEN', column: 52, line: 12 },
    { text: 'Stay!', column: 16, line: 13 },
    { text: 'No, I', column: 46, line: 13 },
    { text: 'will not.', column: 46, line: 14 },
    { text: 'THE END', column: 39, line: 20 },
  ],
];

const FILM = [
  { scene: 1, sceneHeading: 'INT. KITCHEN - DAY', line: undefined, cast: undefined, place: 'page 1, lines 2-3' },
  { scene: 1, sceneHeading: 'INT. KITCHEN - DAY', line: 'You again. Come in, it is raining and I have fish.', cast: ['ANNA'], place: 'page 1, lines 4-8' },
  { scene: 2, sceneHeading: 'EXT. YARD - NIGHT', line: undefined, cast: undefined, place: 'page 1, line 11' },
  { scene: 2, sceneHeading: 'EXT. YARD - NIGHT', line: 'I never learned to drive, and nobody asked me to.', cast: ['BEN'], place: 'pages 1-2' },
];

describe('a PDF of a screenplay', { timeout: 120_000 }, () => {
  it('is a screenplay by its columns; speeches go on over pages, and page furniture is gone', async () => {
    const script = await read(pdfOf(PRINTED), 'film.pdf');
    expect(script).toMatchObject({ reading: 'screenplay', format: 'pdf', origin: '.pdf' });
    expect(shown(script).slice(0, 4)).toEqual(FILM);
    expect(seen(script).at(-1)).toMatch(/^He leaves\. ANNA says: “Stay!” BEN says: “No, I will not\.”/);
    expect(script.text).not.toMatch(/CONTINUED|MORE|CONT'D|\*/);
    expect(script.notes.join(' ')).toMatch(/THE END/);
  });

  it('is one without an ending to its name, too, and prose when told so', async () => {
    expect(shown(await read(pdfOf(PRINTED), '-')).slice(0, 4)).toEqual(FILM);
    expect((await read(pdfOf(PRINTED), 'film.pdf', 'prose')).reading).toBe('prose');
    expect((await read(pdfOf(PRINTED), 'film.pdf', 'shots')).reading).toBe('paragraphs');
  });

  it('keeps its title page out of the film', async () => {
    const title: WordOnPage[] = [{ text: 'NIGHT WATCH', column: 37, line: 20 }, { text: 'by', column: 41, line: 22 }, { text: 'A. B. Clarke', column: 36, line: 24 }];
    expect(shown(await read(pdfOf([title, ...PRINTED]), 'film.pdf'))[0]).toMatchObject({ scene: 1, place: 'page 2, lines 2-3' });
  });
});

describe('a Word document of a screenplay', () => {
  const lines: [string, string][] = [
    ['Scene Heading', 'Int. kitchen'],
    ['Action', 'Anna cooks.'],
    ['Character', 'Anna'],
    ['Parenthetical', '(to the cat)'],
    ['Dialogue', 'You again.'],
    ['Dialogue', 'Come in.'],
    ['Action', 'The cat comes in.'],
    ['Transition', 'CUT TO:'],
    ['Scene Heading', 'The yard'],
    ['Action', 'It rains.'],
  ];
  const film = [
    [1, 'Int. kitchen', undefined],
    [1, 'Int. kitchen', 'You again. Come in.'],
    [1, 'Int. kitchen', undefined],
    [2, 'The yard', undefined],
  ];
  const scenes = (script: ReadScript) => script.shots.map(({ scene, sceneHeading, line }) => [scene, sceneHeading, line]);

  it('is one by the names of its styles, whatever the words look like', async () => {
    const script = await read(docxOf(lines.map(([style, text]) => ({ style, text }))), 'film.docx');
    expect(script).toMatchObject({ reading: 'screenplay', format: 'docx' });
    expect(scenes(script)).toEqual(film);
    expect(script.shots.map(({ place }) => place)).toEqual(['paragraph 2', 'paragraphs 3-6', 'paragraph 7', 'paragraph 10']);
  });

  const plain = ['INT. KITCHEN - DAY', 'Anna cooks.', 'ANNA', '(to the cat)', 'You again.', 'The cat comes in.', 'CUT TO:', 'EXT. YARD - NIGHT', 'It rains.'];
  const plainFilm = [[1, 'INT. KITCHEN - DAY', undefined], [1, 'INT. KITCHEN - DAY', 'You again.'], [1, 'INT. KITCHEN - DAY', undefined], [2, 'EXT. YARD - NIGHT', undefined]];

  it('is one by its indents', async () => {
    const left: Record<string, number> = { ANNA: 3168, '(to the cat)': 2304, 'You again.': 1440 };
    const paragraphs = plain.map((text) => ({ text, left: left[text] ?? 0, ...(['(to the cat)', 'You again.'].includes(text) ? {} : { before: 240 }) }));
    expect(scenes(await read(docxOf(paragraphs), 'film.docx'))).toEqual(plainFilm);
    const tabbed = plain.map((text) => ({ text: `${'\t'.repeat((left[text] ?? 0) / 720)}${text}` }));
    expect(scenes(await read(docxOf(tabbed), 'film.docx'))).toEqual(plainFilm);
  });

  it('is one by the forms of its words: with blank paragraphs, with none, and with soft line ends', async () => {
    const speech = new Set(['(to the cat)', 'You again.']);
    const blanks: WordParagraph[] = plain.flatMap((text) => (speech.has(text) ? [{ text }] : [{ text: '' }, { text }]));
    expect(scenes(await read(docxOf(blanks), 'film.docx'))).toEqual(plainFilm);
    expect(scenes(await read(docxOf(plain.map((text) => ({ text }))), 'film.docx'))).toEqual(plainFilm);
    const soft = plain.reduce<string[]>((joined, text) => (speech.has(text) ? [...joined.slice(0, -1), `${joined.at(-1)}\n${text}`] : [...joined, text]), []);
    expect(scenes(await read(docxOf(soft.map((text) => ({ text }))), 'film.docx'))).toEqual(plainFilm);
  });
});

describe('a document of prose', { timeout: 120_000 }, () => {
  it('of Word is a paragraph a shot, a scene for each heading', async () => {
    const script = await read(docxOf([{ text: 'The Lamp', style: 'heading 1' }, { text: 'The lamp went out.' }, { text: '' }, { text: 'Anna waited.' }, { text: '* * *' }, { text: 'Morning came.' }]), 'lamp.docx');
    expect(script).toMatchObject({ reading: 'prose', format: 'docx' });
    expect(script.shots.map(({ scene, sceneHeading, prompt, place }) => [scene, sceneHeading, prompt, place])).toEqual([
      [1, 'The Lamp', 'The lamp went out.', 'paragraph 2'],
      [1, 'The Lamp', 'Anna waited.', 'paragraph 4'],
      [2, 'The Lamp', 'Morning came.', 'paragraph 6'],
    ]);
  });

  it('of PDF has its paragraphs by indent, gap and short lines; words parted at line ends are whole again', async () => {
    const set = (lines: [string, number?][]): WordOnPage[] => lines.map(([text, indent = 0], index) => ({ text, column: 12 + indent, line: 8 + index }));
    const indented = set([['The lamp went out over the whole of the har-', 3], ['bour, and the well-known light of the pier'], ['was gone.'], ['Anna waited for a long time in the darkness', 3], ['of the pier, a well-'], ['known place.']]);
    expect(seen(await read(pdfOf([indented]), 'a.pdf'))).toEqual(['The lamp went out over the whole of the harbour, and the well-known light of the pier was gone.', 'Anna waited for a long time in the darkness of the pier, a well-known place.']);
    const flush = set([['The lamp went out over the whole of the sea.'], ['It was'], ['dark.'], ['Anna waited for a long time in the darkness.']]);
    expect(seen(await read(pdfOf([flush]), 'a.pdf'))).toEqual(['The lamp went out over the whole of the sea. It was dark.', 'Anna waited for a long time in the darkness.']);
  });

  it('goes on over the end of a page in the middle of a sentence', async () => {
    const first: WordOnPage[] = [{ text: 'The lamp went out over the', column: 12, line: 60 }];
    const second: WordOnPage[] = [{ text: 'harbour.', column: 12, line: 8 }, { text: 'Anna waited.', column: 12, line: 10 }];
    expect(seen(await read(pdfOf([first, second]), 'a.pdf'))).toEqual(['The lamp went out over the harbour.', 'Anna waited.']);
  });

  it('loses no word, and its offsets point at what was read', async () => {
    const paragraph = fc.stringMatching(/^[A-Za-z][a-zA-Z ,'-]{0,60}[a-z]\.$/);
    await fc.assert(
      fc.asyncProperty(fc.array(paragraph, { minLength: 1, maxLength: 12 }), fc.boolean(), async (paragraphs, blanks) => {
        const script = await read(docxOf(paragraphs.flatMap((text) => (blanks ? [{ text }, { text: '' }] : [{ text }]))), 'a.docx', 'prose');
        expect(seen(script)).toEqual(paragraphs.map((text) => text.replaceAll(/\s+/g, ' ').trim()));
        for (const { source, prompt } of script.shots) expect(script.text.slice(source.start, source.end)).toBe(prompt);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a document of the wrong ending', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['film.docx', pdfOf(PRINTED), 'SCRIPT_WRONG_ENDING', /named like a Word document, but is a PDF/],
    ['film.pdf', docxOf([{ text: 'A fox.' }]), 'SCRIPT_WRONG_ENDING', /named like a PDF, but is a Word document/],
    ['film.pdf', Buffer.from('INT. DEN - DAY'), 'SCRIPT_WRONG_ENDING', /but is plain text/],
    ['film.docx', Buffer.from('{\\rtf1 hello}'), 'SCRIPT_WRONG_ENDING', /but is a rich text/],
    ['film.docx', new Uint8Array(), 'SCRIPT_EMPTY', /is empty/],
    ['film.txt', pdfOf(PRINTED), 'SCRIPT_NOT_TEXT', /it is a PDF/],
    ['film.md', docxOf([{ text: 'A fox.' }]), 'SCRIPT_NOT_TEXT', /zip archive/],
  ])('%s says what it is and what to do', async (name, bytes, code, message) => {
    await expect(read(bytes, name)).rejects.toMatchObject({ code, message: expect.stringMatching(message), next: expect.stringMatching(/\w/) });
  });

  it('is a Word document that is spoilt anywhere: read, or refused with one error', async () => {
    const whole = docxOf([{ text: 'INT. KITCHEN - DAY' }, { text: 'Anna cooks.' }, { text: 'ANNA' }, { text: 'You again.' }]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }), async (spots) => {
        const spoilt = Uint8Array.from(whole);
        for (const [at, byte] of spots) spoilt[at] = byte;
        try {
          expect((await read(spoilt, 'a.docx')).shots.length).toBeGreaterThan(0);
        } catch (error) {
          expect(StudioError.is(error), String(error)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
