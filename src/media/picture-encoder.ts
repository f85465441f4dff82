import { setTimeout as sleep } from 'node:timers/promises';
import { EncodedPacket } from 'mediabunny';
import { loadCodecs } from './codecs.ts';
import { BT709_LIMITED } from './i420.ts';

/** What mediabunny wants to hear with the first packet. */
export type VideoMetadata = EncodedVideoChunkMetadata;

export interface PictureEncoderOptions {
  width: number;
  height: number;
  /** Frames per second. */
  frameRate: number;
  /** Bits per second; default {@link defaultBitrate}. */
  bitrate?: number;
  /** Frames from one keyframe to the next; default about 2 s. */
  keyFrameEvery?: number;
}

/** H.264 out of I420 pictures. Every encoder of one size and rate writes the same configuration, so their clips join by copying. */
export interface PictureEncoder {
  /** Takes the next frame. Waits while the encoder or the writer is behind: memory stays flat. */
  add(i420: Uint8Array): Promise<void>;
  /** Writes what is still inside. */
  finish(): Promise<void>;
  /** Frees native memory; safe at any time, also after {@link finish}. */
  close(): void;
}

/** About 0.13 bits a pixel: 2.9 Mbit/s for 720p24, 6.5 for 1080p24. */
export function defaultBitrate(width: number, height: number, frameRate: number): number {
  return Math.max(200_000, Math.round(width * height * frameRate * 0.13));
}

/** Frames inside the encoder at once. Above this its native queue grows without end: 1.4 GB were seen. */
const QUEUE_LIMIT = 6;

export function createPictureEncoder(options: PictureEncoderOptions, write: (packet: EncodedPacket, metadata: VideoMetadata) => Promise<void>): PictureEncoder {
  const { VideoEncoder, VideoFrame } = loadCodecs();
  const { width, height, frameRate } = options;
  const keyFrameEvery = options.keyFrameEvery ?? Math.max(1, Math.round(frameRate * 2));
  const ready: { packet: EncodedPacket; metadata: VideoMetadata }[] = [];
  let description: Uint8Array | undefined;
  let failure: Error | undefined;
  let frameIndex = 0;

  const encoder = new VideoEncoder({
    error: (error) => (failure ??= error),
    output: (chunk, metadata) => {
      description ??= metadata?.decoderConfig?.description;
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      // The codec counts in microseconds; the frame's number is exact.
      const index = Math.round((chunk.timestamp * frameRate) / 1e6);
      const packet = new EncodedPacket(data, chunk.type, index / frameRate, 1 / frameRate, index);
      ready.push({ packet, metadata: { decoderConfig: decoderConfig(width, height, description) } });
    },
  });
  encoder.configure({
    codec: 'avc1.640034', // High; the level written is the encoder's own choice
    width,
    height,
    framerate: frameRate,
    bitrate: options.bitrate ?? defaultBitrate(width, height, frameRate),
    latencyMode: 'quality',
    hardwareAcceleration: 'prefer-software', // the same bytes on every machine
    avc: { format: 'avc' },
  });

  async function drain(): Promise<void> {
    if (failure) throw failure;
    for (let next = ready.shift(); next; next = ready.shift()) await write(next.packet, next.metadata);
  }

  return {
    async add(i420) {
      const timestamp = Math.round((frameIndex * 1e6) / frameRate);
      const frame = new VideoFrame(i420, { format: 'I420', codedWidth: width, codedHeight: height, timestamp, colorSpace: BT709_LIMITED });
      encoder.encode(frame, { keyFrame: frameIndex % keyFrameEvery === 0 });
      frame.close();
      frameIndex += 1;
      await drain();
      while (encoder.encodeQueueSize > QUEUE_LIMIT && !failure) await sleep(1);
      await drain();
    },
    async finish() {
      await encoder.flush();
      await drain();
    },
    close() {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}

function decoderConfig(width: number, height: number, description: Uint8Array | undefined): VideoDecoderConfig {
  // Bytes 1 to 3 of the avcC are profile, constraints and level: the codec string that the encoder reports is the one asked for.
  const codec = description ? `avc1.${Buffer.from(description.subarray(1, 4)).toString('hex')}` : 'avc1.640034';
  return { codec, codedWidth: width, codedHeight: height, ...(description && { description }), colorSpace: BT709_LIMITED };
}
