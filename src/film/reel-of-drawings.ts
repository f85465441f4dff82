import { partFrames, type Reel, type ReelShot } from '../media/index.ts';
import type { Drawing } from './drawing.ts';
import type { FrameFile } from './frame-files.ts';

/** A drawing with its pictures as files here, and the part of its clip that is on the screen. */
export interface PlacedDrawing {
  drawing: Drawing;
  shape: Shape;
  inS: number;
  outS?: number | undefined;
  startFrame?: FrameFile | undefined;
  endFrame?: FrameFile | undefined;
  /** What it goes on from, where that is drawn as well. */
  goesOn?: PlacedDrawing | undefined;
}

/** Width and height in pixels, even. */
export interface Shape {
  width: number;
  height: number;
}

const SHAPES = { '16:9': { width: 1280, height: 720 }, '9:16': { width: 720, height: 1280 }, '1:1': { width: 960, height: 960 } } as const;
const PIXELS = 1280 * 720;

/** Of the frames drawn here: a picture's own shape, at the pixel count of 720p. */
export function shapeOfDrawing(drawing: Pick<Drawing, 'aspectRatio'>, startFrame?: FrameFile): Shape {
  if (!startFrame) return SHAPES[drawing.aspectRatio ?? '16:9'];
  const ratio = startFrame.width / startFrame.height;
  const even = (length: number) => Math.max(2, Math.round(length / 2) * 2);
  return { width: even(Math.sqrt(PIXELS * ratio)), height: even(Math.sqrt(PIXELS / ratio)) };
}

/** A shot as long as it is on the screen, which is as long as the film will show it. */
export function reelShotOf(placed: PlacedDrawing, frameRate: number, words: { stamp: string; clock: string }): ReelShot {
  const { drawing, shape, inS, outS, startFrame, endFrame } = placed;
  const { clip, prompt, sceneHeading, cameraControl, cast, before, subtitles } = drawing;
  const { frameCount } = partFrames({ inS, outS }, clip, frameRate);
  const fromFrame = Math.round(inS * frameRate);
  const frameOf = (timeS: number) => Math.round(timeS * frameRate) - fromFrame;
  return {
    picture: {
      ...shape,
      frameCount: Math.max(fromFrame + frameCount, clip.frameRate === frameRate ? clip.frameCount : Math.round(clip.durationS * frameRate)),
      prompt,
      variant: 0,
      ...(sceneHeading === undefined ? {} : { sceneHeading }),
      ...(cameraControl === undefined ? {} : { cameraControl }),
      ...(cast === undefined ? {} : { cast }),
      ...(before === undefined ? {} : { before }),
      ...(startFrame ? { startFramePath: startFrame.path } : {}),
      ...(endFrame ? { endFramePath: endFrame.path } : {}),
      ...(placed.goesOn ? { begins: lastPictureOf(placed.goesOn, frameRate) } : {}),
    },
    fromFrame,
    frameCount,
    margin: { slate: drawing.slate, heading: sceneHeading ?? '', facts: drawing.facts, price: drawing.price, ...words },
    subtitles: subtitles.map(({ startS, endS, text }) => ({ fromFrame: Math.max(0, frameOf(startS)), toFrame: Math.min(frameCount, frameOf(endS)), text })),
  };
}

/** What the film shows last of a shot. How that one itself began is over by then. */
function lastPictureOf(placed: PlacedDrawing, frameRate: number): NonNullable<ReelShot['picture']['begins']> {
  const { picture, fromFrame, frameCount } = reelShotOf({ ...placed, goesOn: undefined }, frameRate, { stamp: '', clock: '' });
  return { picture, frame: fromFrame + frameCount - 1 };
}

/** Parts of a reel that can be rendered at the same time, none much longer than the others where the shots allow it. */
export function partReel(reel: Reel, mostFrames: number): Reel[] {
  const parts: Reel[] = [];
  let shots: ReelShot[] = [];
  let frames = 0;
  let { firstFrame } = reel;
  const close = () => {
    if (shots.length > 0) parts.push({ ...reel, firstFrame, shots });
    firstFrame += frames;
    shots = [];
    frames = 0;
  };
  for (const shot of reel.shots) {
    if (frames > 0 && frames + shot.frameCount > mostFrames) close();
    shots.push(shot);
    frames += shot.frameCount;
  }
  close();
  return parts;
}
