import { blackI420 } from './i420.ts';
import { writeMp4File } from './mp4-file.ts';
import { createPictureEncoder } from './picture-encoder.ts';

export interface BlackPicture {
  /** Pixels; odd ones lose one, because H.264 wants even ones. */
  width: number;
  height: number;
  /** Frames per second. */
  frameRate: number;
  /** 1 or more. */
  frameCount: number;
}

/**
 * Writes an MP4 of nothing but black, silent.
 * @throws StudioError `MEDIA_WRITE_FAILED`, `MEDIA_CODECS_MISSING`; the signal's reason.
 */
export async function renderBlack(picture: BlackPicture, outputPath: string, options: { signal?: AbortSignal } = {}): Promise<void> {
  const { frameRate, frameCount } = picture;
  const [width, height] = [picture.width - (picture.width % 2), picture.height - (picture.height % 2)];
  const { data } = blackI420(width, height);
  await writeMp4File(outputPath, { videoCodec: 'avc', frameRate, frameCount }, async (tracks) => {
    const pictures = createPictureEncoder({ width, height, frameRate }, tracks.addVideo);
    try {
      for (let index = 0; index < frameCount; index += 1) {
        options.signal?.throwIfAborted();
        await pictures.add(data);
      }
      await pictures.finish();
    } finally {
      pictures.close();
    }
  });
}
