import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutClips, type CutPart } from '../../src/media/index.ts';
import { decodeAll, lumaPsnr, writeTestClip, type SeenFrame } from './clips.ts';

let folder = '';
let film = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'per-part-cut-'));
  film = join(folder, 'film.mp4');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const RATE = 24;
const decoded = new Map<string, SeenFrame[]>();
async function framesOf(path: string): Promise<SeenFrame[]> {
  const known = decoded.get(path) ?? (await decodeAll(path));
  decoded.set(path, known);
  return known;
}
const part = (path: string, from = 0, to?: number): CutPart => ({ path, inS: from / RATE, outS: to === undefined ? undefined : to / RATE });

/** Cuts, and compares every frame with the clip's own: how many are the same to the bit, and how far the others are off. */
async function cutAndCompare(parts: readonly CutPart[]): Promise<{ report: Awaited<ReturnType<typeof cutClips>>; same: boolean[]; worstDb: number }> {
  const report = await cutClips(parts, film);
  const expected: SeenFrame[] = [];
  for (const { path, inS, outS } of parts) {
    const frames = await framesOf(path);
    const from = Math.round(inS * RATE);
    for (let frame = from; frame < (outS === undefined ? frames.length : Math.round(outS * RATE)); frame += 1) expected.push(frames[Math.min(frame, frames.length - 1)]!);
  }
  const seen = await decodeAll(film);
  expect(seen.map(({ place }) => Number(place.toFixed(6)))).toEqual(expected.map((_, index) => index));
  expect(report.frameCount).toBe(expected.length);
  const same = seen.map(({ sha256 }, index) => sha256 === expected[index]!.sha256);
  const worstDb = Math.min(...seen.map(({ data }, index) => lumaPsnr(data, expected[index]!.data)));
  return { report, same, worstDb };
}

describe('a cut, part by part', () => {
  test.each(['quality', 'realtime'] as const)('clips of any trim (%s coding): what lies in a whole group stays bit for bit, the rest looks alike', async (latencyMode) => {
    const one = await writeTestClip(join(folder, `one-${latencyMode}.mp4`), { latencyMode, seed: 1, keyFrameEvery: 20 });
    const other = await writeTestClip(join(folder, `other-${latencyMode}.mp4`), { latencyMode, seed: 2, keyFrameEvery: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ path: fc.constantFrom(one, other), from: fc.nat(58), length: fc.integer({ min: 1, max: 60 }) }), { minLength: 1, maxLength: 4 }), async (pieces) => {
        const { report, same, worstDb } = await cutAndCompare(pieces.map(({ path, from, length }) => part(path, from, Math.min(60, from + length))));
        expect(same.filter((is) => is).length).toBeGreaterThanOrEqual(report.copiedFrames);
        expect(report.copiedFrames + report.encodedFrames).toBe(same.length);
        expect(worstDb).toBeGreaterThan(30);
        // Every group that lies whole in a part.
        const whole = pieces.reduce((sum, { from, length }) => sum + [0, 20, 40].filter((start) => start >= from && start + 20 <= from + length).length * 20, 0);
        expect(report.copiedFrames).toBeGreaterThanOrEqual(whole);
      }),
      { numRuns: 10, seed: 7 },
    );
  });

  test('cut at its end, a clip loses no more than the pictures that lean on what was cut away', async () => {
    const clip = await writeTestClip(join(folder, 'end.mp4'), { seed: 3, frameCount: 60, keyFrameEvery: 60 });
    for (const to of [59, 41, 40, 39, 3]) {
      const { report, same } = await cutAndCompare([part(clip, 0, to), part(clip)]);
      expect(report.encodedFrames).toBeLessThanOrEqual(3);
      expect(same.filter((is) => !is).length).toBeLessThanOrEqual(report.encodedFrames);
    }
  });

  test.each(['avc1.4d0028', 'avc1.42e01f'])('a clip coded another way (%s) stands beside the others bit for bit, wherever it comes', async (codec) => {
    const one = await writeTestClip(join(folder, `high-${codec}.mp4`), { seed: 4 });
    const odd = await writeTestClip(join(folder, `odd-${codec}.mp4`), { codec, seed: 5 });
    for (const parts of [[part(one), part(odd), part(one)], [part(odd), part(one), part(odd, 0, 24), part(one, 24)]]) {
      const { report, same } = await cutAndCompare(parts);
      expect(report).toMatchObject({ method: 'copied', encodedFrames: 0 });
      expect(same).not.toContain(false);
    }
    const mixed = await cutAndCompare([part(odd, 5), part(one, 0, 30), part(odd, 24, 48), part(one, 30)]);
    expect(mixed.report.method).toBe('mixed');
    expect(mixed.same.filter((is) => is).length).toBeGreaterThanOrEqual(mixed.report.copiedFrames);
  });

  test('an unlike clip is encoded alone, the others stay as they are', async () => {
    const one = await writeTestClip(join(folder, 'like.mp4'), { seed: 6 });
    const small = await writeTestClip(join(folder, 'small.mp4'), { seed: 7, width: 64, height: 48 });
    const { report, same } = await (async () => {
      const cut = await cutClips([part(one), part(small), part(one)], film);
      const [frames, seen] = [await framesOf(one), await decodeAll(film)];
      return { report: cut, same: [...seen.slice(0, 60), ...seen.slice(120)].map(({ sha256 }, index) => sha256 === frames[index % 60]!.sha256) };
    })();
    expect(report).toMatchObject({ method: 'mixed', frameCount: 180, copiedFrames: 120, encodedFrames: 60, encodedBecause: expect.stringContaining('small.mp4') as string });
    expect(same).not.toContain(false);
  });
});
