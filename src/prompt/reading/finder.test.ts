import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Finder } from './finder.ts';
import { signsOf } from './signs.ts';
import { spansOf } from './text.ts';

/** Every way to write a pattern that the rules use, and some that they might. */
const PATTERNS: readonly RegExp[] = [
  /\b(?:stab(?:s|bed|bing)?(?! at)|strangl(?:es?|ed|ing))\b|流血/gi,
  /(?<![\p{L}])(?:Mickey(?: Mouse)|Pok[ée]mon|R2-?D2)(?:['’]s)?(?![\p{L}])/gu,
  /(?:(?:the )?same )?(?:as|like) (?:before|above)\b/gi,
  /\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{0,60}\}|_{4,}/g,
  /\b([\p{L}]{2,}(?:\s[\p{L}]{2,}){0,3})(?:[\s,]+\1\b){1,}/gu,
  /ab{0,3}c|x+yz|q{2,3}/g,
  /\b(two|[2-9]|1[0-2])((?:\s+[\p{L}'’-]+){1,3})/gu,
  /(?<year>\d{4}) a\.d\.|night(?! ?(?:gown|cap))/gi,
  /strasse|kiss/giu,
  /(?:a|b)?c?/g,
  /\u0041\x42[c-e]|\[(?:name|x)\]/g,
];
const PIECES = ['stab', 'stabbed', 'STRANGLING', ' at', '流血', 'Mickey', ' Mouse', 'Pokémon', 'R2D2', '’s', 'the ', 'same ', 'as ', 'like ', 'before', 'Above', '{{', '}}', '${', '}', '____', 'dog dog', 'no, no', 'abbbc', 'ac', 'xxyz', 'qq', 'two ', '7 ', '12 ', 'men', '1984 A.D.', 'night', ' gown', 'STRA', 'ſſe', 'ki', 'ſs', '\u212A', 'İ', 'ABd', '[name]', ' ', '\n', '🦊'];
const anyText = fc.oneof(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')), fc.string({ unit: 'binary', maxLength: 60 }));

describe('a look for letters before the pattern', () => {
  it('finds what the pattern alone finds, in every text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const finder = new Finder(text);
        for (const pattern of PATTERNS) {
          const alone = [...text.matchAll(pattern)].map((match) => [match.index, match[0]]);
          expect(spansOf(text, pattern).map(({ span, match }) => [span[0], match[0]])).toEqual(alone);
          expect(finder.spans(pattern).map(({ span, match }) => [span[0], match[0]])).toEqual(alone);
          expect(finder.has(pattern)).toBe(alone.length > 0);
          expect(finder.first(pattern)?.index).toBe(alone[0]?.[0]);
          if (alone.length > 0) expect(finder.mayHold(PATTERNS)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('names letters that are rare, and none where a pattern needs none', () => {
    expect(signsOf(PATTERNS[0] as RegExp)).toEqual(['流血', 'stab', 'strangle', 'strangling']);
    expect(signsOf(/(?:the )?previous (?:clip|shot)s?/)).toEqual(['previous clip', 'previous shot']);
    expect(signsOf(/\b([\p{L}]{2,})(?:\s+\1\b)/u)).toBeUndefined();
  });
});
