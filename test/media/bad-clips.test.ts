import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageOf, StudioError } from '../../src/lib/errors.ts';
import { readClipFacts } from '../../src/media/clip-facts.ts';
import { cutClips, probeVideo } from '../../src/media/index.ts';
import { createReadingMemory, type ReadingMemory } from '../../src/media/probe.ts';
import { boxesOf, spoil } from './bad-clips.ts';
import { writeTestClip } from './clips.ts';
import { LAYOUTS, remux } from './remux.ts';

/** `npm run media-check` plays thousands, and others when it is given a number; these are the first of them. */
const COUNT = Number(process.env['MEDIA_CHECK_BAD_CLIPS'] ?? 90);
const FIRST = Number(process.env['MEDIA_CHECK_SEED'] ?? 1);
/** A spoilt clip may take this long, on a machine that is busy with other tests. */
const LONGEST_MS = 30_000;
/** The codecs keep something of every encoder that was ever open; a film has one, this test has one a clip. */
const MOST_BYTES = (300 + COUNT / 2) * 2 ** 20;

let folder = '';
let good = '';
let other = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bad-clips-'));
  good = await writeTestClip(join(folder, 'good.mp4'), { seed: 1, frameCount: 30, sound: { sampleRate: 48_000, channels: 2 } });
  other = await writeTestClip(join(folder, 'other.mp4'), { seed: 2, frameCount: 12 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('clips that are none', () => {
  test(`${COUNT} spoilt clips: a film, or an error that names the clip; never more, in bounded time and memory, and nothing left behind`, { timeout: Math.max(240_000, COUNT * 1000) }, async () => {
    const layouts = await Promise.all(LAYOUTS.map(async (layout) => await remux(good, layout)));
    // A reader that has read good clips of all kinds must say of a bad one what a fresh reader says.
    const readBefore = createReadingMemory();
    for (const bytes of layouts) {
      await writeFile(join(folder, 'layout.mp4'), bytes);
      expect((await readClipFacts(join(folder, 'layout.mp4'), readBefore)).probe.frameCount).toBe(30);
    }
    await rm(join(folder, 'layout.mp4'));
    const said = async (path: string, memory?: ReadingMemory): Promise<unknown> => await readClipFacts(path, memory).catch(messageOf);
    const memoryBefore = process.memoryUsage().rss;
    const outcomes = { films: 0, refused: 0 };
    let slowest = { ms: 0, seed: 0 };
    for (let seed = FIRST; seed < FIRST + COUNT; seed += 1) {
      const once = spoil(layouts[seed % layouts.length]!, seed);
      const spoilt = seed % 4 === 0 ? spoil(once.bytes, seed + 0x1000_0000) : once;
      const bad = join(folder, `spoilt-${seed}.mp4`);
      const film = join(folder, 'film.mp4');
      await writeFile(bad, spoilt.bytes);
      expect(await said(bad, readBefore), `seed ${seed}: ${spoilt.how}`).toEqual(await said(bad));
      const startedAt = performance.now();
      // First whole, beside its like; then trimmed, so that it has to be decoded.
      const parts = seed % 2 === 0 ? [{ path: other, inS: 0, outS: undefined }, { path: bad, inS: 0, outS: undefined }] : [{ path: bad, inS: 0.1, outS: undefined }, { path: other, inS: 0, outS: 0.3 }];
      try {
        const report = await cutClips(parts, film);
        outcomes.films += 1;
        // Not only said to be a film: it is one.
        expect((await probeVideo(film)).frameCount, `seed ${seed}: ${spoilt.how}`).toBe(report.frameCount);
      } catch (error) {
        outcomes.refused += 1;
        if (!StudioError.is(error)) throw new Error(`seed ${seed} (${spoilt.how}) threw what is no error of ours`, { cause: error });
        expect(error.code, `seed ${seed}: ${spoilt.how}`).toMatch(/^MEDIA_(UNREADABLE|UNSUPPORTED|BAD_CUT)$/);
        expect(error.message, `seed ${seed}: ${spoilt.how}`).toContain(`spoilt-${seed}.mp4`);
      }
      const took = performance.now() - startedAt;
      if (took > slowest.ms) slowest = { ms: took, seed };
      await rm(film, { force: true });
      await rm(bad);
    }
    expect(outcomes.films).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(COUNT / 5);
    expect(slowest.ms, `seed ${slowest.seed}`).toBeLessThan(LONGEST_MS);
    expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(MOST_BYTES);
    expect((await readdir(folder)).sort()).toEqual(['good.mp4', 'other.mp4']);
    if (process.env['MEDIA_CHECK_BAD_CLIPS']) process.stdout.write(`${JSON.stringify({ ...outcomes, slowestMs: Math.round(slowest.ms), slowestSeed: slowest.seed, grownMB: Math.round((process.memoryUsage().rss - memoryBefore) / 2 ** 20) })}\n`);
  });

  test('an index that claims gigantic tables is refused at once, for what it is', async () => {
    const bytes = await readFile(good);
    const claims: [string, (changed: Buffer) => void][] = [
      ['stsz', (changed) => { const { offset } = boxesOf(changed).find(({ type }) => type === 'stsz')!; changed.writeUInt32BE(1, offset + 12); changed.writeUInt32BE(0xffff_ffff, offset + 16); }],
      ['stts', (changed) => changed.writeUInt32BE(0xffff_fff0, boxesOf(changed).find(({ type }) => type === 'stts')!.offset + 16)],
      ['stsc', (changed) => changed.writeUInt32BE(0xffff_fff0, boxesOf(changed).find(({ type }) => type === 'stsc')!.offset + 20)],
      ['stco', (changed) => changed.writeUInt32BE(0x7fff_ffff, boxesOf(changed).find(({ type }) => type === 'stco')!.offset + 12)],
    ];
    for (const [name, change] of claims) {
      const path = join(folder, `${name}.mp4`);
      const changed = Buffer.from(bytes);
      change(changed);
      await writeFile(path, changed);
      const startedAt = performance.now();
      await expect(probeVideo(path), name).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE', message: expect.stringContaining('its index') as string });
      expect(performance.now() - startedAt).toBeLessThan(2000);
      await rm(path);
    }
  });
});
