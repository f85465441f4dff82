import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readClipFacts, packetsFrom, withClipTracks } from './clip-facts.ts';
import { cutClips } from './cut-clips.ts';
import { FileBytes } from './file-bytes.ts';
import { i420Size } from './i420.ts';
import { writeMp4File } from './mp4-file.ts';
import { readTopLevelBoxes } from './mp4-boxes.ts';
import { decodePictures } from './picture-decoder.ts';
import { createPictureEncoder } from './picture-encoder.ts';
import { probeVideo } from './probe.ts';
import { renderClip } from './render-clip.ts';
import { aacPacketCount, createSoundEncoder } from './sound-encoder.ts';
import { decodeSound } from './sound-reader.ts';
import { makeTinyClip } from './tiny-clip.ts';

let sources = '';
let output = '';
let film = '';
beforeAll(async () => {
  sources = await mkdtemp(join(tmpdir(), 'cut-sources-'));
});
beforeEach(async () => {
  output = await mkdtemp(join(sources, 'out-'));
  film = join(output, 'film.mp4');
});
afterAll(() => rm(sources, { recursive: true, force: true }));

const whole = (path: string): { path: string; inS: number; outS: undefined } => ({ path, inS: 0, outS: undefined });

interface NumberedShape {
  width?: number;
  height?: number;
  frameRate?: number;
  frameCount?: number;
  /** Luma of frame n is first + 2n: a decoded frame can be told by its brightness. */
  first?: number;
  tone?: { sampleRate: number; channels: number };
}

async function numberedClip(name: string, { width = 64, height = 48, frameRate = 24, frameCount = 48, first = 30, tone }: NumberedShape = {}): Promise<string> {
  const path = join(sources, name);
  const samples = tone ? Math.round((frameCount / frameRate) * tone.sampleRate) : 0;
  await writeMp4File(path, { videoCodec: 'avc', frameRate, frameCount, ...(tone && { audioPacketCount: aacPacketCount(samples) }) }, async (tracks) => {
    const pictures = createPictureEncoder({ width, height, frameRate, bitrate: 800_000, keyFrameEvery: 20 }, tracks.addVideo);
    const sounds = tone && createSoundEncoder(tone, tracks.addAudio);
    for (let index = 0; index < frameCount; index += 1) await pictures.add(new Uint8Array(i420Size(width, height)).fill(128).fill(first + index * 2, 0, width * height));
    await pictures.finish();
    if (tone) await sounds?.add(Array.from({ length: tone.channels }, () => Float32Array.from({ length: samples }, (_, index) => 0.4 * Math.sin((2 * Math.PI * 400 * index) / tone.sampleRate))));
    await sounds?.finish();
    pictures.close();
    sounds?.close();
  });
  return path;
}

/** The clip with another level, as its avcC box says it and as the sequence parameters within say it. */
async function withLevel(path: string, level: number): Promise<string> {
  const bytes = Buffer.from(await readFile(path));
  const box = bytes.indexOf('avcC');
  for (const at of [box + 7, box + 15]) bytes.writeUInt8(level, at);
  const changed = path.replace('.mp4', `-level-${level}.mp4`);
  await writeFile(changed, bytes);
  return changed;
}

/** Every frame of a film: its place on the grid of the rate, and the brightness in its middle. */
async function readFrames(path: string): Promise<{ place: number; luma: number }[]> {
  const { videoConfig, probe } = await readClipFacts(path);
  return withClipTracks(path, async ({ video }) => {
    const frames = [];
    for await (const picture of decodePictures(packetsFrom(video, 0), videoConfig, path)) {
      frames.push({ place: picture.timeS * probe.frameRate, luma: picture.data[(picture.height / 2) * picture.width + picture.width / 2]! });
    }
    return frames;
  });
}

async function readLoudness(path: string): Promise<Float32Array> {
  return withClipTracks(path, async ({ audio }) => {
    const samples: number[] = [];
    for await (const block of decodeSound(audio!, -1, path)) {
      const skip = Math.max(0, Math.round(-block.startS * block.sampleRate));
      for (const sample of block.channels[0]!.subarray(Math.min(skip, block.channels[0]!.length))) samples.push(sample);
    }
    return Float32Array.from(samples);
  });
}

