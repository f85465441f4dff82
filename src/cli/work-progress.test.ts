import { expect, it } from 'vitest';
import { createTimeLeft } from './work-progress.ts';

it('says how long it will take by the pace since the first news, and nothing before a guess is worth something', () => {
  const left = createTimeLeft();
  // Four seconds to start a process are not counted for the rest.
  expect(left(0.01, 4000)).toBeUndefined();
  expect(left(0.04, 5000)).toBeUndefined();
  expect(left(0.51, 9000)).toBeCloseTo(4900, 0);
  expect(left(1, 14_000)).toBeUndefined();
});
