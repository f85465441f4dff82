import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cells, hanging, oneLine, printable } from './printable.ts';

describe('foreign words on a terminal', () => {
  it('cannot move the cursor, change colours or ring', () => {
    expect(printable('\u001B[2Jred\u0007\u009B31m\r\tx')).toBe(' [2Jred  31m  x');
    expect(printable('two\nlines')).toBe('two\nlines');
  });

  it.each([
    ['an override', 'A cat \u202Eexe.evil\u202C runs', 'A cat exe.evil runs'],
    ['an embedding', '\u202AA\u202BB\u202DC', 'ABC'],
    ['an isolate', 'a\u2066b\u2067c\u2068d\u2069e', 'abcde'],
    ['a mark', 'a\u200Eb\u200Fc\u061Cd', 'abcd'],
  ])('cannot turn the direction of what follows: %s', (_, foreign, shown) => {
    expect(printable(foreign)).toBe(shown);
  });

  it('keep their own letters, from right to left or joined', () => {
    const kept = 'שלום عليكم می‌خواهم 👩‍🚀 café';
    expect(printable(kept)).toBe(kept);
  });

  it('hold no letter that steers a terminal, whatever they were, in whole or cut to a line', () => {
    const steering = /[\p{Cc}\p{Bidi_Control}]/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        expect(steering.test(printable(text).replaceAll('\n', ''))).toBe(false);
        expect(steering.test(oneLine(text, width))).toBe(false);
      }),
    );
    // What a random text seldom holds.
    const letters = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code));
    expect(letters.filter((letter) => letter !== '\n' && steering.test(printable(letter)))).toEqual([]);
  });
});

describe('a long line', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'ß', '猫', '.'), minLength: 1, maxLength: 12 });

  it('is broken between words for a terminal: nothing is lost, and no line is wider than it', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.constantFrom('  S01_SH02 T01: ', '    ', ' '.repeat(36)), fc.integer({ min: 64, max: 120 }), (words, prefix, columns) => {
        const lines = hanging(prefix, words.join(' '), 4, { isTTY: true, columns });
        expect(lines.join(' ').split(/\s+/).join(' ').trim()).toBe(`${prefix}${words.join(' ')}`.trim());
        expect(Math.max(...lines.map((line) => cells(line)))).toBeLessThanOrEqual(columns);
        expect(lines.slice(1).every((line) => /^ {4}\S/.test(line))).toBe(true);
      }),
    );
  });

  it('stays whole in a file or a pipe', () => {
    expect(hanging('  a: ', 'word '.repeat(99), 4, {})).toHaveLength(1);
  });
});
