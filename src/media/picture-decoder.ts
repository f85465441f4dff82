import { setTimeout as sleep } from 'node:timers/promises';
import type { EncodedPacket } from 'mediabunny';
import type { VideoDecoder, VideoFrame } from '@napi-rs/webcodecs';
import { closeDecoder, DecoderKeeper, openDecoder, type MakeDecoder } from './decoder-keeper.ts';
import { descriptionBytes, namingClip, undecodable } from './decoder-support.ts';
import { loadCodecs } from './codecs.ts';
import { i420Size, type I420Picture } from './i420.ts';

export interface DecodedPicture extends I420Picture {
  /** When it is shown, in seconds of the clip's own time. */
  timeS: number;
}

/** Packets inside the decoder, and pictures not yet taken: what bounds the memory. */
const QUEUE_LIMIT = 6;

/** Keeps decoders from clip to clip: only for clips whose settings all stand in their configuration. */
export type PictureDecoders = DecoderKeeper<VideoDecoder, VideoFrame>;

export function createPictureDecoders(): PictureDecoders {
  return new DecoderKeeper((frame) => frame.close());
}

/**
 * Decodes packets (in decode order, starting with a keyframe) to pictures in the order shown. The codes of the file are
 * read as they are and never converted to RGB by the codec library, which would take them for BT.601.
 * @throws StudioError `MEDIA_UNREADABLE` naming `path` when the decoder gives up.
 */
export function decodePictures(packets: AsyncIterable<EncodedPacket>, config: VideoDecoderConfig, path: string, decoders?: PictureDecoders): AsyncGenerator<DecodedPicture> {
  return namingClip(decode(packets, config, path, decoders), path, 'picture');
}

async function* decode(packets: AsyncIterable<EncodedPacket>, config: VideoDecoderConfig, path: string, decoders: PictureDecoders | undefined): AsyncGenerator<DecodedPicture> {
  const { VideoDecoder: Decoder, EncodedVideoChunk } = loadCodecs();
  // The codec counts in whole microseconds; the packets know the exact time.
  const exactTimes = new Map<number, number>();
  const description = descriptionBytes(config);
  const { codec, codedWidth, codedHeight } = config;
  const kind = JSON.stringify([codec, codedWidth, codedHeight, description && Buffer.from(description).toString('hex')]);
  const make: MakeDecoder<VideoDecoder, VideoFrame> = (callbacks) => {
    const made = new Decoder(callbacks);
    made.configure({
      codec,
      ...(codedWidth !== undefined && { codedWidth }),
      ...(codedHeight !== undefined && { codedHeight }),
      ...(description && { description }),
      hardwareAcceleration: 'prefer-software',
    });
    return made;
  };
  const open = decoders ? decoders.take(kind, make) : openDecoder(make);
  const { decoder, out: frames } = open;
  try {
    const take = async function* (): AsyncGenerator<DecodedPicture> {
      for (let frame = frames.shift(); frame; frame = frames.shift()) {
        const timeS = exactTimes.get(frame.timestamp) ?? frame.timestamp / 1e6;
        exactTimes.delete(frame.timestamp);
        try {
          yield { ...(await copyFrame(frame)), timeS };
        } finally {
          frame.close();
        }
      }
      // Only now: what was decoded before it failed is good.
      if (open.failure !== undefined) throw undecodable(path, 'picture', open.failure);
    };
    for await (const packet of packets) {
      exactTimes.set(packet.microsecondTimestamp, packet.timestamp);
      try {
        decoder.decode(new EncodedVideoChunk({ type: packet.type, timestamp: packet.microsecondTimestamp, data: packet.data }));
      } catch (error) {
        // A decoder that failed is closed at once, and says why some turns later.
        for (let turn = 0; turn < 100 && open.failure === undefined; turn += 1) await sleep(1);
        open.failure ??= error;
        yield* take();
      }
      while ((decoder.decodeQueueSize > QUEUE_LIMIT || frames.length > QUEUE_LIMIT) && open.failure === undefined) {
        yield* take();
        if (decoder.decodeQueueSize > QUEUE_LIMIT) await sleep(1);
      }
    }
    if (open.failure === undefined) await decoder.flush().catch((error: unknown) => (open.failure ??= error));
    yield* take();
  } finally {
    if (decoders) await decoders.giveBack(kind, open);
    else {
      for (const frame of frames) frame.close();
      closeDecoder(decoder);
    }
  }
}

async function copyFrame(frame: VideoFrame): Promise<I420Picture> {
  const visible = frame.visibleRect;
  // H.264 out of here wants even sizes: an odd one loses its last column or row.
  const [width, height] = [visible.width - (visible.width % 2), visible.height - (visible.height % 2)];
  const options = frame.format === 'I420' ? undefined : { format: 'I420' as const };
  const data = new Uint8Array(frame.allocationSize(options));
  const layout = await frame.copyTo(data, options);
  return { width, height, data: tighten(data, layout, width, height) };
}

/** Planes as they come may have padded rows. */
function tighten(data: Uint8Array, layout: readonly { offset: number; stride: number }[], width: number, height: number): Uint8Array {
  const widths = [width, width / 2, width / 2];
  const offsets = [0, width * height, (width * height * 5) / 4];
  if (layout.every((plane, index) => plane.stride === widths[index] && plane.offset === offsets[index])) return data.subarray(0, i420Size(width, height));
  const tight = new Uint8Array(i420Size(width, height));
  let at = 0;
  for (const [index, plane] of layout.entries()) {
    const planeWidth = widths[index] ?? 0;
    for (let row = 0; row < (index === 0 ? height : height / 2); row += 1, at += planeWidth) {
      tight.set(data.subarray(plane.offset + row * plane.stride, plane.offset + row * plane.stride + planeWidth), at);
    }
  }
  return tight;
}
