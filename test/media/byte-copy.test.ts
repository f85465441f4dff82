import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packetsFrom, readClipFacts, withClipTracks } from '../../src/media/clip-facts.ts';
import { planByteCopy, writeCopiedFilm } from '../../src/media/copy-film.ts';
import { cutClips } from '../../src/media/cut-clips.ts';
import { planCut } from '../../src/media/cut-plan.ts';
import { writeFilmStart } from '../../src/media/film-index.ts';
import { createFilmPictures } from '../../src/media/film-pictures.ts';
import { writeMp4File } from '../../src/media/mp4-file.ts';
import { createReadingMemory } from '../../src/media/probe.ts';
import { boxesWithin, rangesOf, readSamples, type TrackSamples } from '../../src/media/sample-table.ts';
import { decodeAll, writeTestClip } from './clips.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byte-copy-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const whole = (path: string): { path: string; inS: number; outS: undefined } => ({ path, inS: 0, outS: undefined });
const planOf = async (paths: readonly string[]): Promise<ReturnType<typeof planCut>> => planCut(paths.map(whole), await Promise.all(paths.map(async (path) => await readClipFacts(path))));

function picturesOf(bytes: Buffer, fileSizeBytes: number): TrackSamples | undefined {
  return readSamples(boxesWithin(bytes).get('moov')![0]!, 'picture', fileSizeBytes);
}

/** The index without what may differ: where the chunks are. */
async function indexOf(path: string): Promise<Record<string, string>> {
  const named: Record<string, string> = {};
  const walk = (bytes: Buffer, way: string): void => {
    for (const [type, all] of boxesWithin(bytes)) {
      for (const content of all) {
        if (['moov', 'trak', 'mdia', 'minf', 'stbl'].includes(type)) walk(content, `${way}${type}.`);
        else if (!['stsc', 'stco', 'mdat', 'free'].includes(type)) named[way + type] = content.toString('hex');
      }
    }
  };
  walk(await readFile(path), '');
  // The moments of creation: two fields of four bytes.
  for (const way of ['moov.mvhd', 'moov.trak.tkhd', 'moov.trak.mdia.mdhd']) named[way] = named[way]!.slice(0, 8) + named[way]!.slice(24);
  return named;
}

async function packetsOf(path: string): Promise<string[]> {
  const { packetBytes, ranges } = await readClipFacts(path);
  const bytes = await readFile(path);
  const media = Buffer.concat(ranges!.map(({ offset, sizeBytes }) => bytes.subarray(offset, offset + sizeBytes)));
  let at = 0;
  return Array.from(packetBytes, (size) => createHash('sha256').update(media.subarray(at, (at += size))).digest('hex'));
}

test('a hundred alike clips, pictures that lean on later ones among them: every frame of the film is the clip’s, on its place', async () => {
  const kinds = await Promise.all([1, 2, 3].map(async (seed) => await writeTestClip(join(folder, `kind-${seed}.mp4`), { width: 48, height: 32, frameCount: 12 + seed, keyFrameEvery: 8, seed })));
  const paths = Array.from({ length: 100 }, (_, index) => join(folder, `clip-${index}.mp4`));
  for (const [index, path] of paths.entries()) await copyFile(kinds[index % 3]!, path);
  expect(await planByteCopy(await planOf(paths))).toBeDefined();
  const film = join(folder, 'hundred.mp4');
  const report = await cutClips(paths.map(whole), film);
  expect(report).toMatchObject({ method: 'copied', encodedFrames: 0, audio: false });
  const own = await Promise.all(kinds.map(async (path) => (await decodeAll(path)).map(({ sha256 }) => sha256)));
  const frames = await decodeAll(film);
  expect(frames.map(({ sha256 }) => sha256)).toEqual(paths.flatMap((_, index) => own[index % 3]!));
  expect(frames.map(({ place }) => Number(place.toFixed(6)))).toEqual(frames.map((_, index) => index));
});

