import type { Canvas } from '@napi-rs/canvas';
import { StudioError } from '../lib/errors.ts';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { loadCanvas } from './codecs.ts';
import { holdProcessOpen } from './hold-process-open.ts';
import { i420ToRgba } from './i420.ts';
import { readClipFacts, withClipTracks, type ClipFacts } from './clip-facts.ts';
import type { DecodedPicture } from './picture-decoder.ts';
import { shownPictures } from './shown-pictures.ts';

/**
 * Writes the frame shown at a time as a PNG, in true colour (BT.709): what the next shot starts from. A time after the
 * end gives the last frame.
 * @param timeS seconds from the clip's first frame, 0 or more; `Infinity` is the last frame.
 * @throws StudioError `MEDIA_UNREADABLE`, `MEDIA_UNSUPPORTED`, `MEDIA_CODECS_MISSING`.
 */
export async function grabFrame(path: string, timeS: number, outputPngPath: string): Promise<void> {
  await writeFileAtomic(outputPngPath, await (await canvasAt(path, timeS)).encode('png'));
}

/** What a picture must be to be taken as a start frame. */
export interface FrameLimits {
  maxBytes: number;
  /** The shorter side must have at least so many pixels. */
  minSidePx: number;
}

/**
 * Writes the last frame of a clip, or the last that is shown before `outS`, as {@link grabFrame} does. A PNG beyond
 * `maxBytes` (a clip in 4k) becomes a JPEG of the best quality that fits, under the same name; a smaller clip than
 * `minSidePx` is drawn larger.
 * @throws StudioError as {@link grabFrame}.
 */
export async function grabLastFrame(path: string, outS: number | undefined, outputPath: string, { maxBytes, minSidePx }: FrameLimits): Promise<void> {
  const { frameRate } = (await readClipFacts(path)).probe;
  // The middle of that frame's time.
  const full = await canvasAt(path, outS === undefined ? Number.POSITIVE_INFINITY : Math.max(0, outS - 0.75 / frameRate));
  const canvas = scaled(full, Math.max(1, minSidePx / Math.min(full.width, full.height)));
  let picture: Uint8Array = await canvas.encode('png');
  for (let quality = 100; picture.byteLength > maxBytes && quality >= 80; quality -= 5) picture = await canvas.encode('jpeg', quality);
  await writeFileAtomic(outputPath, picture, { mode: 0o600 });
}

/**
 * The frame shown at a time as a small JPEG, for people to tell clips apart.
 * @param widthPx of the picture at most; it never grows.
 * @throws StudioError as {@link grabFrame}.
 */
export async function grabThumbnail(path: string, timeS: number, widthPx: number): Promise<Uint8Array> {
  const full = await canvasAt(path, timeS);
  return await scaled(full, Math.min(1, widthPx / full.width)).encode('jpeg', 88);
}

function scaled(full: Canvas, scale: number): Canvas {
  if (scale === 1) return full;
  const other = loadCanvas().createCanvas(Math.max(1, Math.round(full.width * scale)), Math.max(1, Math.round(full.height * scale)));
  const context = other.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(full, 0, 0, other.width, other.height);
  return other;
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
    for await (const picture of shownPictures(video, clip, wantedS)) {
      if (picture.timeS > wantedS && shown) break;
      shown = picture;
    }
    return shown;
  });
}
