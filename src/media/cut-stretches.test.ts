import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planStretches } from './cut-stretches.ts';
import { findGroups } from './h264/groups.ts';

/** A stream of groups; in each, pictures are shown in another order than they are decoded, as encoders do: P b b P b b. */
function stream(lengths: readonly number[], between: number): { idrPackets: number[]; shownAt: number[] } {
  const shownAt: number[] = [];
  const idrPackets: number[] = [];
  for (const length of lengths) {
    const start = shownAt.length;
    idrPackets.push(start);
    shownAt.push(start);
    for (let at = 1; at < length; at += between + 1) {
      const last = Math.min(length - 1, at + between);
      shownAt.push(start + last);
      for (let early = at; early < last; early += 1) shownAt.push(start + early);
    }
  }
  return { idrPackets, shownAt };
}

test('the stretches of a part are the part, and what is copied needs nothing that is not there', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 3 }), fc.nat(200), fc.integer({ min: 1, max: 200 }), (lengths, between, from, count) => {
      const { idrPackets, shownAt } = stream(lengths, between);
      const groups = findGroups(shownAt, idrPackets);
      expect(groups.map(({ frameCount }) => frameCount)).toEqual(lengths);
      const inFrame = from % shownAt.length;
      // Rounding may ask for a frame more than the clip has.
      const frameCount = Math.min(count, shownAt.length - inFrame + 1);
      const stretches = planStretches(inFrame, frameCount, { groups, shownAt });
      expect(stretches.map(({ firstFrame }) => firstFrame)).toEqual(stretches.map((_, index) => stretches.slice(0, index).reduce((sum, stretch) => sum + stretch.frameCount, 0)));
      expect(stretches.reduce((sum, stretch) => sum + stretch.frameCount, 0)).toBe(frameCount);
      for (const stretch of stretches) {
        if (stretch.kind !== 'copied') continue;
        // From a picture that starts anew; packet by packet the frames that the stretch says, no other.
        expect(idrPackets).toContain(stretch.firstPacket);
        const frames = shownAt.slice(stretch.firstPacket, stretch.firstPacket + stretch.frameCount).sort((one, other) => one - other);
        expect(frames).toEqual(frames.map((_, index) => inFrame + stretch.firstFrame + index));
      }
      // A group that lies whole in the part is never encoded again.
      for (const group of groups) {
        if (group.firstFrame < inFrame || group.firstFrame + group.frameCount > inFrame + frameCount) continue;
        const at = group.firstFrame - inFrame;
        expect(stretches.find(({ firstFrame, frameCount: length }) => at >= firstFrame && at < firstFrame + length)?.kind).toBe('copied');
      }
    }),
  );
});

test('a part that is cut at its end keeps its own pictures, but for the few that lean on later ones', () => {
  const { idrPackets, shownAt } = stream([121], 2);
  const part = { groups: findGroups(shownAt, idrPackets), shownAt };
  expect(planStretches(0, 100, part)).toEqual([{ kind: 'copied', firstFrame: 0, frameCount: 100, firstPacket: 0 }]);
  expect(planStretches(0, 99, part)).toEqual([
    { kind: 'copied', firstFrame: 0, frameCount: 97, firstPacket: 0 },
    { kind: 'encoded', firstFrame: 97, frameCount: 2 },
  ]);
  expect(planStretches(1, 99, part)).toEqual([{ kind: 'encoded', firstFrame: 0, frameCount: 99 }]);
});

test('a picture that starts anew but is shown before its turn opens no group', () => {
  // The second "start" has a picture behind it that is shown before it: an open group.
  expect(findGroups([0, 1, 2, 4, 3, 5], [0, 3])).toEqual([{ firstPacket: 0, firstFrame: 0, frameCount: 3 }]);
});
