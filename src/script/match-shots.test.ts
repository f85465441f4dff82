import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchShots } from './match-shots.ts';

const old = (texts: readonly string[]) => texts.map((text, index) => ({ id: `id${index}`, text }));
const now = (texts: readonly string[]) => texts.map((text) => ({ text }));
const match = (before: string, after: string) => matchShots(old(Array.from(before)), now(Array.from(after)));
const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 12 });

describe('matchShots', () => {
  it.each([
    ['abc', 'abc', ['id0', 'id1', 'id2'], []],
    ['abc', 'aXc', ['id0', 'id1', 'id2'], []], // edited in place
    ['abc', 'aXYc', ['id0', undefined, undefined, 'id2'], ['id1']], // which of the two it became cannot be known
    ['abcd', 'aXYd', ['id0', 'id1', 'id2', 'id3'], []],
    ['abc', 'ac', ['id0', 'id2'], ['id1']],
    ['abc', 'aXbc', ['id0', undefined, 'id1', 'id2'], []],
    ['abc', 'cab', ['id2', 'id0', 'id1'], []], // moved
    ['aab', 'aba', ['id0', 'id2', 'id1'], []], // equal texts
    ['', 'ab', [undefined, undefined], []],
    ['ab', '', [], ['id0', 'id1']],
    ['a', 'X', ['id0'], []],
  ])('%j edited to %j', (before, after, pairs, removed) => {
    expect(match(before, after)).toEqual({ pairs, removed });
  });

  it('gives every shot of an unchanged list its own id', () => {
    fc.assert(
      fc.property(texts, (list) => {
        expect(matchShots(old(list), now(list))).toEqual({ pairs: list.map((_, index) => `id${index}`), removed: [] });
      }),
    );
  });

  it('uses each id once, loses none unsaid, and never leaves equal words apart', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const { pairs, removed } = matchShots(old(before), now(after));
        const used = pairs.filter((id) => id !== undefined);
        expect(pairs).toHaveLength(after.length);
        expect([...used, ...removed].toSorted()).toEqual(old(before).map(({ id }) => id).toSorted());
        const textOf = new Map(old(before).map(({ id, text }) => [id, text]));
        for (const text of new Set([...before, ...after])) {
          const count = (list: readonly string[]) => list.filter((other) => other === text).length;
          const kept = pairs.filter((id, index) => id !== undefined && after[index] === text && textOf.get(id) === text).length;
          expect(kept).toBe(Math.min(count(before), count(after)));
        }
      }),
    );
  });

  it('keeps every shot of a reordered list', () => {
    const reordered = fc.uniqueArray(fc.string(), { maxLength: 20 }).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(reordered, ([before, after]) => {
        expect(matchShots(old(before), now(after))).toEqual({ pairs: after.map((text) => `id${before.indexOf(text)}`), removed: [] });
      }),
    );
  });

  it('keeps shots by their prompt where all else about them was written anew, also with some put in, taken out and moved', () => {
    const shots = fc.uniqueArray(fc.string({ minLength: 1 }).map((text) => `x${text}`), { maxLength: 12 }).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list), fc.array(fc.constant('new'), { maxLength: 3 })));
    fc.assert(
      fc.property(shots, ([before, some, added]) => {
        const listed = [...some, ...added];
        const { pairs } = matchShots(before.map((prompt, index) => ({ id: `id${index}`, text: prompt, prompt })), listed.map((prompt) => ({ text: `{${prompt}}`, prompt })));
        expect(pairs.slice(0, some.length)).toEqual(some.map((prompt) => `id${before.indexOf(prompt)}`));
      }),
    );
  });

  it('keeps the id of any one shot that is edited', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<string>('a', 'b', 'c'), { minLength: 1, maxLength: 12 }), fc.nat(), (list, at) => {
        const edited = list.with(at % list.length, 'edited');
        const { pairs, removed } = matchShots(old(list), now(edited));
        expect(removed).toEqual([]);
        expect(new Set(pairs).size).toBe(list.length);
        expect(pairs).not.toContain(undefined);
      }),
    );
  });

  it('copes with 2,000 shots of which none is where it was', () => {
    const list = Array.from({ length: 2000 }, (_, index) => `shot ${index}`);
    const { pairs, removed } = matchShots(old(list), now(list.toReversed()));
    expect(pairs).toEqual(list.map((_, index) => `id${1999 - index}`));
    expect(removed).toEqual([]);
  });
});