const level = (samples: Float32Array): number => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe('clips that are alike', () => {
  test('rendered clips are copied: the film has the sum of their frames, each on its own place, its sound as long', async () => {
    const paths = await Promise.all(
      [0, 1, 2].map(async (variant) => {
        const path = join(sources, `rendered-${variant}.mp4`);
        await renderClip({ width: 160, height: 90, frameRate: 24, frameCount: 25 + variant * 6, prompt: `Shot ${variant}`, heading: '', stamp: 'SANDBOX', variant, sound: variant === 1 }, path);
        return path;
      }),
    );
    const progress: number[] = [];
    const report = await cutClips(paths.map(whole), film, { onProgress: (done) => progress.push(done) });
    expect(report).toEqual({ method: 'copied', frameCount: 93, copiedFrames: 93, encodedFrames: 0, broken: [], durationS: 93 / 24, width: 160, height: 90, frameRate: 24, audio: true });
    const probe = await probeVideo(film);
    expect(probe).toMatchObject({ frameCount: 93, frameRate: 24, audio: { codec: 'aac', sampleRate: 48_000, channels: 2 } });
    expect(Math.abs(probe.audio!.durationS - 93 / 24)).toBeLessThan(1 / 48_000);
    const frames = await readFrames(film);
    expect(frames.map(({ place }) => Number(place.toFixed(6)))).toEqual(frames.map((_, index) => index));
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((one, other) => one - other));
    expect(await readdir(output)).toEqual(['film.mp4']);
  });

  test('the index stands before the media, so a browser can start at once', async () => {
    const path = join(sources, 'tiny.mp4');
    await writeFile(path, await makeTinyClip({ uniqueText: 'x' }));
    await cutClips([whole(path), whole(path)], film);
    const { boxes } = await FileBytes.with(film, readTopLevelBoxes);
    const order = boxes.map(({ type }) => type);
    expect(order.indexOf('moov')).toBeLessThan(order.indexOf('mdat'));
    expect((await probeVideo(film)).frameCount).toBe(242);
  });

  test('twenty clips with sound: no joint drifts by a sample', async () => {
    const tone = await numberedClip('tone.mp4', { frameCount: 25, tone: { sampleRate: 44_100, channels: 1 } });
    const silent = await numberedClip('silent.mp4', { frameCount: 25 });
    const report = await cutClips(Array.from({ length: 20 }, (_, index) => whole(index % 2 === 0 ? tone : silent)), film);
    expect(report).toMatchObject({ method: 'copied', frameCount: 500, audio: true });
    const samples = await readLoudness(film);
    const joint = (part: number): number => Math.round((part * 25 * 44_100) / 24);
    for (let part = 0; part < 20; part += 1) {
      // AAC smears an edge over half a packet, so the ends are left out of the level ...
      const inside = level(samples.subarray(joint(part) + 1100, joint(part + 1) - 1100));
      if (part % 2 === 0) expect(inside).toBeCloseTo(0.4 / Math.SQRT2, 1);
      else expect(inside).toBeLessThan(0.002);
    }
    // ... and the edges themselves stand where they belong, also the last.
    for (const part of [2, 10, 18]) {
      const around = samples.subarray(joint(part) - 1500, joint(part) + 1500);
      const onset = around.findIndex((sample) => Math.abs(sample) > 0.2);
      expect(Math.abs(onset - 1500)).toBeLessThan(80);
    }
  });
});

