import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadCanvas } from './codecs.ts';
import { cellsOnAPage, drawContactSheet } from './contact-sheet.ts';
import { grabThumbnail } from './frame-grab.ts';
import { makeTinyClip } from './tiny-clip.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheet-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Mean of red, green and blue of a rectangle. */
async function meanColour(picture: Uint8Array, x: number, y: number, width: number, height: number): Promise<number[]> {
  const { createCanvas, loadImage } = loadCanvas();
  const image = await loadImage(Buffer.from(picture));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(x, y, width, height);
  return [0, 1, 2].map((channel) => data.filter((_, index) => index % 4 === channel).reduce((sum, value) => sum + value, 0) / (width * height));
}

it('shows the frame of the moment, small, and never larger than it is', async () => {
  const path = join(folder, 'clip.mp4');
  await writeFile(path, await makeTinyClip({ uniqueText: 'a', width: 128, height: 72 }));
  const { loadImage } = loadCanvas();
  const [small, early, late] = [await grabThumbnail(path, 1, 64), await grabThumbnail(path, 0, 480), await grabThumbnail(path, 40 / 24, 480)];
  expect(await loadImage(Buffer.from(small))).toMatchObject({ width: 64, height: 36 });
  expect(await loadImage(Buffer.from(early))).toMatchObject({ width: 128, height: 72 });
  // The bar stands left at first, and 80 pixels further right at frame 40.
  expect((await meanColour(early, 0, 0, 4, 72))[0]).toBeGreaterThan(180);
  expect((await meanColour(late, 0, 0, 4, 72))[0]).toBeLessThan(120);
  expect((await meanColour(late, 80, 0, 4, 72))[0]).toBeGreaterThan(180);
});

it('is a page of pictures with words, the same in every shape; a picture that is none leaves its place empty', async () => {
  const red = loadCanvas().createCanvas(320, 180);
  red.getContext('2d').fillStyle = '#ff0000';
  red.getContext('2d').fillRect(0, 0, 320, 180);
  const picture = await red.encode('png');
  const cell = { title: 'S01_SH01_T01', fact: '00:00:05:01', words: 'A paper boat crosses a puddle at dawn. '.repeat(10) };
  const sheet = await drawContactSheet({ title: 'Story "é" 电影', fact: '3 shots', ratio: 16 / 9, cells: [{ ...cell, picture }, { ...cell, picture: Buffer.from('no picture') }, { ...cell, none: 'not filmed yet' }] });
  const { width, height } = await loadCanvas().loadImage(Buffer.from(sheet));
  expect([width, height]).toEqual([1960, 90 + 200 + 84 + 40]);
  expect((await meanColour(sheet, 60, 110, 100, 100)).map(Math.round)).toEqual([255, 0, 0]);
  expect((await meanColour(sheet, 440, 110, 300, 60)).every((value) => value < 60)).toBe(true);
});

it('has as many cells as a page of paper holds, for wide, square and upright pictures', () => {
  expect([16 / 9, 1, 9 / 16].map(cellsOnAPage)).toEqual([40, expect.any(Number), expect.any(Number)]);
  for (const ratio of [21 / 9, 16 / 9, 1, 9 / 16, 0.1, 20]) expect(cellsOnAPage(ratio)).toBeGreaterThan(0);
});
