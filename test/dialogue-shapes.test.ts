import { describe, expect, it } from 'vitest';
import { faultsOfCase, type OwnCase } from '../bench/score/dialogue.ts';
import { readJsonLines } from '../bench/score/fixtures.ts';

const cases = readJsonLines<OwnCase>('dialogue', 'own', 'shapes.jsonl');

// Each case is named for its shape or its trap: what people paste, in nine languages, with every line that is spoken in it.
describe.each(['prompt', 'prose', 'screenplay'] as const)('speech in a %s', (format) => {
  it.each(cases.filter((one) => one.format === format && one.lines.length > 0).map((one) => [one.id, one] as const))('is found whole, with its speaker: %s', (_, one) => {
    expect(faultsOfCase(one)).toEqual([]);
  });

  it.each(cases.filter((one) => one.format === format && one.lines.length === 0).map((one) => [one.id, one] as const))('is not made of other words: %s', (_, one) => {
    expect(faultsOfCase(one)).toEqual([]);
  });
});
