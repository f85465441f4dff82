import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { readFile } from 'node:fs/promises';
import { messageOf, StudioError } from '../lib/errors.ts';
import { loadCanvas } from './codecs.ts';
import type { StagedMove } from './staging/camera-control.ts';

/**
 * A start or end frame, cropped to cover a frame of this size.
 * @throws StudioError `MEDIA_IMAGE_UNREADABLE` when the file is missing or no picture.
 */
export async function loadStillFrame(path: string, width: number, height: number): Promise<Canvas> {
  const canvas = loadCanvas().createCanvas(width, height);
  try {
    const image = await loadCanvas().loadImage(await readFile(path));
    const scale = Math.max(width / image.width, height / image.height);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.fillRect(0, 0, width, height); // behind pictures that are partly transparent
    context.drawImage(image, (width - image.width * scale) / 2, (height - image.height * scale) / 2, image.width * scale, image.height * scale);
  } catch (error) {
    throw new StudioError('MEDIA_IMAGE_UNREADABLE', `Cannot use ${path} as a frame: ${messageOf(error)}.`, { next: 'Give a PNG, JPEG or WebP picture.', cause: error, detail: { path } });
  }
  return canvas;
}

/** Draws the start frame under a camera move. It begins as the picture is (but for a move outwards) and never shows an edge. */
export function drawStillFrame(context: SKRSContext2D, image: Canvas, move: StagedMove, done: number, timeS: number): void {
  const eased = 0.45 * done + 0.55 * done * done * (3 - 2 * done);
  const outwards = move === 'zoom-out' || move === 'pull-back' || move === 'down-back';
  const inwards = move === 'zoom-in' || move === 'push-in' || move === 'forward-up' || move === 'turn-left-forward' || move === 'turn-right-forward';
  const zoom = move === 'static' ? 0 : move === 'handheld' ? 0.04 : inwards ? 0.34 * eased : outwards ? 0.34 * (1 - eased) : 0.22 * eased;
  const [directionX, directionY] = DIRECTIONS[move] ?? [0, 0];
  const reach = zoom / 2;
  const shakeX = move === 'handheld' ? Math.sin(timeS * 2.3) * 0.6 + Math.sin(timeS * 5.1) * 0.3 : directionX;
  const shakeY = move === 'handheld' ? Math.sin(timeS * 1.9 + 2) * 0.6 + Math.sin(timeS * 6.3) * 0.3 : directionY;
  const { width, height } = image;
  const scale = 1 + zoom;
  context.setTransform(scale, 0, 0, scale, width * (reach * shakeX - reach), height * (reach * shakeY - reach));
  context.drawImage(image, 0, 0);
  context.resetTransform();
}

// Where the picture goes: the other way than the camera.
const DIRECTIONS: Partial<Record<StagedMove, readonly [x: number, y: number]>> = {
  'pan-left': [1, 0],
  'pan-right': [-1, 0],
  'track-left': [1, 0],
  'track-right': [-1, 0],
  'orbit-left': [1, 0],
  'orbit-right': [-1, 0],
  'tilt-up': [0, 1],
  'tilt-down': [0, -1],
  'crane-up': [0, 1],
  'crane-down': [0, -1],
  'down-back': [0, -1],
  'forward-up': [0, 1],
  'turn-left-forward': [1, 0],
  'turn-right-forward': [-1, 0],
};
