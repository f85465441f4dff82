import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitReader, BitWriter, endOfFields, escapeUnit, unescapeUnit } from './bits.ts';

// Mostly zeros and threes: what escaping is about. A coded unit ends with a one, or with words of zeros behind it.
const payload = fc.uint8Array({ maxLength: 60 }).chain((bytes) => fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 255), { maxLength: 60 }).chain((more) => fc.constantFrom([128], [128, 0, 0]).map((end) => Uint8Array.from([...bytes, ...more, ...end]))));

test('an escaped unit holds no start code, does not end with zero, and comes back whole', () => {
  fc.assert(
    fc.property(payload, (bytes) => {
      const escaped = escapeUnit(bytes);
      for (let at = 0; at + 2 < escaped.length; at += 1) expect(escaped[at] === 0 && escaped[at + 1] === 0 && escaped[at + 2]! < 3).toBe(false);
      expect(escaped.at(-1)).not.toBe(0);
      expect(Buffer.from(unescapeUnit(escaped))).toEqual(Buffer.from(bytes));
    }),
  );
});

test('numbers are read as they were written, also across bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ kind: fc.constantFrom('plain', 'unsigned'), value: fc.integer({ min: 0, max: 2 ** 31 }) })), (fields) => {
      const writer = new BitWriter(1);
      for (const { kind, value } of fields) if (kind === 'plain') writer.bits(value, 32); else writer.unsigned(value);
      const end = writer.position;
      writer.trail();
      const bytes = writer.finish();
      expect(endOfFields(bytes)).toBe(end);
      const reader = new BitReader(bytes);
      for (const { kind, value } of fields) expect(kind === 'plain' ? reader.bits(32) : reader.unsigned()).toBe(value);
    }),
  );
});

test('signed numbers follow the standard’s table, and a unit that ends early says so', () => {
  const writer = new BitWriter();
  for (const code of [0, 1, 2, 3, 4]) writer.unsigned(code);
  writer.trail();
  const reader = new BitReader(writer.finish());
  expect([0, 1, 2, 3, 4].map(() => reader.signed())).toEqual([0, 1, -1, 2, -2].map((value) => (value === 0 ? expect.closeTo(0) as number : value)));
  expect(() => reader.bits(32)).toThrow(RangeError);
});
