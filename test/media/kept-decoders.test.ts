import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packetsFrom, readClipFacts, withClipTracks } from '../../src/media/clip-facts.ts';
import { createPictureDecoders, decodePictures, type PictureDecoders } from '../../src/media/picture-decoder.ts';
import { createSoundDecoders, decodeSound, type SoundDecoders } from '../../src/media/sound-reader.ts';
import { boxesOf } from './bad-clips.ts';
import { writeTestClip } from './clips.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-decoders-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const hash = (...data: readonly Uint8Array[]): string => createHash('sha256').update(Buffer.concat(data)).digest('hex');

/** The first so many pictures, or those that came before the decoder gave up. */
async function pictures(path: string, count: number, decoders?: PictureDecoders): Promise<string[]> {
  const { videoConfig } = await readClipFacts(path);
  return await withClipTracks(path, async ({ video }) => {
    const seen: string[] = [];
    try {
      for await (const { data, timeS } of decodePictures(packetsFrom(video, -1), videoConfig, path, decoders)) if (seen.push(`${timeS} ${hash(data)}`) === count) break;
    } catch {
      seen.push('gave up');
    }
    return seen;
  });
}

async function sounds(path: string, fromS: number, count: number, decoders?: SoundDecoders): Promise<string[]> {
  return await withClipTracks(path, async ({ audio }) => {
    const heard: string[] = [];
    for await (const { channels, startS } of decodeSound(audio!, fromS, path, decoders)) if (heard.push(`${startS} ${hash(...channels.map((channel) => new Uint8Array(channel.buffer)))}`) === count) break;
    return heard;
  });
}

async function damaged(path: string): Promise<string> {
  const bytes = await readFile(path);
  const media = boxesOf(bytes).find(({ type }) => type === 'mdat')!;
  bytes.fill(0xa5, media.offset + Math.floor(media.size / 2), media.offset + media.size);
  await writeFile(`${path}.damaged.mp4`, bytes);
  return `${path}.damaged.mp4`;
}

test.each(['quality', 'realtime'] as const)('a decoder that goes on with the next clip shows nothing of the one before, however that one ended (%s)', async (latencyMode) => {
  const [one, other] = await Promise.all([1, 2].map(async (seed) => await writeTestClip(join(folder, `${latencyMode}-${seed}.mp4`), { seed, latencyMode, frameCount: 40, keyFrameEvery: 12 })));
  const order: [string, number][] = [[one!, 99], [other!, 99], [one!, 7], [other!, 99], [await damaged(one!), 99], [other!, 99], [await damaged(other!), 30], [one!, 99]];
  const decoders = createPictureDecoders();
  const [kept, fresh]: [string[][], string[][]] = [[], []];
  for (const [path, count] of order) {
    const seen = await pictures(path, count, decoders);
    // What a decoder makes of damage is its own affair.
    if (path.endsWith('.damaged.mp4')) continue;
    kept.push(seen);
    fresh.push(await pictures(path, count));
  }
  decoders.close();
  expect(kept).toEqual(fresh);
});

test('and lets nothing of it be heard, wherever in the next clip it begins', async () => {
  const [one, other] = await Promise.all([40, 50].map(async (frameCount) => await writeTestClip(join(folder, `sound-${frameCount}.mp4`), { width: 32, height: 32, frameCount, flashAt: 20, sound: { sampleRate: 48_000, channels: 2 } })));
  const decoders = createSoundDecoders();
  for (const [path, fromS, count] of [[one!, 0, 999], [other!, 0, 999], [one!, 0.9, 4], [other!, 0.7, 999], [one!, 0, 999]] as const) {
    expect(await sounds(path, fromS, count, decoders)).toEqual(await sounds(path, fromS, count));
  }
  decoders.close();
});