describe('clips that differ, or are trimmed', () => {
  test('a trim is exact to the frame, on both sides, also off the keyframes', async () => {
    const path = await numberedClip('trim.mp4', { frameCount: 72 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 1, max: 30 }), async (from, length) => {
        const to = Math.min(72, from + length);
        fc.pre(from > 0 || to < 72);
        const report = await cutClips([{ path, inS: from / 24, outS: to / 24 }], film);
        expect(report).toMatchObject({ frameCount: to - from, copiedFrames: to - from - report.encodedFrames, audio: false });
        if (report.encodedFrames > 0) expect(report.encodedBecause).toContain('trimmed');
        const frames = await readFrames(film);
        expect(frames.map(({ place }) => Math.round(place))).toEqual(Array.from({ length: to - from }, (_, index) => index));
        for (const [index, { luma }] of frames.entries()) expect(Math.abs(luma - (30 + (from + index) * 2)), `frame ${index} of ${from}..${to}`).toBeLessThanOrEqual(1);
      }),
      { numRuns: 12 },
    );
  });

  test('another size is fitted into the first with bars, never stretched', async () => {
    const wide = await numberedClip('wide.mp4', { width: 128, height: 72, frameCount: 12 });
    const tall = await numberedClip('tall.mp4', { width: 72, height: 128, frameCount: 12, first: 120 });
    const report = await cutClips([whole(wide), whole(tall)], film);
    expect(report).toMatchObject({ method: 'mixed', frameCount: 24, copiedFrames: 12, encodedFrames: 12, width: 128, height: 72 });
    expect(report.encodedBecause).toMatch(/tall\.mp4.*72 × 128/);
    const { videoConfig } = await readClipFacts(film);
    await withClipTracks(film, async ({ video }) => {
      let last: { data: Uint8Array } | undefined;
      for await (const picture of decodePictures(packetsFrom(video, 0), videoConfig, film)) last = picture;
      const row = last!.data.subarray(36 * 128, 37 * 128);
      expect(row[10]).toBeLessThan(22); // the bar
      expect(row[118]).toBeLessThan(22);
      expect(Math.abs(row[64]! - (120 + 11 * 2))).toBeLessThanOrEqual(2);
    });
  });

  test.each([
    [30, 24, 60, 48],
    [24, 30, 48, 60],
    [25, 24, 50, 48],
  ])('a clip of %d frames a second in a film of %d keeps its length and its speed', async (clipRate, filmRate, clipFrames, filmFrames) => {
    const lead = await numberedClip(`lead-${filmRate}.mp4`, { frameRate: filmRate, frameCount: 2 });
    const other = await numberedClip(`other-${clipRate}.mp4`, { frameRate: clipRate, frameCount: clipFrames });
    const report = await cutClips([whole(lead), whole(other)], film);
    expect(report).toMatchObject({ method: 'mixed', frameCount: 2 + filmFrames, copiedFrames: 2, frameRate: filmRate });
    const frames = (await readFrames(film)).slice(2);
    for (const [index, { luma }] of frames.entries()) {
      const shown = Math.floor(((index + 0.5) / filmRate) * clipRate);
      expect(Math.abs(luma - (30 + shown * 2)), `film frame ${index}`).toBeLessThanOrEqual(1);
    }
  });

  test('sound of another rate is brought to the first, trimmed with its picture, silence stands for none', async () => {
    const first = await numberedClip('s48.mp4', { frameCount: 24, tone: { sampleRate: 48_000, channels: 2 } });
    const other = await numberedClip('s44.mp4', { frameCount: 48, tone: { sampleRate: 44_100, channels: 1 } });
    const none = await numberedClip('s0.mp4', { frameCount: 24 });
    await cutClips([whole(first), { path: none, inS: 0, outS: 0.5 }, { path: other, inS: 0.5, outS: 1.5 }], film);
    const probe = await probeVideo(film);
    expect(probe).toMatchObject({ frameCount: 60, audio: { sampleRate: 48_000, channels: 2 } });
    expect(Math.abs(probe.audio!.durationS - 2.5)).toBeLessThan(1 / 48_000);
    const samples = await readLoudness(film);
    expect(level(samples.subarray(2000, 46_000))).toBeCloseTo(0.283, 1);
    expect(level(samples.subarray(49_500, 70_500))).toBeLessThan(0.002);
    const last = samples.subarray(74_000, 118_000);
    expect(level(last)).toBeCloseTo(0.283, 1);
    // 400 Hz stays 400 Hz.
    const risings = last.reduce((count, sample, index) => count + (index > 0 && last[index - 1]! < 0 && sample >= 0 ? 1 : 0), 0);
    expect(Math.abs(risings - (400 * last.length) / 48_000)).toBeLessThanOrEqual(1);
  });

  test('a clip of the same size and rate but from another encoder brings its settings along, and is copied', async () => {
    const one = await numberedClip('encoder-a.mp4', { frameCount: 10 });
    const other = await withLevel(one, 20);
    const report = await cutClips([whole(one), whole(other)], film);
    expect(report).toMatchObject({ method: 'copied', frameCount: 20, copiedFrames: 20 });
    expect((await readFrames(film)).map(({ luma }, index) => Math.abs(luma - (30 + (index % 10) * 2)) <= 1)).not.toContain(false);
  });
});

