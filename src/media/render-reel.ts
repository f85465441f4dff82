import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { drawMargin, drawSubtitle, makeTimeCode, marginLayout, pictureArea, type Area, type MarginLayout } from './burn-in.ts';
import type { RenderOptions } from './clip-picture.ts';
import { loadCanvas, loadCodecs } from './codecs.ts';
import { i420Size, paintI420, rgbaToI420, type I420Picture } from './i420.ts';
import { writeMp4File } from './mp4-file.ts';
import { createPictureEncoder } from './picture-encoder.ts';
import { reelArtist } from './reel-artist.ts';
import type { Reel, ReelShot } from './reel.ts';

/** A drawing is held for so many frames, as animators do ("on twos"): half the work, and the eye takes it for motion. */
const FRAMES_A_DRAWING = 2;

/**
 * Draws shots one after the other into a silent MP4: each in its margin, with its subtitles. A shot that cannot be drawn has
 * its words on a card instead. The file joins by copying with clips that `renderClip` made in its size and rate.
 * @throws StudioError `MEDIA_WRITE_FAILED`, `MEDIA_CODECS_MISSING`; the signal's reason. Nothing is left behind then.
 */
export async function renderReel(reel: Reel, outputPath: string, options: RenderOptions = {}): Promise<void> {
  loadCodecs();
  options.signal?.throwIfAborted();
  const { width, height, frameRate } = reel;
  const layout = marginLayout(width, height);
  const paintTimeCode = makeTimeCode(layout);
  const frame = { width, height, data: new Uint8Array(i420Size(width, height)) };
  const frameCount = reel.shots.reduce((sum, shot) => sum + shot.frameCount, 0);
  let done = 0;
  await writeMp4File(outputPath, { videoCodec: 'avc', frameRate, frameCount }, async (tracks) => {
    const pictures = createPictureEncoder({ width, height, frameRate }, tracks.addVideo);
    try {
      for (const shot of reel.shots) {
        const paintFrame = await prepareShot(shot, layout, frame, frameRate);
        for (let index = 0; index < shot.frameCount; index += 1) {
          options.signal?.throwIfAborted();
          paintFrame(index);
          paintTimeCode(frame, reel.firstFrame + done, frameRate);
          await pictures.add(frame.data);
          done += 1;
          options.onProgress?.(done / (frameCount + 1));
          await nextTurn(); // an abort, a timer and the encoder's own messages get their turn
        }
      }
      await pictures.finish();
    } finally {
      pictures.close();
    }
  });
  options.onProgress?.(1);
}

/** Puts a shot's margin into the frame. @returns what puts the picture of one of its frames there, when it is another one. */
async function prepareShot(shot: ReelShot, layout: MarginLayout, frame: I420Picture & { data: Uint8Array<ArrayBuffer> }, frameRate: number): Promise<(index: number) => void> {
  rgbaToI420(drawMargin(layout, shot.margin).data(), layout.width, layout.height, frame.data);
  const area = pictureArea(layout, shot.picture);
  const canvas = loadCanvas().createCanvas(area.width, area.height);
  const context = canvas.getContext('2d');
  const draw = await reelArtist(shot.picture, area, frameRate);
  const subtitles = shot.subtitles.map(({ text, ...frames }) => ({ ...frames, image: drawSubtitle(text, area, layout.unit) }));
  let shownSubtitle: Canvas | undefined;
  let painted = false;
  return (index) => {
    const subtitle = subtitles.find(({ fromFrame, toFrame }) => index >= fromFrame && index < toFrame)?.image;
    if (subtitle === shownSubtitle && painted && (draw.still === true || index % FRAMES_A_DRAWING !== 0)) return;
    painted = true;
    shownSubtitle = subtitle;
    draw(context, shot.fromFrame + index);
    if (subtitle) laySubtitle(context, subtitle, area);
    paintI420(frame, { ...area, data: canvas.data() });
  };
}

function laySubtitle(context: SKRSContext2D, subtitle: Canvas, { width, height }: Area): void {
  context.drawImage(subtitle, Math.round((width - subtitle.width) / 2), Math.round(height - subtitle.height - height * 0.04));
}
