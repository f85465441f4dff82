import fc from 'fast-check';
import { expect, it } from 'vitest';
import { capReach } from './cap-reach.ts';

it.each([
  { prices: [1.5, 1.5, 1.5], left: 4.5, reach: { reaches: 'all', clips: 3, mostUnits: 4.5 } },
  { prices: [1.5, 1.5, 1.5], left: 4.4999, reach: { reaches: 'some', clips: 2, mostUnits: 3 } },
  { prices: [1.5, 1.5], left: 0.5, reach: { reaches: 'none', clips: 0, mostUnits: 0 } },
  { prices: [2.5, 1.5], left: 3, reach: { reaches: 'some', mostUnits: 3 } },
  { prices: [0.1, 0.1, 0.1], left: 0.3, reach: { reaches: 'all', clips: 3, mostUnits: 0.3 } },
  { prices: [0.1, 0.1, 0.1, 0.1], left: 0.3, reach: { reaches: 'some', clips: 3, mostUnits: 0.3 } },
  { prices: [], left: 0, reach: { reaches: 'all', clips: 0, mostUnits: 0 } },
])('of $prices a cap that leaves $left reaches for $reach', ({ prices, left, reach }) => {
  expect(capReach(prices, left)).toEqual(reach);
});

it('never says less than a run can spend, whatever the order in which its takes are sent', () => {
  const units = fc.integer({ min: 1, max: 80 }).map((halves) => halves / 2);
  fc.assert(
    fc.property(fc.array(units, { maxLength: 12 }), fc.integer({ min: 0, max: 200 }).map((halves) => halves / 2), (prices, left) => {
      const { mostUnits, reaches } = capReach(prices, left);
      let spent = 0;
      for (const price of prices) if (spent + price <= left) spent += price;
      expect(spent).toBeLessThanOrEqual(mostUnits);
      expect(reaches === 'none').toBe(prices.length > 0 && spent === 0);
    }),
  );
});
