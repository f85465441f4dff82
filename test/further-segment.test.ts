import { describe, expect, it } from 'vitest';
import { judgeShots, missesOf, readShots, segmentCases } from '../bench/score/segment-cases.ts';

describe('scripts of many kinds that the rules were not written with', () => {
  it.each([...segmentCases('further.jsonl'), ...segmentCases('second.jsonl')])('$id: each beat is alone in a shot of its length, in its scene, and no word is lost', async (script) => {
    expect(missesOf(judgeShots(script, await readShots(script)))).toEqual([]);
  });
});
