import { openClip } from './clip-facts.ts';
import type { CutPlan, PlannedPart } from './cut-plan.ts';
import type { SoundEncoder, SoundFormat } from './sound-encoder.ts';
import { decodeSound, type SoundBlock } from './sound-reader.ts';

const CHUNK_SAMPLES = 4096;
/** Rates that AAC has; sound of any other is brought to 48,000. */
const AAC_RATES = new Set([8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000]);

/** The sound of a film: that of the first clip that has any (at most stereo), or none. */
export function filmSoundFormat(plan: CutPlan): SoundFormat | undefined {
  const audio = plan.parts.find((part) => part.clip.probe.audio)?.clip.probe.audio;
  return audio && { sampleRate: AAC_RATES.has(audio.sampleRate) ? audio.sampleRate : 48_000, channels: audio.channels === 1 ? 1 : 2 };
}

/** Samples from the film's start to a frame: rounded from the whole, so that no error adds up over the parts. */
export function samplesUntilFrame(frame: number, frameRate: number, sampleRate: number): number {
  return Math.round((frame * sampleRate) / frameRate);
}

/** The film's sound, kept level with its pictures: neither has to wait in memory for the other. */
export interface FilmSound {
  /** Adds the sound up to a frame of the film (its start). */
  follow(frame: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Each part's sound, exactly as long as its picture; silence where a clip has none or ends early.
 * @param onBroken hears of a clip whose sound could not be decoded to its end, and of the seconds into the clip.
 */
export function createFilmSound(plan: CutPlan, format: SoundFormat, encoder: SoundEncoder, onBroken: (part: PlannedPart, atS: number) => void): FilmSound {
  const { sampleRate, channels } = format;
  const untilFrame = (frame: number): number => samplesUntilFrame(frame, plan.frameRate, sampleRate);
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
          open ??= await openPartSound(part, (atS) => onBroken(part, atS));
          // Sound and picture keep their places within the clip: the picture's first frame is the clip's time zero here.
          const atS = part.clip.startS + part.inS + (written - untilFrame(part.firstFrame)) / sampleRate;
          await encoder.add((await open.read(atS, count, format)) ?? silence(count, channels));
          written += count;
        }
        if (end < partEnd) return;
        await nextPart();
      }
    },
    close: async () => await nextPart(),
  };
}

interface PartSound {
  read(atS: number, count: number, format: SoundFormat): Promise<Float32Array[] | undefined>;
  close(): Promise<void>;
}

async function openPartSound({ clip, inS }: PlannedPart, onBroken: (atS: number) => void): Promise<PartSound> {
  const { tracks, close } = await openClip(clip.path);
  let window = tracks.audio && new SoundWindow(decodeSound(tracks.audio, clip.startS + inS, clip.path));
  let any = false;
  return {
    async read(atS, count, format) {
      try {
        const samples = await window?.read(atS, count, format);
        any = true;
        return samples;
      } catch (error) {
        if (!any) throw error;
        // The picture is what was paid for: a broken end of its sound is silence.
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

function silence(count: number, channels: number): Float32Array[] {
  return Array.from({ length: channels }, () => new Float32Array(count));
}

/** Reads any stretch of a sound going forward, at another rate if need be, holding only the blocks around it. */
class SoundWindow {
  readonly #blocks: AsyncGenerator<SoundBlock>;
  #held: SoundBlock[] = [];
  #ended = false;

  constructor(blocks: AsyncGenerator<SoundBlock>) {
    this.#blocks = blocks;
  }

  async read(startS: number, count: number, format: SoundFormat): Promise<Float32Array[]> {
    await this.#hold(startS, startS + count / format.sampleRate);
    const out = silence(count, format.channels);
    for (const block of this.#held) {
      // Position in the block of the first sample asked for; whole when the rates agree.
      const ratio = block.sampleRate / format.sampleRate;
      const offset = (startS - block.startS) * block.sampleRate;
      const exact = ratio === 1 ? Math.round(offset) : offset;
      const length = block.channels[0]?.length ?? 0;
      const from = Math.max(0, Math.ceil(-exact / ratio));
      const to = Math.min(count, Math.ceil((length - exact) / ratio));
      for (const [channel, target] of out.entries()) {
        const same = ratio === 1 && out.length === block.channels.length ? block.channels[channel] : undefined;
        if (same) {
          if (to > from) target.set(same.subarray(exact + from, exact + to), from);
          continue; // the common case, by far: nothing to convert
        }
        const next = this.#held[this.#held.indexOf(block) + 1];
        const read = mixer(block, channel, format.channels, next);
        for (let index = from; index < to; index += 1) target[index] = read(exact + index * ratio);
      }
    }
    return out;
  }

  async close(): Promise<void> {
    await this.#blocks.return(undefined);
  }

  async #hold(startS: number, endS: number): Promise<void> {
    while (!this.#ended && lastEndS(this.#held) < endS + 0.01) {
      const next = await this.#blocks.next();
      if (next.done) this.#ended = true;
      else this.#held.push(next.value);
    }
    this.#held = this.#held.filter((block) => lastEndS([block]) > startS - 0.01);
  }
}

function lastEndS(blocks: readonly SoundBlock[]): number {
  const last = blocks.at(-1);
  return last ? last.startS + (last.channels[0]?.length ?? 0) / last.sampleRate : -Infinity;
}

/** One channel of the film out of a clip's channels, at a position that may lie between two samples. */
function mixer(block: SoundBlock, channel: number, wanted: number, next: SoundBlock | undefined): (position: number) => number {
  const sources = wanted === 1 ? block.channels.map((_, index) => index) : [Math.min(channel, block.channels.length - 1)];
  const at = (index: number): number => {
    let sum = 0;
    for (const source of sources) {
      const samples = block.channels[source];
      sum += samples?.[index] ?? next?.channels[source]?.[index - (samples?.length ?? 0)] ?? samples?.at(-1) ?? 0;
    }
    return sum / sources.length;
  };
  return (position) => {
    const index = Math.floor(position);
    const share = position - index;
    return share === 0 ? at(index) : at(index) * (1 - share) + at(index + 1) * share;
  };
}