test.each([
  { name: 'pictures that lean on later ones', frameRate: 24, latencyMode: 'quality' as const, keyFrameEvery: 10 },
  { name: 'pictures in the order they are shown', frameRate: 25, latencyMode: 'realtime' as const, keyFrameEvery: 10 },
  { name: 'a rate with a fraction', frameRate: 30_000 / 1001, latencyMode: 'quality' as const, keyFrameEvery: 24 },
  { name: 'a rate that is not usual', frameRate: 23.5, latencyMode: 'realtime' as const, keyFrameEvery: 24 },
  { name: 'pictures that all start anew', frameRate: 24, latencyMode: 'realtime' as const, keyFrameEvery: 1 },
])('the index is what the general way writes: $name', async ({ name, ...clip }) => {
  const path = await writeTestClip(join(folder, `${clip.frameRate}-${clip.keyFrameEvery}.mp4`), { width: 48, height: 32, frameCount: 31, ...clip });
  const paths = [path, path, path];
  const [general, film] = [join(folder, 'general.mp4'), join(folder, 'film.mp4')];
  const plan = await planOf(paths);
  expect(await planByteCopy(plan), name).toBeDefined();
  await writeMp4File(general, { videoCodec: 'avc', frameRate: plan.frameRate, frameCount: plan.frameCount }, async ({ addVideo }) => {
    const pictures = await createFilmPictures(plan, addVideo);
    for (const part of plan.parts) for (const stretch of part.stretches) await pictures.add(part, stretch, async () => undefined);
  });
  await cutClips(paths.map(whole), film);
  expect(await indexOf(film)).toEqual(await indexOf(general));
  expect(await packetsOf(film)).toEqual(await packetsOf(general));
});

test('a film of more than 4 GB: every picture is found where it was put', async () => {
  const path = await writeTestClip(join(folder, 'model.mp4'), { width: 48, height: 32, frameCount: 1 });
  const sizes = Uint32Array.from({ length: 5000 }, (_, index) => 1_000_000 + index);
  const start = writeFilmStart(await readFile(path), { frameRate: 24, sizes, shownAt: Int32Array.from(sizes.keys()), startsAnew: new Uint8Array(5000).fill(1) })!;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const large = join(folder, 'large.mp4');
  await writeFile(large, start);
  const file = await open(large, 'r+');
  await file.truncate(start.length + total);
  await file.close();
  expect(rangesOf(picturesOf(start, start.length + total)!)).toEqual([{ offset: start.length, sizeBytes: total }]);
  await withClipTracks(large, async ({ video }) => expect(await video.computeDuration()).toBeCloseTo(5000 / 24, 6));
  await rm(large);
});

test('tables that point beyond the file are not believed, nor those of a file in fragments', async () => {
  const path = await writeTestClip(join(folder, 'doubted.mp4'), { width: 48, height: 32, frameCount: 12 });
  expect((await readClipFacts(path)).ranges).toHaveLength(1);
  const bytes = await readFile(path);
  const beyond = Buffer.from(bytes);
  beyond.writeUInt32BE(bytes.length, bytes.indexOf('stco') + 12);
  expect(picturesOf(beyond, bytes.length)).toBeUndefined();
  expect(picturesOf(bytes, bytes.length - 1)).toBeUndefined();
  await writeFile(path, Buffer.concat([bytes, Buffer.from([0, 0, 0, 8]), Buffer.from('moof')]));
  expect((await readClipFacts(path)).ranges).toBeUndefined();
});

test('a clip that became another after it was read is refused, and the old film stays', async () => {
  const [one, other] = await Promise.all([1, 2].map(async (seed) => await writeTestClip(join(folder, `changed-${seed}.mp4`), { width: 48, height: 32, frameCount: 12, seed })));
  const film = join(folder, 'kept.mp4');
  await writeFile(film, 'the old film');
  const bytes = (await planByteCopy(await planOf([one!, other!])))!;
  await copyFile(one!, `${other!}.new`);
  await rename(`${other!}.new`, other!);
  await expect(writeCopiedFilm(bytes, film, () => undefined)).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE', message: expect.stringContaining(other!) as string });
  expect(await readFile(film, 'utf8')).toBe('the old film');
  expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([]);
});

