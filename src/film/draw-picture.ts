import type { Drawing } from './drawing.ts';
import { placeDrawings } from './place-drawings.ts';
import { reelShotOf } from './reel-of-drawings.ts';

/** A shot's drawing as one small JPEG. @param frameFolders where start and end frames lie by content. @throws what drawing throws. */
export async function drawPicture(drawing: Drawing, time: { inS: number; outS?: number | undefined }, options: { frameFolders: readonly string[]; widthPx: number }): Promise<Uint8Array> {
  const { placed } = await placeDrawings([{ drawing, ...time }], options.frameFolders);
  const [first] = placed;
  if (!first) throw new RangeError('There is a drawing');
  const { frameRate } = drawing.clip;
  const { drawStill } = await import('../media/index.ts');
  return await drawStill(reelShotOf(first, frameRate, { stamp: '', clock: '' }), frameRate, options.widthPx);
}
