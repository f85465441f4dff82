import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { VideoEncoder, VideoFrame } from '@napi-rs/webcodecs';
import { EncodedPacket } from 'mediabunny';
import { packetsFrom, readClipFacts, withClipTracks } from '../../src/media/clip-facts.ts';
import { BT709_LIMITED, i420Size } from '../../src/media/i420.ts';
import { writeMp4File } from '../../src/media/mp4-file.ts';
import { decodePictures } from '../../src/media/picture-decoder.ts';
import { aacPacketCount, createSoundEncoder } from '../../src/media/sound-encoder.ts';

export interface TestClip {
  width?: number;
  height?: number;
  frameRate?: number;
  frameCount?: number;
  /** Frames from one picture that starts anew to the next. */
  keyFrameEvery?: number;
  /** `avc1.640034` (High, the film's own), `avc1.4d0028` (Main), `avc1.42e01f` (Baseline: another way of coding the numbers). */
  codec?: string;
  /** `quality` makes pictures lean on later ones, `realtime` does not. */
  latencyMode?: 'quality' | 'realtime';
  colours?: Partial<Record<keyof typeof BT709_LIMITED, unknown>>;
  /** Tells this clip's pictures from others'. */
  seed?: number;
  sound?: { sampleRate: number; channels: number };
  /** Frame whose picture is white, with a click at its start; needs `sound`. */
  flashAt?: number;
}

/** A clip whose every frame is a picture of its own: noise in blocks, so that hashes tell frames apart and nothing is free. */
export async function writeTestClip(path: string, clip: TestClip = {}): Promise<string> {
  const { width = 96, height = 64, frameRate = 24, frameCount = 60, keyFrameEvery = 24, codec = 'avc1.640034', latencyMode = 'quality', seed = 1, sound, flashAt } = clip;
  const samples = sound ? Math.round((frameCount / frameRate) * sound.sampleRate) : 0;
  await writeMp4File(path, { videoCodec: 'avc', frameRate, frameCount, ...(sound && { audioPacketCount: aacPacketCount(samples) }) }, async (tracks) => {
    const packets: { packet: EncodedPacket; config: VideoDecoderConfig }[] = [];
    let description: Uint8Array | undefined;
    let failure: Error | undefined;
    const encoder = new VideoEncoder({
      error: (error) => (failure ??= error),
      output: (chunk, metadata) => {
        description ??= metadata?.decoderConfig?.description;
        const data = new Uint8Array(chunk.byteLength);
        chunk.copyTo(data);
        const index = Math.round((chunk.timestamp * frameRate) / 1e6);
        const name = description ? `avc1.${Buffer.from(description.subarray(1, 4)).toString('hex')}` : codec;
        packets.push({ packet: new EncodedPacket(data, chunk.type, index / frameRate, 1 / frameRate), config: { codec: name, codedWidth: width, codedHeight: height, ...(description && { description }), colorSpace: BT709_LIMITED } });
      },
    });
    encoder.configure({ codec, width, height, framerate: frameRate, bitrate: 400_000, latencyMode, hardwareAcceleration: 'prefer-software', avc: { format: 'avc' } });
    for (let index = 0; index < frameCount; index += 1) {
      const data = index === flashAt ? new Uint8Array(i420Size(width, height)).fill(128).fill(235, 0, width * height) : drawBlocks(width, height, index, flashAt === undefined ? seed : -1);
      const frame = new VideoFrame(data, { format: 'I420', codedWidth: width, codedHeight: height, timestamp: Math.round((index * 1e6) / frameRate), colorSpace: { ...BT709_LIMITED, ...(clip.colours as typeof BT709_LIMITED | undefined) } });
      encoder.encode(frame, { keyFrame: index % keyFrameEvery === 0 });
      frame.close();
      while (encoder.encodeQueueSize > 6 && !failure) await sleep(1);
    }
    await encoder.flush();
    encoder.close();
    if (failure) throw failure;
    for (const { packet, config } of packets) await tracks.addVideo(packet, { decoderConfig: config });
    if (!sound) return;
    const sounds = createSoundEncoder(sound, tracks.addAudio);
    const clickAt = flashAt === undefined ? -1 : Math.round((flashAt / frameRate) * sound.sampleRate);
    const wave = Float32Array.from({ length: samples }, (_, index) => (flashAt === undefined ? 0.3 * Math.sin((2 * Math.PI * 330 * index) / sound.sampleRate) : index >= clickAt && index < clickAt + 0.005 * sound.sampleRate ? 0.8 * (Math.floor(((index - clickAt) * 2000) / sound.sampleRate) % 2 === 0 ? 1 : -1) : 0));
    await sounds.add(Array.from({ length: sound.channels }, () => wave));
    await sounds.finish();
    sounds.close();
  });
  return path;
}

function drawBlocks(width: number, height: number, index: number, seed: number): Uint8Array {
  const data = new Uint8Array(i420Size(width, height)).fill(seed < 0 ? 128 : 110 + ((seed * 7 + index) % 36));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const block = ((x >> 3) * 73_856_093) ^ ((y >> 3) * 19_349_663) ^ ((index + seed * 1000) * 83_492_791);
      data[y * width + x] = seed < 0 ? 30 : 30 + (((block >>> 5) & 127) + (((x + index) & 7) << 3));
    }
  }
  return data;
}

export interface SeenFrame {
  /** Its place on the grid of the file's rate. */
  place: number;
  sha256: string;
  data: Uint8Array;
}

/** Every frame as it decodes, in the order shown. */
export async function decodeAll(path: string): Promise<SeenFrame[]> {
  const { videoConfig, probe } = await readClipFacts(path);
  return withClipTracks(path, async ({ video }) => {
    const frames: SeenFrame[] = [];
    for await (const picture of decodePictures(packetsFrom(video, -1), videoConfig, path)) {
      const data = Uint8Array.from(picture.data);
      frames.push({ place: picture.timeS * probe.frameRate, sha256: createHash('sha256').update(data).digest('hex'), data });
    }
    return frames;
  });
}

/** Peak signal to noise of the luma, in dB. */
export function lumaPsnr(one: Uint8Array, other: Uint8Array): number {
  const luma = (one.length * 2) / 3;
  let sum = 0;
  for (let at = 0; at < luma; at += 1) sum += ((one[at] ?? 0) - (other[at] ?? 0)) ** 2;
  return sum === 0 ? Infinity : 10 * Math.log10((255 * 255 * luma) / sum);
}
