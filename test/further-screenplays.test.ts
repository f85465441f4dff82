import { describe, expect, it } from 'vitest';
import { goldScreenplays, linesAsGold, paragraphsAsGold, speechesAsGold } from '../bench/score/gold-screenplays.ts';
import { readFdx } from '../src/script/fdx/read-fdx.ts';
import { screenplayToFdx } from '../src/script/fdx/write-fdx.ts';
import { readFountain } from '../src/script/fountain/read-fountain.ts';

describe('screenplays that the rules were not written with', () => {
  it.each([...goldScreenplays('fountain', 'further'), ...goldScreenplays('fountain', 'second')])('$name: every line is what it is, every speech has every field', ({ text, gold }) => {
    const screenplay = readFountain(text);
    const lines = linesAsGold(screenplay);
    const wanted = gold.lines ?? {};
    expect(Object.fromEntries(Object.keys(wanted).map((line) => [line, lines.get(Number(line))]))).toEqual(wanted);
    expect(speechesAsGold(screenplay)).toEqual(gold.dialogue);
  });

  it.each([...goldScreenplays('fdx', 'further'), ...goldScreenplays('fdx', 'second')])('$name: every paragraph and speech is read, also when it is written anew', ({ text, gold }) => {
    for (const screenplay of [readFdx(text), readFdx(screenplayToFdx(readFdx(text)))]) {
      expect(paragraphsAsGold(screenplay)).toEqual(gold.paragraphs);
      expect(speechesAsGold(screenplay)).toEqual(gold.dialogue);
    }
  });
});