test('what a clip says does not depend on the clips read before it', async () => {
  const shapes = [{ seed: 1 }, { seed: 2, frameCount: 31 }, { keyFrameEvery: 5 }, { frameRate: 25 }, { width: 32, height: 48 }, { codec: 'avc1.42e01f' }, { latencyMode: 'realtime' as const }, { sound: { sampleRate: 44_100, channels: 1 } }, { sound: { sampleRate: 48_000, channels: 2 }, frameCount: 40 }, { colours: { matrix: 'smpte170m' } }];
  const memory = createReadingMemory();
  const paths = await Promise.all(shapes.map(async (shape, index) => await writeTestClip(join(folder, `any-${index}.mp4`), { width: 48, height: 32, frameCount: 24, ...shape })));
  for (const path of [...paths, ...paths.toReversed()]) expect(await readClipFacts(path, memory)).toEqual(await readClipFacts(path));
});

test('a file too large to be read at once says the same of its pictures and its sound', async () => {
  const path = await writeTestClip(join(folder, 'small.mp4'), { width: 48, height: 32, frameCount: 30, sound: { sampleRate: 48_000, channels: 1 } });
  const large = join(folder, 'padded.mp4');
  await copyFile(path, large);
  const file = await open(large, 'r+');
  const padding = Buffer.from([0x03, 0, 0, 0, ...Buffer.from('free')]); // 50 MB that players skip
  await file.write(padding, 0, 8, (await file.stat()).size);
  await file.truncate((await file.stat()).size - 8 + 0x0300_0000);
  await file.close();
  const { path: _path, version: _version, ...small } = await readClipFacts(path);
  expect(await readClipFacts(large)).toMatchObject({ ...small, probe: { ...small.probe, sizeBytes: small.probe.sizeBytes + 0x0300_0000 } });
});

test('turned clips are told apart from those that stand, also when nothing else differs', async () => {
  const path = await writeTestClip(join(folder, 'stands.mp4'), { width: 48, height: 32, frameCount: 12 });
  const turned = await readFile(path);
  const matrix = turned.indexOf('tkhd') + 4 + 40;
  for (const [place, value] of [[0, 0], [1, 65_536], [3, -65_536], [4, 0]] as const) turned.writeInt32BE(value, matrix + place * 4);
  await writeFile(join(folder, 'lies.mp4'), turned);
  const memory = createReadingMemory();
  expect((await readClipFacts(path, memory)).turn.rotationDegrees).toBe(0);
  expect(await readClipFacts(join(folder, 'lies.mp4'), memory)).toMatchObject({ turn: { rotationDegrees: 90 }, probe: { width: 32, height: 48 } });
});

test.each(['quality', 'realtime'] as const)('the tables say of each picture what the general reader says, also beside sound (%s)', async (latencyMode) => {
  const path = await writeTestClip(join(folder, `tables-${latencyMode}.mp4`), { width: 48, height: 32, frameCount: 40, latencyMode, sound: { sampleRate: 48_000, channels: 1 } });
  const bytes = await readFile(path);
  const samples = picturesOf(bytes, bytes.length)!;
  await withClipTracks(path, async ({ video }) => {
    const ticksPerSecond = await video.getTimeResolution();
    let [index, endTicks] = [0, 0];
    for await (const packet of packetsFrom(video, -1)) {
      expect(Buffer.compare(packet.data, bytes.subarray(samples.offsets[index], samples.offsets[index]! + samples.sizes[index]!))).toBe(0);
      expect(packet.timestamp).toBe(samples.shownTicks[index]! / ticksPerSecond);
      endTicks = Math.max(endTicks, Math.round((packet.timestamp + packet.duration) * ticksPerSecond));
      index += 1;
    }
    expect(index).toBe(40);
    expect(samples.endTicks).toBe(endTicks);
  });
});
