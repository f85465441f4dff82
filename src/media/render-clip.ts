import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../lib/errors.ts';
import type { ClipPicture, RenderOptions } from './clip-picture.ts';
import { loadCanvas, loadCodecs } from './codecs.ts';
import { drawShot } from './draw-shot.ts';
import { i420Size, rgbaToI420 } from './i420.ts';
import { writeMp4File } from './mp4-file.ts';
import { createPictureEncoder } from './picture-encoder.ts';
import { synthesizeSound } from './sandbox-sound.ts';
import { aacPacketCount, createSoundEncoder, type SoundEncoder } from './sound-encoder.ts';

const SAMPLE_RATE = 48_000;

/**
 * Renders a clip to an MP4: H.264 High, 4:2:0, BT.709 limited range, a keyframe every 2 s, no B-frames, every frame exactly
 * 1 / `frameRate` long; AAC stereo 48 kHz when there is sound. Clips of one size and rate have one decoder configuration.
 * @throws StudioError `MEDIA_BAD_PICTURE` for a size, rate or length that can't be filmed; `MEDIA_IMAGE_UNREADABLE`;
 * `MEDIA_WRITE_FAILED`; `MEDIA_CODECS_MISSING`; the signal's reason. Nothing is left behind then.
 */
export async function renderClip(picture: ClipPicture, outputPath: string, options: RenderOptions = {}): Promise<void> {
  checkPicture(picture);
  loadCodecs();
  options.signal?.throwIfAborted();
  const { width, height, frameRate, frameCount } = picture;
  const drawFrame = await drawShot(picture);
  const canvas = loadCanvas().createCanvas(width, height);
  const context = canvas.getContext('2d');
  const i420 = new Uint8Array(i420Size(width, height));
  const totalSamples = Math.round((frameCount * SAMPLE_RATE) / frameRate);
  const shape = { videoCodec: 'avc' as const, frameRate, frameCount, ...(picture.sound && { audioPacketCount: aacPacketCount(totalSamples) }) };

  await writeMp4File(outputPath, shape, async (tracks) => {
    const pictures = createPictureEncoder({ width, height, frameRate }, tracks.addVideo);
    const sounds = picture.sound ? createSoundEncoder({ sampleRate: SAMPLE_RATE, channels: 2 }, tracks.addAudio) : undefined;
    try {
      let samplesDone = 0;
      for (let index = 0; index < frameCount; index += 1) {
        options.signal?.throwIfAborted();
        drawFrame(context, index);
        await pictures.add(rgbaToI420(canvas.data(), width, height, i420).data);
        if (sounds) samplesDone = await addSound(sounds, picture.variant, totalSamples, samplesDone, Math.round(((index + 1) * SAMPLE_RATE) / frameRate));
        options.onProgress?.((index + 1) / (frameCount + 1));
        await nextTurn(); // an abort, a timer and the encoder's own messages get their turn
      }
      await pictures.finish();
      await sounds?.finish();
    } finally {
      pictures.close();
      sounds?.close();
    }
  });
  options.onProgress?.(1);
}

async function addSound(sounds: SoundEncoder, variant: number, totalSamples: number, from: number, to: number): Promise<number> {
  const end = Math.min(to, totalSamples);
  if (end > from) await sounds.add(synthesizeSound(variant, SAMPLE_RATE, totalSamples, from, end - from));
  return end;
}

function checkPicture({ width, height, frameRate, frameCount }: ClipPicture): void {
  const wrong: string[] = [];
  for (const [name, value] of [['width', width], ['height', height]] as const) {
    if (!Number.isInteger(value) || value % 2 !== 0 || value < 16 || value > 8192) wrong.push(`${name} ${value} (even, 16 to 8192)`);
  }
  if (!(frameRate >= 1 && frameRate <= 240)) wrong.push(`frameRate ${frameRate} (1 to 240)`);
  if (!Number.isInteger(frameCount) || frameCount < 1) wrong.push(`frameCount ${frameCount} (a whole number, 1 or more)`);
  if (wrong.length > 0) throw new StudioError('MEDIA_BAD_PICTURE', `Cannot film this picture: ${wrong.join('; ')}.`);
}
