import { EncodedPacketSink, type InputAudioTrack } from 'mediabunny';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AudioData, AudioDecoder } from '@napi-rs/webcodecs';
import { closeDecoder, DecoderKeeper, openDecoder, type MakeDecoder } from './decoder-keeper.ts';
import { descriptionBytes, namingClip, undecodable } from './decoder-support.ts';
import { loadCodecs } from './codecs.ts';
import { isPcm, readPcm } from './pcm-reader.ts';
import type { SoundBlock } from './sound-block.ts';

const QUEUE_LIMIT = 24;
/** Decoding starts this much before the place asked for: a packet of AAC builds on the one before it. */
const RUN_UP_S = 0.1;

/** Keeps decoders from clip to clip. */
export type SoundDecoders = DecoderKeeper<AudioDecoder, AudioData>;

export function createSoundDecoders(): SoundDecoders {
  return new DecoderKeeper((data) => data.close());
}

/**
 * Decodes a track from `fromS` on, in blocks that follow each other without gaps.
 * @throws StudioError `MEDIA_UNREADABLE` naming `path` when the decoder gives up.
 */
export function decodeSound(track: InputAudioTrack, fromS: number, path: string, decoders?: SoundDecoders): AsyncGenerator<SoundBlock> {
  return namingClip(decode(track, fromS, path, decoders), path, 'sound');
}

async function* decode(track: InputAudioTrack, fromS: number, path: string, kept: SoundDecoders | undefined): AsyncGenerator<SoundBlock> {
  const { AudioDecoder: Decoder, EncodedAudioChunk } = loadCodecs();
  const config = await track.getDecoderConfig();
  if (!config) return;
  const sink = new EncodedPacketSink(track);
  const start = (await sink.getPacket(fromS - RUN_UP_S)) ?? (await sink.getFirstPacket());
  if (!start) return;
  if (isPcm(config.codec)) {
    yield* readPcm(sink.packets(start), config);
    return;
  }
  const description = descriptionBytes(config);
  const { codec, sampleRate, numberOfChannels } = config;
  const kind = JSON.stringify([codec, sampleRate, numberOfChannels, description && Buffer.from(description).toString('hex')]);
  const make: MakeDecoder<AudioDecoder, AudioData> = (callbacks) => {
    const made = new Decoder(callbacks);
    made.configure({ codec, sampleRate, numberOfChannels, ...(description && { description }) });
    return made;
  };
  // Others than AAC leave out samples at their start, and only once.
  const decoders = codec.startsWith('mp4a') ? kept : undefined;
  const open = decoders ? decoders.take(kind, make) : openDecoder(make);
  const { decoder, out } = open;
  // Samples are counted: the codec's microseconds would leave gaps of a sample here and there.
  let samplesOut = 0;
  const take = function* (): Generator<SoundBlock> {
    if (open.failure !== undefined) throw undecodable(path, 'sound', open.failure);
    for (let data = out.shift(); data; data = out.shift()) {
      const block = { sampleRate: data.sampleRate, channels: copyChannels(data) };
      yield { ...block, startS: start.timestamp + samplesOut / block.sampleRate };
      samplesOut += block.channels[0]?.length ?? 0;
    }
  };
  try {
    for await (const packet of sink.packets(start)) {
      try {
        decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: packet.microsecondTimestamp, data: packet.data }));
      } catch (error) {
        // A decoder that failed is closed at once, and says why some turns later.
        for (let turn = 0; turn < 100 && open.failure === undefined; turn += 1) await sleep(1);
        open.failure ??= error;
      }
      while (decoder.decodeQueueSize > QUEUE_LIMIT && open.failure === undefined) await sleep(1);
      yield* take();
    }
    if (open.failure === undefined) await decoder.flush().catch((error: unknown) => (open.failure ??= error));
    yield* take();
  } finally {
    if (decoders) await decoders.giveBack(kind, open);
    else {
      for (const data of out) data.close();
      closeDecoder(decoder);
    }
  }
}

function copyChannels(data: AudioData): Float32Array[] {
  const channels = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(data.numberOfFrames);
    data.copyTo(plane, { planeIndex, format: 'f32-planar' });
    return plane;
  });
  data.close();
  return channels;
}
