import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameFinder } from './name-finder.ts';

const foundIn = (names: string[], text: string) => nameFinder(names)(text).map(({ start, end }) => text.slice(start, end));

describe('names in a text', () => {
  it('are found as whole words, the longest that fits, across line breaks', () => {
    expect(foundIn(['Ann', 'Ann Lee', 'MR. COLE', 'O’Hara'], 'Annie and Ann\nLee met MR. COLE. Ann_2, O’Hara and Ann left.')).toEqual(['Ann\nLee', 'MR. COLE', 'O’Hara', 'Ann']);
    expect(foundIn(['’Arry', '(X)', '王芳'], 'It was ’Arry, said (X). 王芳问 王芳。')).toEqual(['’Arry', '(X)', '王芳']);
  });

  it('are where one search for all of them together finds them', () => {
    const name = fc.array(fc.constantFrom('Ann', 'Lee', 'Bo', 'ANN', 'de', 'Ümit', '2'), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const text = fc.array(fc.constantFrom('Ann', 'Lee', 'Bo', 'ANN', 'de', 'Ümit', '2', ' ', '  ', '\n', ',', '’s ', '_', 'x'), { maxLength: 40 }).map((words) => words.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), text, (names, words) => {
        const together = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}_])(?:${names.toSorted((a, b) => b.length - a.length).map((one) => one.replaceAll(' ', String.raw`\s+`)).join('|')})(?![\p{L}\p{M}\p{N}_])`, 'gu');
        expect(foundIn(names, words)).toEqual(words.match(together) ?? []);
      }),
    );
  });
});
