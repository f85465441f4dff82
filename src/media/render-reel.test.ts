import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { marginLayout, pictureArea } from './burn-in.ts';
import { loadCanvas } from './codecs.ts';
import { cutClips } from './cut-clips.ts';
import { grabFrame } from './frame-grab.ts';
import { probeVideo } from './probe.ts';
import type { Reel, ReelShot } from './reel.ts';
import { renderClip } from './render-clip.ts';
import { renderReel } from './render-reel.ts';
import { drawStoryboard } from './storyboard.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reel-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const margin = { slate: 'S01_SH01', heading: 'INT. KITCHEN - NIGHT', stamp: 'ANIMATIC, not Kling', facts: 'Scene 1', price: '$0.21', clock: 'film' };
const shot = (changes: Partial<ReelShot> = {}): ReelShot => ({ picture: { width: 640, height: 360, frameCount: 24, prompt: 'A grey wall. Static shot.', variant: 0 }, fromFrame: 0, frameCount: 12, margin, subtitles: [], ...changes });
const reel = (shots: ReelShot[], changes: Partial<Reel> = {}): Reel => ({ width: 640, height: 360, frameRate: 24, firstFrame: 0, shots, ...changes });

/** A frame's pixels, four numbers each. */
async function pixelsAt(path: string, frame: number): Promise<(x: number, y: number, width: number, height: number) => Uint8ClampedArray> {
  const png = join(folder, 'frame.png');
  await grabFrame(path, frame / 24, png);
  const image = await loadCanvas().loadImage(png);
  const context = loadCanvas().createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return (x, y, width, height) => context.getImageData(x, y, width, height).data;
}

const differ = (one: Uint8ClampedArray, other: Uint8ClampedArray): number => one.reduce((most, value, index) => Math.max(most, Math.abs(value - (other[index] ?? 0))), 0);

it('has its words in the margin and none in the picture, a time code that counts every frame, and a subtitle for its time only', async () => {
  const path = join(folder, 'film.mp4');
  const picture = join(folder, 'picture.png');
  const plain = loadCanvas().createCanvas(640, 360);
  plain.getContext('2d').fillStyle = '#406080';
  plain.getContext('2d').fillRect(0, 0, 640, 360);
  await writeFile(picture, await plain.encode('png'));
  await renderReel(reel([shot({ picture: { ...shot().picture, startFramePath: picture }, subtitles: [{ fromFrame: 3, toFrame: 7, text: 'Now.\nOr never.' }] })]), path);
  expect(await probeVideo(path)).toMatchObject({ frameCount: 12, frameRate: 24, width: 640, height: 360 });

  const layout = marginLayout(640, 360);
  const area = pictureArea(layout, { width: 640, height: 360 });
  const [first, second, speaking] = [await pixelsAt(path, 0), await pixelsAt(path, 1), await pixelsAt(path, 3)];
  const inside = [area.left + 4, area.top + 4, area.width - 8, area.height * 0.4] as const;
  const plainPixel = first(area.left + 8, area.top + 8, 1, 1);
  // The picture's upper part is one colour: nothing was written into it.
  for (const pixels of [first, second, speaking]) expect(differ(pixels(...inside), pixels(...inside).map((_, index) => plainPixel[index % 4] ?? 0))).toBeLessThan(70);
  expect(differ(first(area.left, area.top + area.height * 0.7, area.width, area.height * 0.28), second(area.left, area.top + area.height * 0.7, area.width, area.height * 0.28))).toBeLessThan(30);
  expect(differ(second(area.left, area.top + area.height * 0.7, area.width, area.height * 0.28), speaking(area.left, area.top + area.height * 0.7, area.width, area.height * 0.28))).toBeGreaterThan(100);
  // Frame 0 and 1 share a drawing; their time codes differ.
  expect(differ(first(480, 0, 160, layout.barHeight), second(480, 0, 160, layout.barHeight))).toBeGreaterThan(60);
  expect(differ((await pixelsAt(path, 7))(area.left, area.top + area.height * 0.7, area.width, area.height * 0.28), second(area.left, area.top + area.height * 0.7, area.width, area.height * 0.28))).toBeLessThan(30);
});

it('begins a shot that goes on from another with the last picture of that one', async () => {
  const path = join(folder, 'film.mp4');
  const parent = shot({ picture: { ...shot().picture, prompt: 'A street at night. Static shot.' } });
  const child = shot({ frameCount: 24, picture: { ...shot().picture, prompt: 'Hills by day. Static shot.', begins: { picture: parent.picture, frame: 11 } } });
  await renderReel(reel([parent, child]), path);
  const area = pictureArea(marginLayout(640, 360), { width: 640, height: 360 });
  const shown = async (frame: number) => (await pixelsAt(path, frame))(area.left, area.top, area.width, area.height);
  const [last, first, later] = [await shown(11), await shown(12), await shown(34)];
  const apart = (one: Uint8ClampedArray, other: Uint8ClampedArray) => one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
  expect(apart(last, first)).toBeLessThan(1.5);
  expect(apart(last, later)).toBeGreaterThan(20);
});

