import { describe, expect, it } from 'vitest';
import { keeps } from '../bench/score/score-row.ts';
import { SETS } from '../bench/score/sets.ts';

describe.each(Object.entries(SETS))('the measured quality of %s', (_name, measure) => {
  it('does not fall below what was reached', () => {
    const worse = measure().filter((row) => !keeps(row, row.floor));
    expect(worse.map((row) => `${row.set}, ${row.measure}: ${row.ours.toFixed(1)}, held is ${row.floor}`)).toEqual([]);
  });
});