describe('what goes wrong', () => {
  test('a clip cut short or missing is refused by name, and the old film stays', async () => {
    const good = await numberedClip('good.mp4', { frameCount: 5 });
    const bad = join(sources, 'short.mp4');
    await writeFile(bad, (await makeTinyClip({ uniqueText: 'y' })).subarray(0, 9000));
    await writeFile(film, 'the old film');
    await expect(cutClips([whole(good), whole(bad)], film)).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE', message: expect.stringContaining('short.mp4') as string });
    await expect(cutClips([whole(good), whole(join(sources, 'absent.mp4'))], film)).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE' });
    expect((await readdir(output)).sort()).toEqual(['film.mp4']);
  });

  test('a clip that no decoder takes is refused by name with the decoder’s reason', async () => {
    const strange = await withLevel(await numberedClip('strange.mp4', { frameCount: 5 }), 23);
    const cut = cutClips([{ path: strange, inS: 0.05, outS: 0.1 }], film);
    await expect(cut).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE', message: expect.stringMatching(/strange-level-23\.mp4.*Unsupported codec/) as string });
    expect(await readdir(output)).toEqual([]);
  });

  test('a place that cannot be written is named, with the reason', async () => {
    const good = await numberedClip('fine.mp4', { frameCount: 5 });
    await writeFile(join(output, 'file'), '');
    await expect(cutClips([whole(good)], join(output, 'file', 'film.mp4'))).rejects.toMatchObject({ code: 'MEDIA_WRITE_FAILED', message: expect.stringContaining('a file, not a folder') as string });
    await mkdir(film);
    await expect(cutClips([whole(good)], film)).rejects.toMatchObject({ code: 'MEDIA_WRITE_FAILED', message: expect.stringContaining('it is a folder') as string });
    expect((await readdir(output)).sort()).toEqual(['file', 'film.mp4']);
  });

  test('in and out that make no sense are refused all at once', async () => {
    const good = await numberedClip('times.mp4', { frameCount: 24 });
    const cut = cutClips([{ path: good, inS: -1, outS: 1 }, { path: good, inS: 0.5, outS: 0.5 }, { path: good, inS: 2, outS: undefined }, { path: good, inS: 0, outS: 9 }, whole(good)], film);
    await expect(cut).rejects.toMatchObject({ code: 'MEDIA_BAD_CUT', detail: { reasons: [1, 2, 3, 4].map((part) => expect.stringContaining(`part ${part}, `) as string) } });
    await expect(cutClips([], film)).rejects.toMatchObject({ code: 'MEDIA_BAD_CUT' });
    expect(await readdir(output)).toEqual([]);
  });

  test.each(['copied', 'encoded'])('an abort of a film being %s comes back unchanged and leaves nothing', async (method) => {
    const path = await numberedClip('abort.mp4', { frameCount: 90, first: 20, tone: { sampleRate: 48_000, channels: 2 } });
    const controller = new AbortController();
    const reason = new Error('enough');
    const parts = [{ path, inS: method === 'copied' ? 0 : 1, outS: undefined }, whole(path)];
    await expect(cutClips(parts, film, { signal: controller.signal, onProgress: (done) => done > 0.4 && controller.abort(reason) })).rejects.toBe(reason);
    expect(await readdir(output)).toEqual([]);
    await expect(cutClips(parts, film, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
