import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonLosslessly } from './lossless-json.ts';

describe('parseJsonLosslessly', () => {
  it('keeps every digit of an id that a number can not hold', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.string(), (id, noise) => {
        const read = parseJsonLosslessly(`{"id": ${id}, "noise": ${JSON.stringify(`${noise}${id}`)}, "list":[${id}]}`) as { id: unknown; noise: string; list: unknown[] };
        expect(String(read.id)).toBe(String(Number.isSafeInteger(Number(id)) ? Number(id) : id));
        expect(read.noise).toBe(`${noise}${id}`);
        expect(read.list).toEqual([read.id]);
      }),
    );
  });

  it('reads everything else as JSON.parse does, also text full of digits and quotes', () => {
    const digits = fc.array(fc.constantFrom('"', '\\', '9', '1234567890123456789', ':', ',', '{', 'e5', '.', '-'), { maxLength: 12 }).map((parts) => parts.join(''));
    const safe = fc.oneof(digits, fc.integer(), fc.boolean(), fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }));
    fc.assert(
      fc.property(fc.dictionary(digits, fc.oneof(safe, fc.array(safe))), (value) => {
        const text = JSON.stringify(value);
        expect(parseJsonLosslessly(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what is no JSON, whatever digits are in it', () => {
    for (const text of ['', '{', '{"a: 12345678901234567890}', '[01234567890123456789]', '.12345678901234567890', '{"id":12345678901234567890', '12345678901234567890abc']) {
      expect(() => parseJsonLosslessly(text)).toThrow(SyntaxError);
    }
  });

  it('reads a string of several megabytes without running out of stack', () => {
    const long = 'a\\"1'.repeat(1_000_000);
    expect(parseJsonLosslessly(JSON.stringify({ long, id: 1 }).replace(':1}', ':867283741759111202}'))).toEqual({ long, id: '867283741759111202' });
  });
});
