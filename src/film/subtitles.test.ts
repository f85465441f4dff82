import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speakingTimeS, subtitlesOf, toSrt, toVtt } from './subtitles.ts';

const shot = (line: string | undefined, startS: number, endS: number) => ({ line, startS, endS });

describe('subtitles', () => {
  it('stand from the first frame of their shot for as long as the words take to say, and shots without words have none', () => {
    const [first, ...others] = subtitlesOf([shot(undefined, 0, 5), shot('She will be back.', 5, 10), shot('   ', 10, 15)]);
    expect(others).toEqual([]);
    expect(first).toEqual({ startS: 5, endS: 5 + speakingTimeS('She will be back.'), text: 'She will be back.' });
    expect(first!.endS).toBeCloseTo(6.21, 2);
  });

  it('are never shorter than can be read, and never longer than their shot', () => {
    expect(subtitlesOf([shot('No.', 0, 5)])).toEqual([{ startS: 0, endS: 1, text: 'No.' }]);
    expect(subtitlesOf([shot('No.', 0, 0.5)])).toEqual([{ startS: 0, endS: 0.5, text: 'No.' }]);
    const hurried = subtitlesOf([shot('This is far more than anybody could say while the picture is on the screen, and it is said all the same, every word of it, to the very end.', 2, 3.5)]);
    expect(hurried.length).toBeGreaterThan(1);
    expect([hurried[0]!.startS, hurried.at(-1)!.endS]).toEqual([2, 3.5]);
  });

  it('have at most two rows of 42 letters, of about equal length, and keep the line ends that were written', () => {
    expect(subtitlesOf([shot('The beam sweeps over a small boat that nobody has seen before tonight.', 0, 9)])[0]!.text).toBe('The beam sweeps over a small boat that\nnobody has seen before tonight.');
    expect(subtitlesOf([shot('- Not tonight.\r\n- Then when?', 0, 5)])[0]!.text).toBe('- Not tonight.\n- Then when?');
    expect(subtitlesOf([shot('u'.repeat(100), 0, 9)]).map(({ text }) => text.split('\n').map((row) => row.length))).toEqual([[40, 40], [20]]);
  });

  it('take scripts without spaces at their own pace', () => {
    expect(speakingTimeS('她会回来的')).toBeCloseTo(5 / 4.5);
    expect(subtitlesOf([shot('她'.repeat(30), 0, 20)])[0]!.text.split('\n').map((row) => row.length)).toEqual([18, 12]);
  });

  it('lose no word, keep their order and never overlap, whatever the lines and the shots', () => {
    const shots = fc.array(fc.record({ line: fc.oneof(fc.lorem({ maxCount: 40 }), fc.string({ unit: 'grapheme' })), lengthS: fc.double({ min: 0.04, max: 15, noNaN: true }) }), { maxLength: 12 });
    fc.assert(
      fc.property(shots, (list) => {
        let atS = 0;
        const spoken = list.map(({ line, lengthS }) => shot(line, atS, (atS += lengthS)));
        const subtitles = subtitlesOf(spoken);
        const letters = (text: string) => text.replaceAll(/[\s\p{Cc}]+/gu, '');
        expect(letters(subtitles.map(({ text }) => text).join(''))).toBe(letters(list.map(({ line }) => line).join('')));
        let lastS = 0;
        for (const { startS, endS, text } of subtitles) {
          expect(startS).toBeGreaterThanOrEqual(lastS - 1e-9);
          expect(endS).toBeGreaterThan(startS);
          expect(text.split('\n').length).toBeLessThanOrEqual(2);
          lastS = endS;
        }
        expect(lastS).toBeLessThanOrEqual(atS + 1e-9);
      }),
    );
  });
});

describe('subtitle files', () => {
  const subtitles = [
    { startS: 1.5, endS: 3.0004, text: 'Not <tonight> & never\nagain --> so' },
    { startS: 3723.042, endS: 3725, text: 'Zurück.' },
  ];

  it('SubRip: numbered, with a comma before the milliseconds', () => {
    expect(toSrt(subtitles)).toBe('1\n00:00:01,500 --> 00:00:03,000\nNot <tonight> & never\nagain → so\n\n2\n01:02:03,042 --> 01:02:05,000\nZurück.\n');
    expect(toSrt([])).toBe('');
  });

  it('WebVTT: with its head, a point, and what it would take for a mark escaped', () => {
    expect(toVtt(subtitles)).toBe('WEBVTT\n\n00:00:01.500 --> 00:00:03.000\nNot &lt;tonight&gt; &amp; never\nagain --&gt; so\n\n01:02:03.042 --> 01:02:05.000\nZurück.\n');
    expect(toVtt([])).toBe('WEBVTT\n');
  });
});
