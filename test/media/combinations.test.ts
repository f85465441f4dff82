import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packetsFrom, readClipFacts, withClipTracks } from '../../src/media/clip-facts.ts';
import { cutClips, probeVideo, type CutPart } from '../../src/media/index.ts';
import { decodePictures } from '../../src/media/picture-decoder.ts';
import { decodeSound } from '../../src/media/sound-reader.ts';
import { boxesOf, seededNumbers } from './bad-clips.ts';
import { decodeAll, writeTestClip, type TestClip } from './clips.ts';

/** `npm run media-check` plays all 200, and others when it is given a number; these are the first of them. */
const COUNT = Number(process.env['MEDIA_CHECK_COMBINATIONS'] ?? 10);
const FIRST = Number(process.env['MEDIA_CHECK_SEED'] ?? 1);
const RATES = [24000 / 1001, 24, 25, 30000 / 1001, 30, 50, 60];
const SIZES = [[96, 64], [64, 96], [64, 36], [50, 50], [128, 32]] as const;
const SOUNDS = [undefined, { sampleRate: 48_000, channels: 2 }, { sampleRate: 44_100, channels: 1 }, { sampleRate: 16_000, channels: 1 }, { sampleRate: 22_050, channels: 2 }, { sampleRate: 96_000, channels: 2 }];
const CODECS = ['avc1.640034', 'avc1.640034', 'avc1.4d0028', 'avc1.42e01f'];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'combinations-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Source {
  path: string;
  frameCount: number;
  frameRate: number;
  damaged: boolean;
}

/** Turns the picture by the matrix in the track's header, as telephones do. */
function turn(bytes: Buffer, quarters: number): Buffer {
  const track = boxesOf(bytes).find(({ type }) => type === 'tkhd')!;
  const [cosine, sine] = [[1, 0], [0, 1], [-1, 0], [0, -1]][quarters] as [number, number];
  const matrix = track.offset + 8 + (bytes[track.offset + 8] === 1 ? 52 : 40);
  for (const [place, value] of [[0, cosine], [1, sine], [3, -sine], [4, cosine]] as const) bytes.writeInt32BE(value * 65_536, matrix + place * 4);
  return bytes;
}

async function makeSource(number: (limit: number) => number, name: string): Promise<Source> {
  const pick = <Item>(items: readonly Item[]): Item => items[number(items.length)] as Item;
  const [width, height] = pick(SIZES);
  const frameRate = pick(RATES);
  const frameCount = 10 + number(46);
  const sound = pick(SOUNDS);
  const shape: TestClip = { width, height, frameRate, frameCount, codec: pick(CODECS), keyFrameEvery: pick([1, 7, 12, 200]), latencyMode: pick(['quality', 'realtime']), seed: number(1000), ...(sound && { sound }) };
  const path = await writeTestClip(join(folder, name), shape);
  const quarters = number(4) === 0 ? 1 + number(3) : 0;
  const damaged = number(5) === 0;
  if (quarters > 0 || damaged) {
    const bytes = turn(await readFile(path), quarters);
    const media = boxesOf(bytes).find(({ type }) => type === 'mdat')!;
    // The lengths of the last packets are noise now, and what lies behind them.
    if (damaged) for (let at = media.offset + Math.floor(media.size * 0.88); at < media.offset + media.size; at += 1) bytes[at] = number(256);
    await writeFile(path, bytes);
  }
  return { path, frameCount, frameRate, damaged };
}

/** What a part must come to, counted here anew: all of a clip of the film's rate (half a frame is no trim), else its time at the film's. */
function framesIn({ inS, outS }: CutPart, { frameCount, frameRate }: Source, filmRate: number): number {
  const durationS = frameCount / frameRate;
  const whole = inS < 0.5 / frameRate && (outS ?? durationS) > durationS - 0.5 / frameRate;
  return whole && frameRate === filmRate ? frameCount : Math.max(1, Math.round(((outS ?? durationS) - inS) * filmRate));
}

