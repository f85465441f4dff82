import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestWord } from './nearest-word.ts';

const KNOWN = ['prompt', 'negative', 'model', 'duration', 'startFrame', 'KLING_API_KEY', 'KLING_SECRET_KEY'];

describe('nearestWord', () => {
  it.each([
    ['promt', 'prompt'],
    ['Prmopt', 'prompt'],
    ['start_frme', 'startFrame'],
    ['dur', 'duration'],
    ['KLING_APIKEY', 'KLING_API_KEY'],
    ['KLING_SECRETKEY', 'KLING_SECRET_KEY'],
    ['kling_api_kye', 'KLING_API_KEY'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearestWord(word, KNOWN)).toBe(meant);
  });

  it.each(['colour', '', '___', 'x', 'photograph of a duck'])('guesses nothing for %j', (word) => {
    expect(nearestWord(word, KNOWN)).toBeUndefined();
  });

  it('finds a word with one letter lost', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN), fc.nat(), (word, at) => {
        const index = at % word.length;
        expect(nearestWord(word.slice(0, index) + word.slice(index + 1), KNOWN)).toBe(word);
      }),
    );
  });
});
