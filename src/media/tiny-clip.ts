import { i420Size } from './i420.ts';
import { makeMp4Bytes } from './mp4-file.ts';
import { createPictureEncoder } from './picture-encoder.ts';
import { aacPacketCount, createSoundEncoder } from './sound-encoder.ts';

export interface TinyClipShape {
  /** Pixels, even; default 64. */
  width?: number;
  /** Pixels, even; default 36. */
  height?: number;
  /** Default 24. */
  frameRate?: number;
  /** Default 121, Kling's 5 s. */
  frameCount?: number;
  /** Adds a quiet stereo AAC track of the picture's length; default false. */
  sound?: boolean;
  /** Makes the bytes, and so the hash, this clip's own; the streams stay those of its shape. */
  uniqueText: string;
  /** Pads the file to exactly this many bytes; default: as small as it comes. */
  sizeBytes?: number;
}

type Streams = Required<Omit<TinyClipShape, 'uniqueText' | 'sizeBytes'>>;

const encoded = new Map<string, Promise<Buffer>>();

/**
 * A tiny MP4 that plays, for tests: a bright bar wandering over grey. Encoded once per shape and remembered; after that it
 * costs a copy.
 * @throws RangeError when `sizeBytes` is smaller than the clip.
 */
export async function makeTinyClip(shape: TinyClipShape): Promise<Uint8Array> {
  const { uniqueText, sizeBytes, width = 64, height = 36, frameRate = 24, frameCount = 121, sound = false } = shape;
  const streams = await encodeOnce({ width, height, frameRate, frameCount, sound });
  const text = Buffer.from(uniqueText, 'utf8');
  const length = sizeBytes ?? streams.length + 8 + text.length;
  const boxBytes = length - streams.length;
  if (boxBytes < 8 + text.length) throw new RangeError(`makeTinyClip: sizeBytes ${length} is too small, this clip needs ${streams.length + 8 + text.length}`);
  const clip = Buffer.alloc(length);
  streams.copy(clip);
  clip.writeUInt32BE(boxBytes, streams.length);
  clip.write('free', streams.length + 4, 'latin1'); // players skip a box of this name
  text.copy(clip, streams.length + 8);
  return clip;
}

function encodeOnce(streams: Streams): Promise<Buffer> {
  const key = JSON.stringify(streams);
  let clip = encoded.get(key);
  if (!clip) {
    clip = encode(streams);
    encoded.set(key, clip);
    clip.catch(() => encoded.delete(key));
  }
  return clip;
}

async function encode({ width, height, frameRate, frameCount, sound }: Streams): Promise<Buffer> {
  const sampleRate = 48_000;
  const sampleCount = Math.round((frameCount * sampleRate) / frameRate);
  const shape = { videoCodec: 'avc' as const, frameRate, frameCount, ...(sound && { audioPacketCount: aacPacketCount(sampleCount) }) };
  const bytes = await makeMp4Bytes(shape, async (tracks) => {
    const pictures = createPictureEncoder({ width, height, frameRate, bitrate: 60_000 }, tracks.addVideo);
    const sounds = sound ? createSoundEncoder({ sampleRate, channels: 2 }, tracks.addAudio) : undefined;
    try {
      for (let index = 0; index < frameCount; index += 1) await pictures.add(drawBar(width, height, index));
      await pictures.finish();
      await sounds?.add([quietTone(sampleCount, sampleRate)]);
      await sounds?.finish();
    } finally {
      pictures.close();
      sounds?.close();
    }
  });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function drawBar(width: number, height: number, index: number): Uint8Array {
  const picture = new Uint8Array(i420Size(width, height)).fill(128);
  picture.fill(80, 0, width * height);
  const left = (index * 2) % width;
  for (let row = 0; row < height; row += 1) picture.fill(200, row * width + left, row * width + Math.min(width, left + 4));
  return picture;
}

function quietTone(sampleCount: number, sampleRate: number): Float32Array {
  return Float32Array.from({ length: sampleCount }, (_, index) => 0.05 * Math.sin((2 * Math.PI * 220 * index) / sampleRate));
}