it('moves where the camera or the weather does, and stands where nothing does', async () => {
  const path = join(folder, 'film.mp4');
  const prompts = ['A wide shot of hills. The camera pans left.', 'A wide street in heavy rain. Static shot.', 'A wide shot of hills by day. Static shot.'];
  await renderReel(reel(prompts.map((prompt) => shot({ picture: { ...shot().picture, prompt } }))), path);
  const area = pictureArea(marginLayout(640, 360), { width: 640, height: 360 });
  const change = async (from: number, to: number) => {
    const [one, other] = [await pixelsAt(path, from), await pixelsAt(path, to)].map((pixels) => pixels(area.left, area.top, area.width, area.height)) as [Uint8ClampedArray, Uint8ClampedArray];
    return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
  };
  const [panned, rained, stood] = [await change(0, 10), await change(12, 22), await change(24, 34)];
  expect(panned).toBeGreaterThan(3 * stood);
  expect(rained).toBeGreaterThan(1.5 * stood);
});

it('joins with clips by copying, because its encoding is theirs', async () => {
  const [clip, drawn, film] = ['clip.mp4', 'drawn.mp4', 'film.mp4'].map((name) => join(folder, name)) as [string, string, string];
  await renderClip({ width: 128, height: 72, frameRate: 24, frameCount: 12, prompt: 'The sea', heading: '', stamp: 'S', variant: 1, sound: false }, clip);
  await renderReel(reel([shot()], { width: 128, height: 72 }), drawn);
  expect(await cutClips([clip, drawn, clip].map((path) => ({ path, inS: 0, outS: undefined })), film)).toMatchObject({ method: 'copied', frameCount: 36 });
});

it('fits every shape into every frame, down to a stamp', async () => {
  const shapes = [{ width: 1280, height: 720 }, { width: 720, height: 1280 }, { width: 960, height: 960 }, { width: 1280, height: 300 }];
  for (const frame of [...shapes, { width: 64, height: 36 }, { width: 16, height: 16 }]) {
    const layout = marginLayout(frame.width, frame.height);
    for (const shape of shapes) {
      const area = pictureArea(layout, shape);
      expect([area.left, area.top, area.width, area.height].every((value) => value >= 0 && value % 2 === 0)).toBe(true);
      expect(area.left + area.width <= frame.width && area.top + area.height <= frame.height - layout.barHeight).toBe(true);
    }
  }
  for (const size of [{ width: 64, height: 36 }, { width: 16, height: 16 }, { width: 120, height: 214 }]) {
    const path = join(folder, `${size.width}.mp4`);
    await renderReel(reel(shapes.map((shape) => shot({ frameCount: 2, picture: { ...shot().picture, ...shape }, subtitles: [{ fromFrame: 0, toFrame: 2, text: 'Words that are far too long for a stamp.' }] })), size), path);
    expect((await probeVideo(path)).frameCount).toBe(8);
  }
});

it('keeps the place of a shot that cannot be drawn, and leaves nothing when it is stopped', async () => {
  const path = join(folder, 'film.mp4');
  await renderReel(reel([shot({ picture: { ...shot().picture, startFramePath: join(folder, 'gone.png') } })]), path);
  expect((await probeVideo(path)).frameCount).toBe(12);
  await rm(path);
  const stop = new AbortController();
  const stopped = renderReel(reel([shot(), shot()]), path, { signal: stop.signal, onProgress: (done) => done > 0.3 && stop.abort(new Error('Ctrl-C')) });
  await expect(stopped).rejects.toThrow('Ctrl-C');
  expect(await readdir(folder)).toEqual([]);
});

it('a storyboard has six shots a page, as a document of many pages or as a picture of each', async () => {
  const cell = { slate: 'S01_SH01', fact: '5.04 s', kind: 'pan left', prompt: 'A boat leaves. '.repeat(60), line: 'Go “now”, 走吧. '.repeat(20), shot: shot(), moves: true };
  const board = { title: 'Story é 电影', totals: '13 shots', paper: 'a4' as const, frameRate: 24, cells: Array.from({ length: 13 }, () => cell) };
  const pages = await drawStoryboard(board, 'png');
  expect(pages).toHaveLength(3);
  expect(await loadCanvas().loadImage(Buffer.from(pages[0]!))).toMatchObject({ width: 2339, height: 1653 });
  const [document, ...others] = await drawStoryboard(board, 'pdf');
  expect(others).toEqual([]);
  expect(Buffer.from(document!).toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(3);
});
