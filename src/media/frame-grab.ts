import type { Canvas } from '@napi-rs/canvas';
import { StudioError } from '../lib/errors.ts';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { loadCanvas } from './codecs.ts';
import { holdProcessOpen } from './hold-process-open.ts';
import { i420ToRgba } from './i420.ts';
import { packetsFrom, readClipFacts, withClipTracks, type ClipFacts } from './clip-facts.ts';
import { decodePictures, type DecodedPicture } from './picture-decoder.ts';

/**
 * Writes the frame shown at a time as a PNG, in true colour (BT.709): what the next shot starts from. A time after the
 * end gives the last frame.
 * @param timeS seconds from the clip's first frame, 0 or more; `Infinity` is the last frame.
 * @throws StudioError `MEDIA_UNREADABLE`, `MEDIA_UNSUPPORTED`, `MEDIA_CODECS_MISSING`.
 */
export async function grabFrame(path: string, timeS: number, outputPngPath: string): Promise<void> {
  await writeFileAtomic(outputPngPath, await (await canvasAt(path, timeS)).encode('png'));
}

/**
 * The frame shown at a time as a small JPEG, for people to tell clips apart.
 * @param widthPx of the picture at most; it never grows.
 * @throws StudioError as {@link grabFrame}.
 */
export async function grabThumbnail(path: string, timeS: number, widthPx: number): Promise<Uint8Array> {
  const full = await canvasAt(path, timeS);
  const scale = Math.min(1, widthPx / full.width);
  const small = loadCanvas().createCanvas(Math.max(1, Math.round(full.width * scale)), Math.max(1, Math.round(full.height * scale)));
  const context = small.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(full, 0, 0, small.width, small.height);
  return await small.encode('jpeg', 88);
}

async function canvasAt(path: string, timeS: number): Promise<Canvas> {
  const clip = await readClipFacts(path);
  const release = holdProcessOpen();
  try {
    const shown = await pictureAt(clip, timeS);
    if (!shown) throw new StudioError('MEDIA_UNREADABLE', `Cannot take a frame from ${path}: none could be decoded.`, { detail: { path, timeS } });
    const { createCanvas, ImageData } = loadCanvas();
    const canvas = createCanvas(shown.width, shown.height);
    canvas.getContext('2d').putImageData(new ImageData(i420ToRgba(shown), shown.width, shown.height), 0, 0);
    return canvas;
  } finally {
    release();
  }
}

async function pictureAt(clip: ClipFacts, timeS: number): Promise<DecodedPicture | undefined> {
  const lastS = clip.startS + clip.probe.durationS - 0.5 / clip.probe.frameRate;
  // A quarter of a frame of mercy: 1.0416 means frame 25 of 24 a second.
  const wantedS = Math.min(lastS, clip.startS + Math.max(0, timeS) + 0.25 / clip.probe.frameRate);
  return withClipTracks(clip.path, async ({ video }) => {
    let shown: DecodedPicture | undefined;
    for await (const picture of decodePictures(packetsFrom(video, wantedS), clip.videoConfig, clip.path)) {
      if (picture.timeS > wantedS && shown) break;
      shown = picture;
    }
    return shown;
  });
}
