import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAge, parseCap, parseSize, positiveNumber, wholeNumber } from './options.ts';
import { bytes, duration, listed, oneLine, printable, cells, table } from './printable.ts';
import { capUnits } from './spend.ts';
import { unitsToUsd } from '../kling/index.ts';

describe('--cap', () => {
  it.each([
    ['12', { units: 12 }],
    ['12.5', { units: 12.5 }],
    ['3 units', { units: 3 }],
    ['1 unit', { units: 1 }],
    ['$5', { usd: 5 }],
    ['$0.42', { usd: 0.42 }],
    ['none', 'none'],
  ])('understands %s', (text, cap) => {
    expect(parseCap(text)).toEqual(cap);
  });

  it.each(['', 'five', '-1', '5$', '$', '$5 units', '1e3', 'Infinity', '€5', '1,5'])('refuses %j', (text) => {
    expect(() => parseCap(text)).toThrow(/units \(12\)/);
  });

  it('in dollars is never more than those dollars, and at most a ten-thousandth of a unit less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (cents) => {
        const units = capUnits({ usd: cents / 100 }) ?? Number.NaN;
        expect(units * 0.14).toBeLessThanOrEqual(cents / 100 + 1e-6);
        expect((units + 0.0002) * 0.14).toBeGreaterThan(cents / 100);
      }),
    );
    expect(capUnits({ usd: unitsToUsd(1.5) })).toBe(1.5);
  });
});

describe('numbers, sizes and ages', () => {
  it('takes whole numbers of its range and nothing else', () => {
    const parse = wholeNumber(1, 99);
    expect([parse('1'), parse(' 99 ')]).toEqual([1, 99]);
    for (const text of ['0', '100', '1.5', '-1', '', 'x', '0x10', '1e1']) expect(() => parse(text), text).toThrow('from 1 to 99');
  });

  it('takes numbers above 0', () => {
    expect(positiveNumber('0.5')).toBe(0.5);
    for (const text of ['0', '-1', '', 'x']) expect(() => positiveNumber(text), text).toThrow('above 0');
  });

  it('reads sizes and ages with their units', () => {
    expect([parseSize('5GB'), parseSize('1.5 MB'), parseSize('2GiB'), parseSize('0B')]).toEqual([5e9, 1.5e6, 2 ** 31, 0]);
    expect([parseAge('12h'), parseAge('30d'), parseAge('2w')]).toEqual([43_200_000, 2_592_000_000, 1_209_600_000]);
    for (const text of ['5', 'GB', '5 apples', '-1GB', '']) expect(() => parseSize(text), text).toThrow('5GB');
    for (const text of ['30', 'd', '3 months', '']) expect(() => parseAge(text), text).toThrow('30d');
  });
});

describe('words for a terminal', () => {
  it('hold no control characters, whatever Kling or a script says', () => {
    expect(printable('a\u001b[31mred\u0007\r\nb\u009b2J')).toBe('a [31mred  \nb 2J');
  });

  it('are cut to a width that counts wide letters twice', () => {
    expect(oneLine('a  b\n c', 10)).toBe('a b c');
    expect(oneLine('abcdefgh', 5)).toBe('abcd…');
    expect(oneLine('日本語の脚本', 7)).toBe('日本語…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        expect(cells(oneLine(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('say lengths, sizes and lists as people do', () => {
    expect([0, 999, 42_000, 60_000, 185_000, 7_800_000].map(duration)).toEqual(['0 s', '1 s', '42 s', '1 min', '3 min 5 s', '2 h 10 min']);
    expect([0, 999, 1000, 5_300_000, 999_960].map(bytes)).toEqual(['0 B', '999 B', '1.0 kB', '5.3 MB', '1.0 MB']);
    expect(listed(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
    expect(table([['a', 'b'], ['日本', 'c']])).toEqual(['a     b', '日本  c']);
  });
});
