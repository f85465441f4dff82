import { loadCanvas } from './codecs.ts';
import { drawShot } from './draw-shot.ts';
import { holdProcessOpen } from './hold-process-open.ts';
import type { ReelShot } from './reel.ts';

/**
 * A shot as a small JPEG: the drawing in the middle of its time on screen, without words around it.
 * @param widthPx of the picture; its height follows from the shape.
 * @throws StudioError `MEDIA_IMAGE_UNREADABLE`, `MEDIA_CODECS_MISSING`.
 */
export async function drawStill({ picture, fromFrame, frameCount }: Pick<ReelShot, 'picture' | 'fromFrame' | 'frameCount'>, frameRate: number, widthPx: number): Promise<Uint8Array> {
  const release = holdProcessOpen();
  try {
    const heightPx = Math.max(2, Math.round((widthPx * picture.height) / picture.width / 2) * 2);
    const artist = await drawShot({ ...picture, width: widthPx, height: heightPx, frameRate, heading: '', stamp: '', captions: false, sound: false });
    const canvas = loadCanvas().createCanvas(widthPx, heightPx);
    artist(canvas.getContext('2d'), fromFrame + Math.floor(frameCount / 2));
    return await canvas.encode('jpeg', 85);
  } finally {
    release();
  }
}
