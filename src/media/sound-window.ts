import type { SoundFormat } from './sound-encoder.ts';
import type { SoundBlock } from './sound-block.ts';

export function silence(count: number, channels: number): Float32Array[] {
  return Array.from({ length: channels }, () => new Float32Array(count));
}

/** Reads any stretch of a sound going forward, at another rate if need be, holding only the blocks around it. */
export class SoundWindow {
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
