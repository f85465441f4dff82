import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speechesOf } from '../screenplay/speeches.ts';
import { readFountain } from './read-fountain.ts';

const said = (text: string) => readFountain(text).elements.map(({ kind, text: words }) => `${kind}: ${words}`);

describe('offsets', () => {
  it.each(['\n', '\r\n', '\r'])('point into the source as it was given, with line ends %j and a byte order mark', (lineEnd) => {
    const source = `\ufeffTitle: A\n\nINT. HOUSE - DAY #3#\n\n  She \u{1F600} waits.\nStill.\n\nMARA (V.O.) [[older]]\n(quiet)\nHello.\n  \nMore.`.replaceAll('\n', lineEnd);
    const { titlePage, elements } = readFountain(source);
    expect(titlePage.map(({ source: { start, end } }) => source.slice(start, end))).toEqual(['Title: A']);
    expect(elements.map(({ kind, source: { start, end, startLine, endLine }, lines }) => [kind, source.slice(start, end).replaceAll(lineEnd, '\n'), startLine, endLine, lines])).toEqual([
      ['heading', 'INT. HOUSE - DAY #3#', 3, 3, [3]],
      ['action', '  She \u{1F600} waits.\nStill.', 5, 6, [5, 6]],
      ['character', 'MARA (V.O.)', 8, 8, [8]],
      ['note', '[[older]]', 8, 8, [8]],
      ['parenthetical', '(quiet)', 9, 9, [9]],
      ['dialogue', 'Hello.\n  \nMore.', 10, 12, [10, 12]],
    ]);
  });

  const bare = (text: string) => text.split('\n').map((line) => line.trim()).join('\n');

  it('name for every letter of a text without marks where it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('MARA', 'He runs.', '', '  ', 'INT. HOUSE - DAY', 'CUT TO:', '日本 \u{1F600}', '\tx'), { maxLength: 20 }), (lines) => {
        const source = lines.join('\n');
        for (const { text, source: at } of readFountain(source).elements) expect(bare(source.slice(at.start, at.end))).toBe(bare(text));
      }),
    );
  });
});

describe('what a slip of the pen does not cost', () => {
  it('an opening mark without its end hides nothing', () => {
    expect(said('He [[waits.\n\nShe goes. /* now')).toEqual(['action: He [[waits.', 'action: She goes. /* now']);
  });

  it('a heading right below a transition, or at the end of a paragraph, still begins a scene', () => {
    expect(said('CUT TO:\nEXT. YARD - DAY\n\nRain.\nINT. HALL - NIGHT\n\nDark.')).toEqual(['transition: CUT TO:', 'heading: EXT. YARD - DAY', 'action: Rain.', 'heading: INT. HALL - NIGHT', 'action: Dark.']);
  });

  it('a remark on a line of its own does not end a speech', () => {
    const { elements } = readFountain('MARA\n[[check]]\nOne.\n[[really?]]\n/* old */\nTwo.');
    expect(speechesOf(elements)).toMatchObject([{ character: 'MARA', text: 'One.\nTwo.', lines: [1, 3, 6] }]);
  });

  it('a direction may go on over several lines, and an open one is spoken', () => {
    expect(said('MARA\n(to Tom, who\nis not there)\nHello.')).toEqual(['character: MARA', 'parenthetical: to Tom, who\nis not there', 'dialogue: Hello.']);
    expect(said('MARA\n(so\nHello.')).toEqual(['character: MARA', 'dialogue: (so\nHello.']);
  });

  it('French that begins with "Est" and words that only begin like a heading are action', () => {
    expect(said('Est il là ?\n\nInterior thoughts.\n\nEXTRA guards run.\n\nEST HARBOUR DAWN')).toEqual(['action: Est il là ?', 'action: Interior thoughts.', 'action: EXTRA guards run.', 'heading: EST HARBOUR DAWN']);
  });

  it('emphasis around a heading or a transition does not hide it', () => {
    expect(said('**INT. LAB - DAY**\n\n_CUT TO:_')).toEqual(['heading: INT. LAB - DAY', 'transition: CUT TO:']);
  });
});

describe('a speech', () => {
  it('has two sides only where two stand beside each other', () => {
    const sides = (text: string) => speechesOf(readFountain(text).elements).map(({ side }) => side ?? null);
    expect(sides('A\nx\n\nB ^\ny\n\nC\nz')).toEqual(['left', 'right', null]);
    expect(sides('A ^\nx\n\nHe goes.\n\nB ^\ny')).toEqual([null, null]);
  });

  it.each([
    ["MARA (V.O.) (CONT'D)", 'MARA', ['V.O.'], true],
    ['MARA (V.O., CONT’D)', 'MARA', ['V.O.'], true],
    ['MARA (cont)', 'MARA', [], true],
    ['MARA (CONTENT)', 'MARA', ['CONTENT'], false],
    ['MARA (O.S', 'MARA', ['O.S'], false],
    ['NURSE #2 (on the (old) radio)', 'NURSE #2', ['on the (old) radio'], false],
    ['**MARA** [[older]] (V.O.)', 'MARA', ['V.O.'], false],
    ['MARA /* or TOM */', 'MARA', [], false],
    ['GROSSMUTTER WEIß', 'GROSSMUTTER WEIß', [], false],
    ['ΆΝΝΑ', 'ΆΝΝΑ', [], false],
    ['MOM & DAD', 'MOM & DAD', [], false],
  ])('the cue %s names who speaks and how', (cue, character, extensions, continued) => {
    expect(speechesOf(readFountain(`${cue}\n*(softly)*\nYes.`).elements)).toMatchObject([{ character, extensions, continued, parentheticals: ['softly'], text: 'Yes.' }]);
  });

  it('ends with its paragraph: a lyric after a blank line is nobody’s', () => {
    expect(speechesOf(readFountain('A\n~ La\n\n~ Le').elements)).toMatchObject([{ character: 'A', text: 'La' }]);
  });
});

describe('any text', () => {
  it('is read without an error, and no word of it is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\u{1F600}', ...'aB1 \n\t*_~@!>#=.()[]^/\\:\r'.split('')), maxLength: 200 }), (text) => {
        const { titlePage, elements } = readFountain(text);
        const kept = [...titlePage.flatMap(({ key, values }) => [key, ...values]), ...elements.map((element) => `${element.text}${element.kind === 'heading' ? (element.sceneNumber ?? '') : ''}`)].join('');
        const letters = (words: string) => [...words.matchAll(/[aB1\u{1F600}]/gu)].length;
        expect(letters(kept)).toBe(letters(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['*', '(', '[[', '/*', '[[*]]', '_a ', '***a** ', '(\n', '/*\n', '[[a\n\n', '\n\nA\n(a\n', '#a#', ' ', '\\*', 'A ^\nB\n\n', '*a _b* c_ '])('100 kB of %j take time by their length', (unit) => {
    const time = (length: number) => {
      const text = unit.repeat(length / unit.length);
      const before = process.cpuUsage();
      readFountain(text);
      return process.cpuUsage(before).user / 1000;
    };
    time(10_000); // warm
    const short = Math.max(time(25_000), 20);
    expect(time(100_000), 'milliseconds; four times the length may take sixteen only where the square is at work').toBeLessThan(short * 12);
  });
});
