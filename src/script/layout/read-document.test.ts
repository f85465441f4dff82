import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { docxOf, type WordParagraph } from '../../documents/docx-under-test.ts';
import { pdfOf, type WordOnPage } from '../../documents/pdf-under-test.ts';
import { StudioError } from '../../lib/errors.ts';
import { readScript } from '../read-script.ts';
import type { ReadScript, ScriptReading } from '../script-shot.ts';

const read = async (bytes: Uint8Array, name: string, as?: ScriptReading) => await readScript(bytes, { name, ...(as === undefined ? {} : { as }) });
/** Who says what in which scene; how that becomes shots is the segmenter's affair. */
const spoken = ({ shots }: ReadScript) => shots.filter(({ line }) => line !== undefined).map(({ scene, sceneHeading, line, cast }) => ({ scene, sceneHeading, line, cast }));
const paragraphsOf = ({ text }: ReadScript) => text.split(/\n{2,}/).map((paragraph) => paragraph.trim());

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

const SPOKEN = [
  { scene: 1, sceneHeading: 'INT. KITCHEN - DAY', line: 'You again. Come in, it is raining and I have fish.', cast: ['Anna'] },
  { scene: 2, sceneHeading: 'EXT. YARD - NIGHT', line: 'I never learned to drive, and nobody asked me to.', cast: ['Ben'] },
];

describe('a PDF of a screenplay', { timeout: 120_000 }, () => {
  it('is a screenplay by its columns; speeches go on over pages, and page furniture is gone', async () => {
    const script = await read(pdfOf(PRINTED), 'film.pdf');
    expect(script).toMatchObject({ reading: 'screenplay', format: 'pdf', origin: '.pdf' });
    expect(spoken(script).slice(0, 2)).toEqual(SPOKEN);
    expect([script.shots[0]?.place, script.shots.at(-1)?.place]).toEqual(['page 1, lines 1-2', expect.stringContaining('page 2')]);
    expect(script.text).toMatch(/He leaves\.[^]*Stay![^]*No, I\s+will not\./);
    expect(script.text).not.toMatch(/CONTINUED|MORE|CONT'D|\*/);
    expect(script.notes.join(' ')).toMatch(/THE END/);
  });

  it('is one without an ending to its name, too, and prose when told so', async () => {
    expect(spoken(await read(pdfOf(PRINTED), '-')).slice(0, 2)).toEqual(SPOKEN);
    expect((await read(pdfOf(PRINTED), 'film.pdf', 'prose')).reading).toBe('prose');
    expect((await read(pdfOf(PRINTED), 'film.pdf', 'shots')).reading).toBe('paragraphs');
  });

  it('keeps its title page out of the film', async () => {
    const title: WordOnPage[] = [{ text: 'NIGHT WATCH', column: 37, line: 20 }, { text: 'by', column: 41, line: 22 }, { text: 'A. B. Clarke', column: 36, line: 24 }];
    expect((await read(pdfOf([title, ...PRINTED]), 'film.pdf')).shots[0]).toMatchObject({ scene: 1, place: 'page 2, lines 1-2' });
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
    [1, 'Int. kitchen', 'You again. Come in.'],
    [1, 'Int. kitchen', undefined],
    [2, 'The yard', undefined],
  ];
  const scenes = (script: ReadScript) => script.shots.map(({ scene, sceneHeading, line }) => [scene, sceneHeading, line]);

  it('is one by the names of its styles, whatever the words look like', async () => {
    const script = await read(docxOf(lines.map(([style, text]) => ({ style, text }))), 'film.docx');
    expect(script).toMatchObject({ reading: 'screenplay', format: 'docx' });
    expect(scenes(script)).toEqual(film);
    expect(script.shots.map(({ place }) => place)).toEqual(['paragraphs 1-6', 'paragraphs 7-8', 'paragraphs 9-10']);
  });

  const plain = ['INT. KITCHEN - DAY', 'Anna cooks.', 'ANNA', '(to the cat)', 'You again.', 'The cat comes in.', 'CUT TO:', 'EXT. YARD - NIGHT', 'It rains.'];
  const plainFilm = [[1, 'INT. KITCHEN - DAY', 'You again.'], [1, 'INT. KITCHEN - DAY', undefined], [2, 'EXT. YARD - NIGHT', undefined]];

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
  it('of Word has a scene for each heading and each break', async () => {
    const script = await read(docxOf([{ text: 'The Lamp', style: 'heading 1' }, { text: 'The lamp went out.' }, { text: '' }, { text: 'Anna waited.' }, { text: '* * *' }, { text: 'Morning came.' }]), 'lamp.docx');
    expect(script).toMatchObject({ reading: 'prose', format: 'docx' });
    expect(script.shots.map(({ scene, sceneHeading, prompt, place }) => [scene, sceneHeading, prompt.split('.')[0], place])).toEqual([
      [1, 'The Lamp', 'The lamp went out', 'paragraph 2'],
      [1, 'The Lamp', 'Anna waited', 'paragraph 4'],
      [2, 'The Lamp', 'Morning came', 'paragraph 6'],
    ]);
  });

  it('of PDF has its paragraphs by indent, gap and short lines; words parted at line ends are whole again', async () => {
    const set = (lines: [string, number?][]): WordOnPage[] => lines.map(([text, indent = 0], index) => ({ text, column: 12 + indent, line: 8 + index }));
    const indented = set([['The lamp went out over the whole of the har-', 3], ['bour, and the well-known light of the pier'], ['was gone.'], ['Anna waited for a long time in the darkness', 3], ['of the pier, a well-'], ['known place.']]);
    expect(paragraphsOf(await read(pdfOf([indented]), 'a.pdf'))).toEqual(['The lamp went out over the whole of the harbour, and the well-known light of the pier was gone.', 'Anna waited for a long time in the darkness of the pier, a well-known place.']);
    const flush = set([['The lamp went out over the whole of the sea.'], ['It was'], ['dark.'], ['Anna waited for a long time in the darkness.']]);
    expect(paragraphsOf(await read(pdfOf([flush]), 'a.pdf'))).toEqual(['The lamp went out over the whole of the sea. It was dark.', 'Anna waited for a long time in the darkness.']);
  });

  it('goes on over the end of a page in the middle of a sentence', async () => {
    const first: WordOnPage[] = [{ text: 'The lamp went out over the', column: 12, line: 60 }];
    const second: WordOnPage[] = [{ text: 'harbour.', column: 12, line: 8 }, { text: 'Anna waited.', column: 12, line: 10 }];
    expect(paragraphsOf(await read(pdfOf([first, second]), 'a.pdf'))).toEqual(['The lamp went out over the harbour.', 'Anna waited.']);
  });

  it('loses no word, and its offsets point at what was read', async () => {
    const paragraph = fc.stringMatching(/^[A-Za-z][a-zA-Z ,'-]{0,60}[a-z]\.$/);
    await fc.assert(
      fc.asyncProperty(fc.array(paragraph, { minLength: 1, maxLength: 12 }), fc.boolean(), async (paragraphs, blanks) => {
        const script = await read(docxOf(paragraphs.flatMap((text) => (blanks ? [{ text }, { text: '' }] : [{ text }]))), 'a.docx', 'prose');
        const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
        expect(words(script.text)).toEqual(paragraphs.flatMap(words));
        expect(script.shots.flatMap(({ source }) => words(script.text.slice(source.start, source.end)))).toEqual(paragraphs.flatMap(words));
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
