import { StudioError } from '../lib/errors.ts';
import { openClip } from './clip-facts.ts';
import type { CutPlan, PlannedPart } from './cut-plan.ts';
import { samplesUntilFrame } from './film-length.ts';
import type { SoundEncoder, SoundFormat } from './sound-encoder.ts';
import { createSoundDecoders, decodeSound, type SoundDecoders } from './sound-reader.ts';
import { silence, SoundWindow } from './sound-window.ts';
import type { UnderSound } from './under-sound.ts';

const CHUNK_SAMPLES = 4096;
/** Rates that AAC has; sound of any other is brought to 48,000. */
const AAC_RATES = new Set([8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000]);

/** The sound of a film: that of the first clip that has any (at most stereo), else of what is laid under it, or none. */
export function filmSoundFormat(plan: CutPlan, under: SoundFormat | undefined): SoundFormat | undefined {
  const audio = plan.parts.find((part) => part.clip.probe.audio)?.clip.probe.audio ?? under;
  return audio && { sampleRate: AAC_RATES.has(audio.sampleRate) ? audio.sampleRate : 48_000, channels: audio.channels === 1 ? 1 : 2 };
}

/** The film's sound, kept level with its pictures: neither has to wait in memory for the other. */
export interface FilmSound {
  /** Adds the sound up to a frame of the film (its start). */
  follow(frame: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Each part's sound, exactly as long as its picture; silence where a clip has none or ends early.
 * @param under laid under all of it.
 * @param onBroken hears of a clip whose sound could not be decoded to its end, and of the seconds into the clip.
 */
export function createFilmSound(plan: CutPlan, format: SoundFormat, encoder: SoundEncoder, under: UnderSound | undefined, onBroken: (part: PlannedPart, atS: number) => void): FilmSound {
  const { sampleRate, channels } = format;
  const untilFrame = (frame: number): number => samplesUntilFrame(frame, plan.frameRate, sampleRate);
  const decoders = createSoundDecoders();
  let partIndex = 0;
  let written = 0;
  let open: PartSound | undefined;
  const nextPart = async (): Promise<void> => {
    await open?.close();
    open = undefined;
    partIndex += 1;
  };
  return {
    async follow(frame) {
      for (let part = plan.parts[partIndex]; part; part = plan.parts[partIndex]) {
        const partEnd = untilFrame(part.firstFrame + part.frameCount);
        const end = Math.min(partEnd, untilFrame(frame));
        while (written < end) {
          const count = Math.min(CHUNK_SAMPLES, end - written);
          open ??= await openPartSound(part, decoders, (atS) => onBroken(part, atS));
          // Sound and picture keep their places within the clip: the picture's first frame is the clip's time zero here.
          const atS = part.clip.startS + part.inS + (written - untilFrame(part.firstFrame)) / sampleRate;
          const samples = (await open.read(atS, count, format)) ?? silence(count, channels);
          await under?.mixInto(samples, written);
          await encoder.add(samples);
          written += count;
        }
        if (end < partEnd) return;
        await nextPart();
      }
    },
    async close() {
      await nextPart();
      decoders.close();
    },
  };
}

interface PartSound {
  read(atS: number, count: number, format: SoundFormat): Promise<Float32Array[] | undefined>;
  close(): Promise<void>;
}

async function openPartSound({ clip, inS }: PlannedPart, decoders: SoundDecoders, onBroken: (atS: number) => void): Promise<PartSound> {
  const { tracks, close } = await openClip(clip.path);
  let window = tracks.audio && new SoundWindow(decodeSound(tracks.audio, clip.startS + inS, clip.path, decoders));
  return {
    async read(atS, count, format) {
      try {
        return await window?.read(atS, count, format);
      } catch (error) {
        if (!StudioError.is(error)) throw error;
        // The picture is what was paid for: sound that is broken, or of a kind that no decoder here takes, is silence.
        onBroken(atS - clip.startS);
        await window?.close();
        window = undefined;
        return undefined;
      }
    },
    async close() {
      await window?.close();
      close();
    },
  };
}
