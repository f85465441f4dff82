import fc from 'fast-check';
import { expect, test } from 'vitest';
import { i420ToRgba, rgbaToI420 } from './i420.ts';

const flat = (red: number, green: number, blue: number): Uint8Array => Uint8Array.from({ length: 4 * 4 * 4 }, (_, index) => [red, green, blue, 255][index % 4] ?? 0);

test('the primaries have the codes that BT.709 gives them, not those of BT.601', () => {
  const codes = (red: number, green: number, blue: number): number[] => {
    const { data } = rgbaToI420(flat(red, green, blue), 4, 4);
    return [data[0]!, data[16]!, data[20]!];
  };
  expect(codes(255, 255, 255)).toEqual([235, 128, 128]);
  expect(codes(0, 0, 0)).toEqual([16, 128, 128]);
  expect(codes(255, 0, 0)).toEqual([63, 102, 240]);
  expect(codes(0, 255, 0)).toEqual([173, 42, 26]);
  expect(codes(0, 0, 255)).toEqual([32, 240, 118]);
});

test('every colour comes back within what 8 bits can keep', () => {
  const level = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(level, level, level, (red, green, blue) => {
      const back = i420ToRgba(rgbaToI420(flat(red, green, blue), 4, 4));
      [red, green, blue].forEach((value, channel) => expect(Math.abs(back[channel]! - value)).toBeLessThanOrEqual(3));
      expect(back[3]).toBe(255);
    }),
    { numRuns: 500 },
  );
});
