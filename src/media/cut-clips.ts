import { planByteCopy, writeCopiedFilm } from './copy-film.ts';
import { createFilmPictures } from './film-pictures.ts';
import { samplesUntilFrame } from './film-length.ts';
import { createFilmSound, filmSoundFormat } from './film-sound.ts';
import type { CutPart } from './cut-part.ts';
import { planCut, type CutPlan } from './cut-plan.ts';
import { freeNativeMemory } from './free-native-memory.ts';
import { writeMp4File } from './mp4-file.ts';
import { readClipFacts, type ClipFacts } from './clip-facts.ts';
import { createReadingMemory } from './probe.ts';
import { aacPacketCount, createSoundEncoder, type SoundFormat } from './sound-encoder.ts';
import { openUnder, probeSoundFile, type SoundUnder } from './under-sound.ts';

/** In decibels: how much softer a file lies under sound, when nobody says. */
const UNDER_SOUND_DB = -12;
/** The sound follows the picture this closely. */
const SOUND_EVERY_FRAMES = 12;
/** A minute and more. */
const FREE_EVERY_FRAMES = 2000;

export interface CutOptions {
  /** Called with 0..1, never going back; 1 comes before the promise resolves. */
  onProgress?: (done: number) => void;
  /** Stops the cut; the reason comes back unchanged and no file is left behind. */
  signal?: AbortSignal;
  /** Laid under the whole film; faded at its end where it is longer. A silent film gets a sound track with it. */
  under?: { path: string; gainDb?: number | undefined };
}

export interface CutReport {
  /** `copied`: all video packets were taken as they are. `encoded`: every frame was decoded and encoded again. `mixed`: some so, some so. */
  method: 'copied' | 'encoded' | 'mixed';
  /** Frames in the film. */
  frameCount: number;
  /** Frames whose pictures are the clips' own, bit for bit. */
  copiedFrames: number;
  /** Frames that were decoded and encoded again. */
  encodedFrames: number;
  /** Length of the film's picture, in seconds. */
  durationS: number;
  width: number;
  height: number;
  frameRate: number;
  /** Whether the film has a sound track. */
  audio: boolean;
  /** Why not all could be copied; only when something was encoded. */
  encodedBecause?: string;
  /** Clips that could not be decoded to their end: their last good frame, or silence, stands from there on. */
  broken: BrokenClip[];
}

export interface BrokenClip {
  path: string;
  what: 'picture' | 'sound';
  /** Seconds from the clip's first frame. */
  atS: number;
}

/**
 * Cuts clips to one MP4. What can be copied is copied, packet by packet; only the rest is decoded and encoded again to the
 * first clip's size and rate: see {@link planCut}. Sound, where any clip has it, is always one new AAC track: copied sound
 * drifts at every joint. The index stands first, memory does not grow with the film's length, and the file appears whole or
 * not at all.
 * @throws StudioError `MEDIA_UNREADABLE`, `MEDIA_UNSUPPORTED`, `MEDIA_BAD_CUT`, `MEDIA_WRITE_FAILED`, `MEDIA_CODECS_MISSING` (copying a silent
 * film needs no codecs), `SOUND_UNUSABLE` (what is laid under it); the signal's reason, unchanged.
 */
export async function cutClips(parts: readonly CutPart[], outputPath: string, options: CutOptions = {}): Promise<CutReport> {
  const facts = new Map<string, ClipFacts>();
  const memory = createReadingMemory();
  for (const { path } of parts) {
    options.signal?.throwIfAborted();
    if (!facts.has(path)) facts.set(path, await readClipFacts(path, memory));
  }
  const plan = planCut(parts, parts.flatMap(({ path }) => facts.get(path) ?? []));
  const underFile = options.under && (await probeSoundFile(options.under.path));
  const format = filmSoundFormat(plan, underFile);
  const quiet = plan.parts.every(({ clip }) => clip.probe.audio === undefined);
  const under = options.under && { path: options.under.path, gainDb: options.under.gainDb ?? (quiet ? 0 : UNDER_SOUND_DB) };
  const broken = await writeFilm({ plan, format, under }, outputPath, options);
  options.onProgress?.(1);
  const { frameCount, frameRate, width, height, encodedBecause } = plan;
  const encodedFrames = plan.parts.flatMap(({ stretches }) => stretches).reduce((sum, stretch) => sum + (stretch.kind === 'encoded' ? stretch.frameCount : 0), 0);
  const copiedFrames = frameCount - encodedFrames;
  return {
    method: encodedFrames === 0 ? 'copied' : copiedFrames === 0 ? 'encoded' : 'mixed',
    frameCount,
    copiedFrames,
    encodedFrames,
    durationS: frameCount / frameRate,
    width,
    height,
    frameRate,
    audio: format !== undefined,
    ...(encodedBecause !== undefined && { encodedBecause }),
    broken,
  };
}

interface FilmToWrite {
  plan: CutPlan;
  format: SoundFormat | undefined;
  under: SoundUnder | undefined;
}

async function writeFilm({ plan, format, under }: FilmToWrite, outputPath: string, { onProgress, signal }: CutOptions): Promise<BrokenClip[]> {
  const { frameRate, frameCount, base } = plan;
  const broken: BrokenClip[] = [];
  const bytes = format ? undefined : await planByteCopy(plan);
  if (bytes) {
    let framesCopied = 0;
    await writeCopiedFilm(bytes, outputPath, (frames) => {
      signal?.throwIfAborted();
      framesCopied += frames;
      onProgress?.(framesCopied / (frameCount + 1));
    });
    return broken;
  }
  const totalSamples = format ? samplesUntilFrame(frameCount, frameRate, format.sampleRate) : 0;
  const shape = { videoCodec: base?.videoCodec ?? 'avc', frameRate, frameCount, ...(format && { audioPacketCount: aacPacketCount(totalSamples) }) };
  await writeMp4File(outputPath, shape, async (tracks) => {
    const pictures = await createFilmPictures(plan, tracks.addVideo);
    const encoder = format && createSoundEncoder(format, tracks.addAudio);
    const mixed = format && under && (await openUnder(under, format, plan, (atS) => broken.push({ path: under.path, what: 'sound', atS })));
    const sound = format && encoder && createFilmSound(plan, format, encoder, mixed, (part, atS) => broken.push({ path: part.clip.path, what: 'sound', atS }));
    let framesDone = 0;
    const onFrame = async (): Promise<void> => {
      signal?.throwIfAborted();
      framesDone += 1;
      if (framesDone % SOUND_EVERY_FRAMES === 0) await sound?.follow(framesDone);
      if (framesDone % FREE_EVERY_FRAMES === 0) freeNativeMemory();
      onProgress?.(framesDone / (frameCount + 1));
    };
    try {
      for (const part of plan.parts) {
        for (const stretch of part.stretches) {
          signal?.throwIfAborted();
          const brokenAtS = await pictures.add(part, stretch, onFrame);
          if (brokenAtS !== undefined) broken.push({ path: part.clip.path, what: 'picture', atS: brokenAtS });
        }
      }
      await pictures.finish();
      await sound?.follow(frameCount);
      await encoder?.finish();
    } finally {
      pictures.close();
      await sound?.close();
      await mixed?.close();
      encoder?.close();
    }
  });
  return broken;
}
