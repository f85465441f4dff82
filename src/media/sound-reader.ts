import { EncodedPacketSink, type InputAudioTrack } from 'mediabunny';
import { setTimeout as sleep } from 'node:timers/promises';
import { descriptionBytes, namingClip, undecodable } from './decoder-support.ts';
import { loadCodecs } from './codecs.ts';
import { isPcm, readPcm } from './pcm-reader.ts';
import type { SoundBlock } from './sound-block.ts';

const QUEUE_LIMIT = 24;
/** Decoding starts this much before the place asked for: a packet of AAC builds on the one before it. */
const RUN_UP_S = 0.1;

/**
 * Decodes a track from `fromS` on, in blocks that follow each other without gaps.
 * @throws StudioError `MEDIA_UNREADABLE` naming `path` when the decoder gives up.
 */
export function decodeSound(track: InputAudioTrack, fromS: number, path: string): AsyncGenerator<SoundBlock> {
  return namingClip(decode(track, fromS, path), path, 'sound');
}

async function* decode(track: InputAudioTrack, fromS: number, path: string): AsyncGenerator<SoundBlock> {
  const { AudioDecoder, EncodedAudioChunk } = loadCodecs();
  const config = await track.getDecoderConfig();
  if (!config) return;
  const sink = new EncodedPacketSink(track);
  const start = (await sink.getPacket(fromS - RUN_UP_S)) ?? (await sink.getFirstPacket());
  if (!start) return;
  if (isPcm(config.codec)) {
    yield* readPcm(sink.packets(start), config);
    return;
  }
  const blocks: { sampleRate: number; channels: Float32Array[] }[] = [];
  let failure: Error | undefined;
  const decoder = new AudioDecoder({
    error: (error) => (failure ??= undecodable(path, 'sound', error)),
    output: (data) => {
      const channels = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
        const plane = new Float32Array(data.numberOfFrames);
        data.copyTo(plane, { planeIndex, format: 'f32-planar' });
        return plane;
      });
      blocks.push({ sampleRate: data.sampleRate, channels });
      data.close();
    },
  });
  // Samples are counted: the codec's microseconds would leave gaps of a sample here and there.
  let samplesOut = 0;
  const take = function* (): Generator<SoundBlock> {
    if (failure) throw failure;
    for (let block = blocks.shift(); block; block = blocks.shift()) {
      yield { ...block, startS: start.timestamp + samplesOut / block.sampleRate };
      samplesOut += block.channels[0]?.length ?? 0;
    }
  };
  try {
    const description = descriptionBytes(config);
    decoder.configure({ codec: config.codec, sampleRate: config.sampleRate, numberOfChannels: config.numberOfChannels, ...(description && { description }) });
    for await (const packet of sink.packets(start)) {
      try {
        decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: packet.microsecondTimestamp, data: packet.data }));
      } catch (error) {
        // A decoder that failed is closed at once, and says why some turns later.
        for (let turn = 0; turn < 100 && !failure; turn += 1) await sleep(1);
        throw failure ?? undecodable(path, 'sound', error);
      }
      while (decoder.decodeQueueSize > QUEUE_LIMIT && !failure) await sleep(1);
      yield* take();
    }
    if (failure) throw failure;
    await decoder.flush().catch((error: unknown) => {
      throw failure ?? undecodable(path, 'sound', error);
    });
    yield* take();
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
}
