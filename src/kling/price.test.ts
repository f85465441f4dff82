import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KLING_MODELS, modelNamed } from './models.ts';
import { formatMoney, formatMoneyDifference, priceUnits, sumUnits, unitsToUsd } from './price.ts';

describe('prices', () => {
  it.each([
    ['kling-v1-6', 'std', 5, false, 2, 0.28],
    ['kling-v1-6', 'pro', 10, false, 7, 0.98],
    ['kling-v2-master', undefined, 10, false, 20, 2.8],
    ['kling-v2-5-turbo', 'std', 5, false, 1.5, 0.21],
    ['kling-v2-5-turbo', undefined, 10, false, 3, 0.42],
    ['kling-v2-5-turbo', 'pro', 5, false, 2.5, 0.35],
    ['kling-v2-6', 'pro', 10, true, 10, 1.4],
    ['kling-v3', 'std', 3, false, 1.8, 0.252],
    ['kling-v3', 'std', 7, true, 6.3, 0.882],
    ['kling-v3', '4k', 15, true, 45, 6.3],
    ['kling-v3-omni', 'pro', 5, true, 5, 0.7],
    ['kling-video-o1', 'std', 3, false, 1.8, 0.252],
    ['kling-3.0-turbo', 'std', 3, false, 2.4, 0.336],
    ['kling-v2-1', 'pro', 5, false, 3.5, 0.49],
  ] as const)('%s %s %d s (sound %s) costs %d units', (name, mode, durationS, sound, units, usd) => {
    expect(priceUnits(modelNamed(name)!, { mode, durationS, sound })).toBe(units);
    expect(unitsToUsd(units)).toBe(usd);
  });

  it('has no price for what is not sold', () => {
    expect(priceUnits(modelNamed('kling-v2-5-turbo')!, { durationS: 7 })).toBeUndefined();
    expect(priceUnits(modelNamed('kling-v2-5-turbo')!, { durationS: 5, mode: '4k' })).toBeUndefined();
    expect(priceUnits(modelNamed('kling-v2-6')!, { durationS: 5, sound: true })).toBeUndefined();
  });

  it('never shows the noise of binary fractions, alone or added up', () => {
    const cells = KLING_MODELS.flatMap((model) =>
      model.durationsS.flatMap((durationS) => (model.modes.length === 0 ? [undefined] : model.modes).map((mode) => priceUnits(model, { mode, durationS })!)),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...cells), { maxLength: 300 }), (amounts) => {
        const total = sumUnits(amounts);
        expect(total).toBe(amounts.reduce((sum, amount) => sum + Math.round(amount * 10_000), 0) / 10_000);
        expect(formatMoney(total)).toMatch(/^\$\d+\.\d{2,4} \(\d+(\.\d{1,4})? units?\)$/);
      }),
    );
  });

  it('is written as dollars with units', () => {
    expect(formatMoney(1.5)).toBe('$0.21 (1.5 units)');
    expect(formatMoney(1.5, { play: true })).toBe('$0.21 play money (1.5 units)');
    expect(formatMoney(1)).toBe('$0.14 (1 unit)');
    expect(formatMoney(0)).toBe('$0.00 (0 units)');
    expect(formatMoney(1.8)).toBe('$0.252 (1.8 units)');
    expect(formatMoney(10)).toBe('$1.40 (10 units)');
    expect(formatMoney(0.1 + 0.2)).toBe('$0.042 (0.3 units)');
    expect([formatMoneyDifference(1), formatMoneyDifference(-0.5), formatMoneyDifference(0)]).toEqual(['+$0.14', '-$0.07', 'same price']);
  });
});
