import type { Canvas } from '@napi-rs/canvas';
import { drawSubtitle } from './burn-in.ts';
import { loadCanvas } from './codecs.ts';
import { drawShot, type FrameArtist } from './draw-shot.ts';
import type { ReelShot } from './reel.ts';

/** In pixels, even. */
interface Size {
  width: number;
  height: number;
}

/** Draws a shot's frames in any size of its shape, without words in the picture; a shot that cannot be drawn as a card. */
export async function reelArtist(picture: ReelShot['picture'], { width, height }: Size, frameRate: number): Promise<FrameArtist> {
  try {
    return await drawShot({ ...picture, width, height, frameRate, heading: '', stamp: '', captions: false, sound: false });
  } catch {
    // A picture that cannot be read, or words that nobody foresaw: the film is still to be timed, so the shot keeps its place.
    return cardArtist(picture.prompt, { width, height });
  }
}

/** Some frames of a shot, this wide at most. */
export async function drawStills(picture: ReelShot['picture'], frames: readonly number[], { frameRate, widthPx }: { frameRate: number; widthPx: number }): Promise<Canvas[]> {
  const even = (length: number) => Math.max(16, Math.round(length / 2) * 2);
  const size = { width: even(widthPx), height: even((widthPx * picture.height) / picture.width) };
  const draw = await reelArtist(picture, size, frameRate);
  return frames.map((frame) => {
    const canvas = loadCanvas().createCanvas(size.width, size.height);
    draw(canvas.getContext('2d'), frame);
    return canvas;
  });
}

function cardArtist(prompt: string, { width, height }: Size): FrameArtist {
  const words = drawSubtitle(prompt, { left: 0, top: 0, width, height }, Math.min(width, height) / 720);
  return (context) => {
    context.fillStyle = '#2a2f38';
    context.fillRect(0, 0, width, height);
    if (words) context.drawImage(words, Math.round((width - words.width) / 2), Math.round((height - words.height) / 2));
  };
}