describe('whatever is cut together', () => {
  test(`${COUNT} combinations of sizes, rates, turns, sounds, codings, trims and damaged ends: all come out, to the frame`, { timeout: Math.max(120_000, COUNT * 3000) }, async () => {
    let damagedFilms = 0;
    let copied = 0;
    let encoded = 0;
    for (let seed = FIRST; seed < FIRST + COUNT; seed += 1) {
      const number = seededNumbers(seed * 7919);
      const sources: Source[] = [];
      for (let index = 0; index < 2 + number(3); index += 1) sources.push(await makeSource(number, `c${seed}-${index}.mp4`));
      const parts = Array.from({ length: 1 + number(6) }, (): { part: CutPart; source: Source } => {
        const source = sources[number(sources.length)]!;
        const durationS = source.frameCount / source.frameRate;
        if (number(3) === 0) return { source, part: { path: source.path, inS: 0, outS: undefined } };
        const inS = (durationS * number(900)) / 1000;
        return { source, part: { path: source.path, inS, outS: number(3) === 0 ? undefined : inS + Math.max(0.001, (durationS - inS) * (1 + number(999))) / 1000 } };
      });
      const film = join(folder, `film-${seed}.mp4`);
      const report = await cutClips(parts.map(({ part }) => part), film).catch((error: unknown) => {
        throw new Error(`combination ${seed} did not come out: ${JSON.stringify(parts)}`, { cause: error });
      });
      const expected = parts.reduce((sum, { part, source }) => sum + framesIn(part, source, report.frameRate), 0);
      expect(report.frameCount, `combination ${seed}`).toBe(expected);
      const probe = await probeVideo(film);
      expect(probe, `combination ${seed}`).toMatchObject({ frameCount: expected, width: report.width, height: report.height });
      expect(probe.audio !== undefined, `combination ${seed}`).toBe(report.audio);
      if (probe.audio) expect(Math.abs(probe.audio.durationS - expected / report.frameRate), `combination ${seed}: sound`).toBeLessThan(1.5 / probe.audio.sampleRate);
      const damaged = parts.some(({ source }) => source.damaged);
      // Pictures that were damaged when they were paid for are copied as they are; all others must decode, each in its place.
      if (!damaged) expect((await decodeAll(film)).map(({ place }) => Math.round(place * 1000) / 1000), `combination ${seed}`).toEqual(Array.from({ length: expected }, (_, index) => index));
      damagedFilms += damaged ? 1 : 0;
      copied += report.copiedFrames;
      encoded += report.encodedFrames;
      await Promise.all([film, ...sources.map(({ path }) => path)].map((path) => rm(path, { force: true })));
    }
    expect(copied).toBeGreaterThan(0);
    expect(encoded).toBeGreaterThan(0);
    if (process.env['MEDIA_CHECK_COMBINATIONS']) process.stdout.write(`${JSON.stringify({ combinations: COUNT, damagedFilms, copied, encoded })}\n`);
  });

  test('picture and sound are together in every trimmed part, wherever it begins between two frames', async () => {
    const silent = await writeTestClip(join(folder, 'before.mp4'), { frameCount: 20, seed: -1 });
    const flash = await writeTestClip(join(folder, 'joint.mp4'), { frameCount: 60, flashAt: 40, keyFrameEvery: 24, sound: { sampleRate: 44_100, channels: 1 } });
    const ins = [0, 0.02, 0.1, 0.333, 0.52, 0.99, 1.27, 1.6];
    const film = join(folder, 'joints.mp4');
    const report = await cutClips(ins.flatMap((inS): CutPart[] => [{ path: silent, inS: 0, outS: undefined }, { path: flash, inS, outS: 2 }]), film);
    expect(report.method).toBe('mixed');
    const flashes = (await decodeAll(film)).flatMap(({ data, place }) => (data[0]! > 228 ? [place / 24] : []));
    // Each part begins with the frame nearest to its in, and the flash is the clip's frame 40.
    let start = 0;
    const expected = ins.map((inS) => {
      const at = start + 20 + 40 - Math.round(inS * 24);
      start += 20 + Math.round((2 - inS) * 24);
      return at / 24;
    });
    expect(flashes.map((time) => Math.round(time * 24))).toEqual(expected.map((time) => Math.round(time * 24)));
    const clicks: number[] = [];
    await withClipTracks(film, async ({ audio }) => {
      for await (const { channels, startS, sampleRate } of decodeSound(audio!, -1, film)) {
        for (const [index, sample] of channels[0]!.entries()) {
          const timeS = startS + index / sampleRate;
          if (Math.abs(sample) > 0.4 && timeS > (clicks.at(-1) ?? -1) + 0.1) clicks.push(timeS);
        }
      }
    });
    expect(clicks).toHaveLength(ins.length);
    for (const [index, clickS] of clicks.entries()) expect(Math.abs(clickS - flashes[index]!) * 1000, `part from ${ins[index]} s`).toBeLessThan(5);
  });

  test('picture and sound are together at the end of ten minutes of clips of every rate', { timeout: 120_000 }, async () => {
    const filmRate = 30000 / 1001;
    const small = { width: 32, height: 32 };
    const lead = await writeTestClip(join(folder, 'lead.mp4'), { ...small, frameRate: filmRate, frameCount: 151, keyFrameEvery: 30, sound: { sampleRate: 16_000, channels: 1 } });
    const others = await Promise.all(
      RATES.map((frameRate, index) => writeTestClip(join(folder, `rate-${index}.mp4`), { ...small, frameRate, frameCount: Math.round(frameRate * 5) + index, seed: index, ...(index % 2 === 0 ? { sound: { sampleRate: index % 4 === 0 ? 44_100 : 22_050, channels: 1 } } : {}) })),
    );
    const last = await writeTestClip(join(folder, 'flash.mp4'), { ...small, frameRate: filmRate, frameCount: 120, flashAt: 77, sound: { sampleRate: 44_100, channels: 2 } });
    const parts: CutPart[] = Array.from({ length: 119 }, (_, index): CutPart => {
      const path = index % 8 === 0 ? (others[(index / 8) % others.length] ?? lead) : lead;
      return { path, inS: index % 5 === 0 ? 0.013 * (index % 11) : 0, outS: undefined };
    });
    const report = await cutClips([...parts.toSpliced(0, 0, { path: lead, inS: 0, outS: undefined }), { path: last, inS: 0.52, outS: undefined }], join(folder, 'long.mp4'));
    expect(report.durationS).toBeGreaterThan(590);
    const film = join(folder, 'long.mp4');
    const { videoConfig } = await readClipFacts(film);
    await withClipTracks(film, async ({ video, audio }) => {
      let flashS = -1;
      for await (const { data, timeS } of decodePictures(packetsFrom(video, report.durationS - 5), videoConfig, film)) if (flashS < 0 && data[0]! > 228) flashS = timeS;
      // The last part starts with the clip's frame 16 (0.52 s), so the flash is its frame 61 of 104.
      expect(flashS).toBeCloseTo((report.frameCount - 104 + 61) / filmRate, 4);
      let clickS = -1;
      for await (const { channels, startS, sampleRate } of decodeSound(audio!, report.durationS - 3, film)) {
        const at = channels[0]!.findIndex((sample) => Math.abs(sample) > 0.4);
        if (at >= 0 && clickS < 0) clickS = startS + at / sampleRate;
      }
      expect(clickS).toBeGreaterThan(0);
      expect(Math.abs(clickS - flashS) * 1000).toBeLessThan(10);
    });
  });
});
