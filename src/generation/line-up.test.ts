import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineUp } from './line-up.ts';

it('starts every item once, in order, never more in place than agreed, and tells every end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ turns: fc.nat(5), fails: fc.boolean(), passes: fc.boolean() }), { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), async (works, atOnce) => {
      const started: number[] = [];
      const inPlace = new Set<number>();
      let most = 0;
      const line = lineUp(works.map((_, index) => index), atOnce, async (index) => {
        started.push(index);
        inPlace.add(index);
        most = Math.max(most, inPlace.size);
        await Promise.resolve();
        if (works[index]!.passes) {
          inPlace.delete(index);
          line.passed(index);
          line.passed(index);
        }
        for (let turn = 0; turn < works[index]!.turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        inPlace.delete(index);
        if (works[index]!.fails) throw new Error(`${index}`);
        return index;
      });
      const ends = await line.done;
      expect(started).toEqual(works.map((_, index) => index));
      expect(most).toBeLessThanOrEqual(atOnce);
      expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : Number((end.reason as Error).message)))).toEqual(started);
      expect(ends.map(({ status }) => status === 'rejected')).toEqual(works.map(({ fails }) => fails));
    }),
    { numRuns: 60 },
  );
});

it('starts at once what is to be first, beyond the places, and the others in their order', async () => {
  const order: string[] = [];
  const line = lineUp(['a', 'b', 'c', 'd'], 1, async (item) => {
    order.push(item);
    await new Promise((resolve) => setImmediate(resolve));
  });
  line.first((item) => item === 'd');
  expect(order).toEqual(['a', 'd']);
  await line.done;
  expect(order).toEqual(['a', 'd', 'b', 'c']);
});

it('starts nothing more once it is stopped, and tells what was left', async () => {
  const stop = new AbortController();
  const order: string[] = [];
  const line = lineUp(
    ['a', 'b', 'c', 'd'],
    2,
    async (item) => {
      order.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
    },
    stop.signal,
  );
  await line.done;
  expect(order).toEqual(['a', 'b']);
  expect(line.notStarted()).toEqual(['c', 'd']);
});
