import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCanvas } from '../../src/media/codecs.ts';
import { i420Size, rgbaToI420 } from '../../src/media/i420.ts';
import { cutClips } from '../../src/media/index.ts';
import { writeMp4File } from '../../src/media/mp4-file.ts';
import { createPictureEncoder } from '../../src/media/picture-encoder.ts';
import { decodeAll } from './clips.ts';

const LEAST_DB = 45;
const [WIDTH, HEIGHT] = [640, 360];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'test-card-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Ramps, saturated bars and text; a line of it moves, as in a clip. */
function drawCard(frame: number): Uint8Array {
  const { createCanvas, GlobalFonts } = loadCanvas();
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  const ramp = context.createLinearGradient(0, 0, WIDTH, 0);
  ramp.addColorStop(0, 'black');
  ramp.addColorStop(1, 'white');
  context.fillStyle = ramp;
  context.fillRect(0, 0, WIDTH, 120);
  for (const [index, colour] of ['#fff', '#ff0', '#0ff', '#0f0', '#f0f', '#f00', '#00f', '#000'].entries()) {
    context.fillStyle = colour;
    context.fillRect(index * 80, 120, 80, 120);
  }
  const sky = context.createLinearGradient(0, 240, WIDTH, HEIGHT);
  sky.addColorStop(0, '#204060');
  sky.addColorStop(1, '#e0a070');
  context.fillStyle = sky;
  context.fillRect(0, 240, WIDTH, 120);
  context.fillStyle = 'white';
  context.font = `28px ${GlobalFonts.families[0]?.family ?? 'sans-serif'}`;
  context.fillText('Nobody will see that this was coded twice.', 20 + frame, 310);
  return new Uint8Array(rgbaToI420(context.getImageData(0, 0, WIDTH, HEIGHT).data, WIDTH, HEIGHT).data);
}

function psnr(one: Uint8Array, other: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += ((one[at] ?? 0) - (other[at] ?? 0)) ** 2;
  return sum === 0 ? Infinity : 10 * Math.log10((255 * 255 * (to - from)) / sum);
}

test(`a test card is copied to the bit, and encoded anew it keeps ${LEAST_DB} dB in brightness and in both colours, at each joint too`, async () => {
  const card = join(folder, 'card.mp4');
  await writeMp4File(card, { videoCodec: 'avc', frameRate: 24, frameCount: 48 }, async (tracks) => {
    // A clip as good as Kling's best: what is measured is what the cut adds.
    const pictures = createPictureEncoder({ width: WIDTH, height: HEIGHT, frameRate: 24, bitrate: 6_000_000, keyFrameEvery: 48 }, tracks.addVideo);
    for (let frame = 0; frame < 48; frame += 1) await pictures.add(drawCard(frame));
    await pictures.finish();
    pictures.close();
  });
  const clip = await decodeAll(card);
  const film = join(folder, 'film.mp4');
  const copy = await cutClips([{ path: card, inS: 0, outS: 0.5 }, { path: card, inS: 0, outS: undefined }], film);
  expect(copy.encodedFrames).toBe(0);
  expect((await decodeAll(film)).map(({ sha256 }) => sha256)).toEqual([...clip.slice(0, 12), ...clip].map(({ sha256 }) => sha256));

  // From the second frame on: all of it must be encoded. And a few frames alone, where an encoder has no time to settle.
  const trims = [[1, 48], [5, 8], [20, 21]] as const;
  const encoded = await cutClips(trims.map(([from, to]) => ({ path: card, inS: from / 24, outS: to / 24 })), film);
  expect(encoded.copiedFrames).toBe(0);
  const expected = trims.flatMap(([from, to]) => clip.slice(from, to));
  const planes = [[0, WIDTH * HEIGHT], [WIDTH * HEIGHT, (WIDTH * HEIGHT * 5) / 4], [(WIDTH * HEIGHT * 5) / 4, i420Size(WIDTH, HEIGHT)]] as const;
  const seen = await decodeAll(film);
  const worst = planes.map(([from, to]) => Math.min(...seen.map(({ data }, index) => psnr(data, expected[index]!.data, from, to))));
  expect(Math.min(...worst), `brightness and colours: ${worst.map((dB) => dB.toFixed(1)).join(', ')} dB`).toBeGreaterThanOrEqual(LEAST_DB);
});
