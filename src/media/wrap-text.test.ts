import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeCode } from './caption.ts';
import { fitText } from './wrap-text.ts';

// Every letter half as wide as the type is high.
const measure = (text: string, sizePx: number): number => Array.from(text).length * sizePx * 0.5;
const options = { sizesPx: [40, 20], lineLimits: [2, 3], widthPx: 400 };

test('a short text is set large, a longer one smaller, a too long one ends in an ellipsis', () => {
  expect(fitText('A red door.', options, measure)).toEqual({ lines: ['A red door.'], sizePx: 40 });
  expect(fitText('The old keeper climbs the stairs once more before dawn.', options, measure).sizePx).toBe(20);
  const long = fitText('word '.repeat(80), options, measure);
  expect(long.lines).toHaveLength(3);
  expect(long.lines[2]).toMatch(/word…$/);
});

test('Chinese breaks without spaces, a word without end is broken too', () => {
  expect(fitText('咖啡馆里一位老人看着窗外的雨落在空空的街道上。', options, measure).lines.length).toBeGreaterThan(1);
  expect(fitText('x'.repeat(45), options, measure).lines.join('')).toBe('x'.repeat(45));
});

test('no line is wider than its room (a closing mark aside), whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const { lines, sizePx } = fitText(text, options, measure);
      for (const line of lines) expect(measure(line.replace(/[\p{Pe}\p{Pf}.,;:!?…。，、！？]+$/u, ''), sizePx)).toBeLessThanOrEqual(options.widthPx);
      expect(lines.length).toBeLessThanOrEqual(3);
    }),
  );
});

test('time code counts whole frames', () => {
  expect(timeCode(0, 24)).toBe('00:00:00:00');
  expect(timeCode(120, 24)).toBe('00:00:05:00');
  expect(timeCode(47, 24)).toBe('00:00:01:23');
  expect(timeCode(30 * 3661 + 7, 30000 / 1001)).toBe('01:01:01:07');
});
