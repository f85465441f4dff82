import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { drawMoveArrow } from './artist/arrows.ts';
import { inksFor } from './artist/inks.ts';
import { paintShot, type ShotPainter } from './artist/shot-painter.ts';
import { makeCaption } from './caption.ts';
import type { ClipPicture } from './clip-picture.ts';
import { loadCanvas } from './codecs.ts';
import { registerFonts } from './fonts.ts';
import { readStaging, type Staging } from './staging/staging.ts';
import { drawStillFrame, loadStillFrame } from './still-frame.ts';

/** Draws any frame of one picture, in any order, onto a context of the picture's size. */
export interface FrameArtist {
  (context: SKRSContext2D, frameIndex: number): void;
  /** All frames are the same: whoever has one need not ask for another. */
  still?: boolean;
}

/**
 * The artist's one entry, for sandbox clips, animatics and slates alike: reads the shot's words and draws its staging, as a
 * storyboard has it, with the camera's move and its arrow. A start frame is the picture where there is one.
 * @throws StudioError `MEDIA_IMAGE_UNREADABLE` for a start or end frame that is no picture; `MEDIA_CODECS_MISSING`.
 */
export async function drawShot(picture: ClipPicture): Promise<FrameArtist> {
  const { width, height, frameCount, frameRate } = picture;
  registerFonts();
  const staging = readStaging(picture);
  const painter = picture.startFramePath === undefined ? paintShot(staging, width, height, { variant: picture.variant, scene: picture.sceneHeading ?? '' }) : await stillPainter(picture, picture.startFramePath, staging);
  const ending = picture.endFramePath === undefined ? undefined : await loadStillFrame(picture.endFramePath, width, height);
  const beginning = picture.begins && (await drawBeginning(picture, picture.begins));
  const caption = picture.captions === false ? undefined : makeCaption(picture, painter.accent);
  const draw: FrameArtist = (context, frameIndex) => {
    const done = frameCount > 1 ? frameIndex / (frameCount - 1) : 0;
    context.imageSmoothingQuality = 'low';
    painter.draw(context, done, frameIndex / frameRate);
    beginning?.(context, frameIndex / frameRate);
    if (ending) drawEnding(context, ending, done);
    drawMoveArrow(context, width, height, staging.move);
    caption?.(context, frameIndex);
  };
  draw.still = painter.still && !ending && !beginning && !caption;
  return draw;
}

async function stillPainter({ width, height }: ClipPicture, path: string, { place, move }: Staging): Promise<ShotPainter> {
  const image = await loadStillFrame(path, width, height);
  return { accent: inksFor(place.light, place.weather, place.inside).accent, still: move === 'static', draw: (context, done, timeS) => drawStillFrame(context, image, move, done, timeS) };
}

/** How long the last picture of the shot before takes to become this one's. */
const BEGINNING_S = 0.6;

/** What a shot goes on from stands on its first frame, and goes over into it. */
async function drawBeginning({ width, height, frameRate }: ClipPicture, { picture, frame }: NonNullable<ClipPicture['begins']>): Promise<(context: SKRSContext2D, timeS: number) => void> {
  const image = loadCanvas().createCanvas(width, height);
  const draw = await drawShot({ ...picture, width, height, frameRate, heading: '', stamp: '', captions: false, sound: false });
  draw(image.getContext('2d'), frame);
  return (context, timeS) => {
    if (timeS >= BEGINNING_S) return;
    context.globalAlpha = 1 - (timeS / BEGINNING_S) ** 2;
    context.drawImage(image, 0, 0);
    context.globalAlpha = 1;
  };
}

/** The end frame comes in over the last third and stands alone on the last frame. */
function drawEnding(context: SKRSContext2D, image: Canvas, done: number): void {
  const share = Math.min(1, Math.max(0, (done - 0.66) / 0.32));
  if (share === 0) return;
  context.globalAlpha = share * share * (3 - 2 * share);
  context.drawImage(image, 0, 0);
  context.globalAlpha = 1;
}
