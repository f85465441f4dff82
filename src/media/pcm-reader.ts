import type { EncodedPacket } from 'mediabunny';
import type { SoundBlock } from './sound-block.ts';

type ReadSample = (view: DataView, at: number) => number;

/** Uncompressed sound, as WAV files have it: how many bytes a sample has, and its value from -1 to 1. */
const SAMPLES: Record<string, [number, ReadSample]> = {
  'pcm-u8': [1, (view, at) => view.getUint8(at) / 128 - 1],
  'pcm-s8': [1, (view, at) => view.getInt8(at) / 128],
  'pcm-s16': [2, (view, at) => view.getInt16(at, true) / 32_768],
  'pcm-s16be': [2, (view, at) => view.getInt16(at) / 32_768],
  'pcm-s24': [3, (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608],
  'pcm-s24be': [3, (view, at) => (view.getInt8(at) * 65_536 + view.getUint16(at + 1)) / 8_388_608],
  'pcm-s32': [4, (view, at) => view.getInt32(at, true) / 2_147_483_648],
  'pcm-s32be': [4, (view, at) => view.getInt32(at) / 2_147_483_648],
  'pcm-f32': [4, (view, at) => view.getFloat32(at, true)],
  'pcm-f32be': [4, (view, at) => view.getFloat32(at)],
  'pcm-f64': [8, (view, at) => view.getFloat64(at, true)],
  'pcm-f64be': [8, (view, at) => view.getFloat64(at)],
};

export function isPcm(codec: string): boolean {
  return codec in SAMPLES;
}

/** The decoders know no uncompressed sound, and none is needed. */
export async function* readPcm(packets: AsyncIterable<EncodedPacket>, { codec, sampleRate, numberOfChannels }: AudioDecoderConfig): AsyncGenerator<SoundBlock> {
  const sample = SAMPLES[codec];
  if (!sample) return;
  const [bytes, read] = sample;
  for await (const { data, timestamp } of packets) {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const count = Math.floor(data.byteLength / bytes / numberOfChannels);
    const channels = Array.from({ length: numberOfChannels }, (_, channel) => Float32Array.from({ length: count }, (_unused, index) => read(view, (index * numberOfChannels + channel) * bytes)));
    yield { sampleRate, startS: timestamp, channels };
  }
}
