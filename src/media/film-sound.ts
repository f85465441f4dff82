import { withClipTracks } from './clip-facts.ts';
import type { CutPlan, PlannedPart } from './cut-plan.ts';
import type { SoundEncoder, SoundFormat } from './sound-encoder.ts';
import { decodeSound, type SoundBlock } from './sound-reader.ts';

const CHUNK_SAMPLES = 4096;

/** The sound of a film: that of the first clip that has any (at most stereo), or none. */
export function filmSoundFormat(plan: CutPlan): SoundFormat | undefined {
  const audio = plan.parts.find((part) => part.clip.probe.audio)?.clip.probe.audio;
  return audio && { sampleRate: audio.sampleRate, channels: Math.min(2, audio.channels) };
}

/** Samples from the film's start to a frame: rounded from the whole, so that no error adds up over the parts. */
export function samplesUntilFrame(frame: number, frameRate: number, sampleRate: number): number {
  return Math.round((frame * sampleRate) / frameRate);
}

/** Adds one part's sound, exactly as long as its picture; silence where the clip has none or ends early. */
export async function addPartSound(part: PlannedPart, plan: CutPlan, format: SoundFormat, encoder: SoundEncoder, signal?: AbortSignal): Promise<void> {
  await withClipTracks(part.clip.path, async ({ audio }) => {
    const { sampleRate } = format;
    let left = samplesUntilFrame(part.firstFrame + part.frameCount, plan.frameRate, sampleRate) - samplesUntilFrame(part.firstFrame, plan.frameRate, sampleRate);
    // Sound and picture keep their places within the clip: the picture's first frame is the clip's time zero here.
    let atS = part.clip.startS + part.inS;
    const reader = audio && new SoundWindow(decodeSound(audio, atS, part.clip.path));
    try {
      while (left > 0) {
        signal?.throwIfAborted();
        const count = Math.min(CHUNK_SAMPLES, left);
        const samples = reader ? await reader.read(atS, count, format) : silence(count, format.channels);
        await encoder.add(samples);
        left -= count;
        atS += count / sampleRate;
      }
    } finally {
      await reader?.close();
    }
  });
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
