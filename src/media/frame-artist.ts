import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { buildScene, type Scene } from './build-scene.ts';
import { makeCaption } from './caption.ts';
import { findCameraMove, type CameraMove } from './camera-move.ts';
import { viewPlane } from './camera-path.ts';
import type { ClipPicture } from './clip-picture.ts';
import { makeParticles } from './particles.ts';
import { paletteFor } from './palette.ts';
import type { ScenePlane, Stage } from './scene-plane.ts';
import { describeScene } from './scene-words.ts';
import { drawStillFrame, loadStillFrame } from './still-frame.ts';

/**
 * Draws any frame of one picture, in any order, onto a context of the picture's size. The one seam between what a clip
 * shows and how it becomes a file: another artist can draw the same {@link ClipPicture} in its own way.
 */
export type FrameArtist = (context: SKRSContext2D, frameIndex: number) => void;

/**
 * Prepares the sandbox's artist: paints the scene's planes, or loads the start frame, and sets the words.
 * @throws StudioError `MEDIA_IMAGE_UNREADABLE` for a start or end frame that is no picture; `MEDIA_CODECS_MISSING`.
 */
export async function createFrameArtist(picture: ClipPicture): Promise<FrameArtist> {
  const move = findCameraMove(picture.prompt);
  const background = picture.startFramePath === undefined ? sceneBackground(picture, move) : await stillBackground(picture, picture.startFramePath, move);
  const ending = picture.endFramePath === undefined ? undefined : await loadStillFrame(picture.endFramePath, picture.width, picture.height);
  const caption = picture.captions === false ? undefined : makeCaption(picture, background.accent);
  return (context, frameIndex) => {
    const done = picture.frameCount > 1 ? frameIndex / (picture.frameCount - 1) : 0;
    context.imageSmoothingQuality = 'low';
    background.draw(context, done, frameIndex / picture.frameRate);
    if (ending) drawEnding(context, ending, done);
    caption?.(context, frameIndex);
  };
}

interface Background {
  accent: string;
  draw(context: SKRSContext2D, done: number, timeS: number): void;
}

async function stillBackground(picture: ClipPicture, path: string, move: CameraMove): Promise<Background> {
  const image = await loadStillFrame(path, picture.width, picture.height);
  const scene = describeScene(picture.prompt, { light: 'day', setting: 'hills' });
  return { accent: paletteFor(scene, picture.variant).accent, draw: (context, done, timeS) => drawStillFrame(context, image, move, done, timeS) };
}

function sceneBackground(picture: ClipPicture, move: CameraMove): Background {
  const scene: Scene = buildScene(picture.prompt, picture.variant, picture.width, picture.height);
  const particles = makeParticles(scene.stage, scene.description, scene.palette, `${picture.variant}|${picture.prompt}`);
  return {
    accent: scene.palette.accent,
    draw(context, done, timeS) {
      for (const plane of scene.planes) drawPlane(context, plane, scene.stage, move, done, timeS);
      particles(context, timeS);
    },
  };
}

function drawPlane(context: SKRSContext2D, plane: ScenePlane, stage: Stage, move: CameraMove, done: number, timeS: number): void {
  const view = viewPlane(move, done, plane.depth, timeS);
  const { width, height } = stage;
  const turn = plane.sway ? (timeS * Math.PI * 2) / plane.sway.periodS + plane.sway.phase : 0;
  const centreX = width / 2;
  const centreY = height * 0.46;
  let left = centreX + view.scale * (plane.left - centreX) + view.dx * width + (plane.sway ? Math.sin(turn) * plane.sway.x : 0);
  let top = centreY + view.scale * (plane.top - centreY) + view.dy * height + (plane.sway ? Math.cos(turn) * plane.sway.y : 0);
  const scale = view.scale / plane.resolution;
  const span = plane.image.width * scale;
  if (plane.driftPxPerS !== undefined) left += (plane.driftPxPerS * timeS) % (plane.image.width / plane.resolution);
  else if (!plane.sway && scale === 1) {
    // On whole pixels a plane is copied, five times as fast as it is resampled. A slow drift would stutter; a move does not.
    left = Math.round(left);
    top = Math.round(top);
  }
  context.setTransform(scale, 0, 0, scale, left, top);
  context.drawImage(plane.image, 0, 0);
  if (plane.driftPxPerS !== undefined && left > 0) {
    context.setTransform(scale, 0, 0, scale, left - span, top);
    context.drawImage(plane.image, 0, 0);
  }
  context.resetTransform();
}

/** The end frame comes in over the last third and stands alone on the last frame. */
function drawEnding(context: SKRSContext2D, image: Canvas, done: number): void {
  const share = Math.min(1, Math.max(0, (done - 0.66) / 0.32));
  if (share === 0) return;
  context.globalAlpha = share * share * (3 - 2 * share);
  context.drawImage(image, 0, 0);
  context.globalAlpha = 1;
}
