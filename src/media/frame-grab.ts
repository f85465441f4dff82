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
  const clip = await readClipFacts(path);
  const release = holdProcessOpen();
  try {
    const shown = await pictureAt(clip, timeS);
    if (!shown) throw new StudioError('MEDIA_UNREADABLE', `Cannot take a frame from ${path}: none could be decoded.`, { detail: { path, timeS } });
    const { createCanvas, ImageData } = loadCanvas();
    const canvas = createCanvas(shown.width, shown.height);
    canvas.getContext('2d').putImageData(new ImageData(i420ToRgba(shown), shown.width, shown.height), 0, 0);
    await writeFileAtomic(outputPngPath, await canvas.encode('png'));
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
