import { filmSoundFormat, addPartSound, samplesUntilFrame } from './film-sound.ts';
import { copyPictures, encodePictures } from './film-pictures.ts';
import type { CutPart } from './cut-part.ts';
import { planCut, type CutPlan } from './cut-plan.ts';
import { writeMp4File } from './mp4-file.ts';
import { readClipFacts, type ClipFacts } from './clip-facts.ts';
import { createPictureEncoder, defaultBitrate, type PictureEncoder } from './picture-encoder.ts';
import { aacPacketCount, createSoundEncoder, type SoundFormat } from './sound-encoder.ts';

export interface CutOptions {
  /** Called with 0..1, never going back; 1 comes before the promise resolves. */
  onProgress?: (done: number) => void;
  /** Stops the cut; the reason comes back unchanged and no file is left behind. */
  signal?: AbortSignal;
}

export interface CutReport {
  /** `copied`: the video packets were taken as they are. `encoded`: every frame was decoded and encoded again. */
  method: 'copied' | 'encoded';
  /** Frames in the film. */
  frameCount: number;
  /** Length of the film's picture, in seconds. */
  durationS: number;
  width: number;
  height: number;
  frameRate: number;
  /** Whether the film has a sound track. */
  audio: boolean;
  /** Why copying was not possible; only when `method` is `encoded`. */
  encodedBecause?: string;
}

/**
 * Cuts clips to one MP4. The video packets are copied when every part is a whole clip and all are alike; otherwise every
 * frame is decoded and encoded again to the first clip's size and rate. Sound, where any clip has it, is always one new
 * AAC track: copied sound drifts at every joint. The index stands first, memory does not grow with the film's length, and
 * the file appears whole or not at all.
 * @throws StudioError `MEDIA_UNREADABLE`, `MEDIA_UNSUPPORTED`, `MEDIA_BAD_CUT`, `MEDIA_WRITE_FAILED`, `MEDIA_CODECS_MISSING` (copying a silent
 * film needs no codecs); the signal's reason, unchanged.
 */
export async function cutClips(parts: readonly CutPart[], outputPath: string, options: CutOptions = {}): Promise<CutReport> {
  const facts = new Map<string, ClipFacts>();
  for (const { path } of parts) {
    options.signal?.throwIfAborted();
    if (!facts.has(path)) facts.set(path, await readClipFacts(path));
  }
  const plan = planCut(parts, parts.flatMap(({ path }) => facts.get(path) ?? []));
  const format = filmSoundFormat(plan);
  await writeFilm(plan, format, outputPath, options);
  options.onProgress?.(1);
  return {
    method: plan.encodedBecause === undefined ? 'copied' : 'encoded',
    frameCount: plan.frameCount,
    durationS: plan.frameCount / plan.frameRate,
    width: plan.width,
    height: plan.height,
    frameRate: plan.frameRate,
    audio: format !== undefined,
    ...(plan.encodedBecause !== undefined && { encodedBecause: plan.encodedBecause }),
  };
}

async function writeFilm(plan: CutPlan, format: SoundFormat | undefined, outputPath: string, { onProgress, signal }: CutOptions): Promise<void> {
  const { width, height, frameRate, frameCount } = plan;
  const copied = plan.encodedBecause === undefined;
  const videoCodec = copied ? (plan.parts[0]?.clip.videoCodec ?? 'avc') : 'avc';
  const totalSamples = format ? samplesUntilFrame(frameCount, frameRate, format.sampleRate) : 0;
  let framesDone = 0;
  const onFrame = (): void => {
    signal?.throwIfAborted();
    framesDone += 1;
    onProgress?.(framesDone / (frameCount + 1));
  };
  await writeMp4File(outputPath, { videoCodec, frameRate, frameCount, ...(format && { audioPacketCount: aacPacketCount(totalSamples) }) }, async (tracks) => {
    // A second generation gets twice the bits: what the first lost must not be lost again.
    const bitrate = defaultBitrate(width, height, frameRate) * 2;
    const pictures: PictureEncoder | undefined = copied ? undefined : createPictureEncoder({ width, height, frameRate, bitrate }, tracks.addVideo);
    const sounds = format && createSoundEncoder(format, tracks.addAudio);
    try {
      for (const part of plan.parts) {
        signal?.throwIfAborted();
        if (pictures) await encodePictures(part, plan, pictures, onFrame);
        else await copyPictures(part, plan, tracks.addVideo, onFrame);
        if (sounds && format) await addPartSound(part, plan, format, sounds, signal);
      }
      await pictures?.finish();
      await sounds?.finish();
    } finally {
      pictures?.close();
      sounds?.close();
    }
  });
}
