import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCanvas } from './codecs.ts';
import { grabLastFrame } from './frame-grab.ts';
import { i420Size, rgbaToI420 } from './i420.ts';
import { writeMp4File } from './mp4-file.ts';
import { createPictureEncoder } from './picture-encoder.ts';

const [WIDTH, HEIGHT] = [640, 360];
const LIMITS = { maxBytes: 10 * 1024 * 1024, minSidePx: 300 };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frame-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Skin, sky, greys, full colours and a soft gradient: what drifts first when a conversion is a little wrong. */
function testCard(): Uint8Array {
  const canvas = loadCanvas().createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  const gradient = context.createLinearGradient(0, 0, WIDTH, 0);
  gradient.addColorStop(0, '#101418');
  gradient.addColorStop(1, '#f4efe6');
  context.fillStyle = gradient;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  for (const [index, colour] of ['#c68863', '#7fb2e5', '#808080', '#d22b2b', '#2fa84f', '#2b49d2', '#e8d33f', '#202020'].entries()) {
    context.fillStyle = colour;
    context.fillRect(index * 80, 120, 80, 120);
  }
  return canvas.encodeSync('png');
}

async function pixelsOf(picture: Uint8Array): Promise<Uint8ClampedArray> {
  const image = await loadCanvas().loadImage(picture);
  const canvas = loadCanvas().createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, WIDTH, HEIGHT).data;
}

/** A clip that shows pictures for a frame each, as another program would make it out of a start frame. */
async function clipOf(pictures: readonly Uint8Array[], path: string, frameRate = 24): Promise<void> {
  await writeMp4File(path, { videoCodec: 'avc', frameRate, frameCount: pictures.length }, async (tracks) => {
    const encoder = createPictureEncoder({ width: WIDTH, height: HEIGHT, frameRate, bitrate: 8_000_000 }, tracks.addVideo);
    const i420 = new Uint8Array(i420Size(WIDTH, HEIGHT));
    for (const picture of pictures) await encoder.add(rgbaToI420(Buffer.from((await pixelsOf(picture)).buffer), WIDTH, HEIGHT, i420).data);
    await encoder.finish();
    encoder.close();
  });
}

function meanOf(pixels: Uint8ClampedArray, channel: number): number {
  let sum = 0;
  for (let at = channel; at < pixels.length; at += 4) sum += pixels[at] ?? 0;
  return sum / (pixels.length / 4);
}

describe('the last frame of a clip as the start of the next', () => {
  test('a chain of 20 shots keeps its colours: no channel drifts by one code value', async () => {
    const card = testCard();
    let start: Uint8Array = card;
    for (let shot = 1; shot <= 20; shot += 1) {
      const clip = join(folder, `chain-${shot}.mp4`);
      const frame = join(folder, `chain-${shot}.png`);
      await clipOf(Array.from({ length: 6 }, () => start), clip);
      await grabLastFrame(clip, undefined, frame, LIMITS);
      start = await readFile(frame);
    }
    const [first, last] = [await pixelsOf(card), await pixelsOf(start)];
    const drift = [0, 1, 2].map((channel) => Math.abs(meanOf(last, channel) - meanOf(first, channel)));
    expect(Math.max(...drift)).toBeLessThan(1);
    // Each patch for itself, so that two errors do not hide each other.
    for (let patch = 0; patch < 8; patch += 1) {
      for (const channel of [0, 1, 2]) {
        const at = (180 * WIDTH + patch * 80 + 40) * 4 + channel;
        expect(Math.abs((last[at] ?? 0) - (first[at] ?? 0)), `patch ${patch}, channel ${channel}`).toBeLessThanOrEqual(3);
      }
    }
  });

  test('is the last one that the film shows, to the frame, where the shot is left before its end', async () => {
    const greys = Array.from({ length: 24 }, (_, index) => {
      const canvas = loadCanvas().createCanvas(WIDTH, HEIGHT);
      const context = canvas.getContext('2d');
      context.fillStyle = `rgb(${40 + index * 8},${40 + index * 8},${40 + index * 8})`;
      context.fillRect(0, 0, WIDTH, HEIGHT);
      return canvas.encodeSync('png');
    });
    const clip = join(folder, 'greys.mp4');
    await clipOf(greys, clip);
    const frameAt = async (outS: number | undefined): Promise<number> => {
      const path = join(folder, 'grey.png');
      await grabLastFrame(clip, outS, path, LIMITS);
      return Math.round(((await pixelsOf(await readFile(path)))[0] ?? 0) / 8 - 5);
    };
    expect(await frameAt(undefined)).toBe(23);
    expect(await frameAt(1)).toBe(23);
    expect(await frameAt(0.5)).toBe(11);
    expect(await frameAt(1 / 24)).toBe(0);
    expect(await frameAt(7)).toBe(23);
  });

  test('is large enough and small enough for Kling, whatever the clip is', async () => {
    const clip = join(folder, 'noise.mp4');
    await clipOf([testCard()], clip);
    const path = join(folder, 'limits.png');
    await grabLastFrame(clip, undefined, path, { maxBytes: 6_000, minSidePx: 300 });
    expect((await readFile(path)).subarray(0, 2).toString('hex')).toBe('ffd8');
    await grabLastFrame(clip, undefined, path, { ...LIMITS, minSidePx: 720 });
    const image = await loadCanvas().loadImage(await readFile(path));
    expect([image.width, image.height]).toEqual([1280, 720]);
    await writeFile(path, 'not a clip');
    await expect(grabLastFrame(path, undefined, join(folder, 'none.png'), LIMITS)).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE' });
  });
});
