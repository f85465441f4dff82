import { setTimeout as sleep } from 'node:timers/promises';
import { EncodedPacket } from 'mediabunny';
import { loadCodecs } from './codecs.ts';

/** What mediabunny wants to hear with the first packet. */
export type AudioMetadata = EncodedAudioChunkMetadata;

export interface SoundFormat {
  /** In hertz. */
  sampleRate: number;
  channels: number;
}

/** AAC out of samples, one continuous track. */
export interface SoundEncoder {
  /** Takes the next samples, one array a channel, all of one length. */
  add(channels: readonly Float32Array[]): Promise<void>;
  /** Writes what is still inside; the track then ends with the last sample given. */
  finish(): Promise<void>;
  /** Frees native memory; safe at any time, also after {@link finish}. */
  close(): void;
}

/** Samples in one AAC packet. */
export const AAC_PACKET_SAMPLES = 1024;
// The encoder puts this much silence before the first sample (measured: a click comes out 1,024 samples late).
// The packets are stamped that much earlier, so that the file's edit list hides it.
const PRIMING_SAMPLES = 1024;
const QUEUE_LIMIT = 24;

/** Most packets that a track of this many samples can have. */
export function aacPacketCount(sampleCount: number): number {
  return Math.ceil((sampleCount + PRIMING_SAMPLES) / AAC_PACKET_SAMPLES) + 1;
}

export function createSoundEncoder(format: SoundFormat, write: (packet: EncodedPacket, metadata: AudioMetadata) => Promise<void>): SoundEncoder {
  const { AudioEncoder, AudioData } = loadCodecs();
  const { sampleRate, channels: channelCount } = format;
  const ready: { packet: EncodedPacket; metadata: AudioMetadata }[] = [];
  let description: Uint8Array | undefined;
  let failure: Error | undefined;
  let packetIndex = 0;
  let samplesIn = 0;
  let finished = false;

  const encoder = new AudioEncoder({
    error: (error) => (failure ??= error),
    output: (chunk, metadata) => {
      description ??= metadata?.decoderConfig?.description;
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      // Counted, not taken from the chunk: its microseconds drift.
      const start = packetIndex * AAC_PACKET_SAMPLES - PRIMING_SAMPLES;
      packetIndex += 1;
      const packet = new EncodedPacket(data, 'key', start / sampleRate, AAC_PACKET_SAMPLES / sampleRate, packetIndex);
      ready.push({ packet, metadata: { decoderConfig: { codec: 'mp4a.40.2', sampleRate, numberOfChannels: channelCount, ...(description && { description }) } } });
    },
  });
  encoder.configure({ codec: 'mp4a.40.2', sampleRate, numberOfChannels: channelCount, bitrate: 64_000 * channelCount });

  async function drain(keep: number): Promise<void> {
    if (failure) throw failure;
    while (ready.length > keep) {
      const next = ready.shift();
      if (!next) return;
      const start = Math.round(next.packet.timestamp * sampleRate);
      const length = finished ? Math.min(AAC_PACKET_SAMPLES, samplesIn - start) : AAC_PACKET_SAMPLES;
      // The encoder's padding after the last sample is not part of the track.
      if (length > 0) await write(next.packet.clone({ duration: length / sampleRate }), next.metadata);
    }
  }

  return {
    async add(channels) {
      const frames = channels[0]?.length ?? 0;
      for (let from = 0; from < frames; from += AAC_PACKET_SAMPLES) {
        const count = Math.min(AAC_PACKET_SAMPLES, frames - from);
        const planes = new Float32Array(count * channelCount);
        for (let channel = 0; channel < channelCount; channel += 1) {
          const source = channels[channel] ?? channels[0];
          if (source) planes.set(source.subarray(from, from + count), channel * count);
        }
        const timestamp = Math.round((samplesIn * 1e6) / sampleRate);
        const data = new AudioData({ format: 'f32-planar', sampleRate, numberOfFrames: count, numberOfChannels: channelCount, timestamp, data: planes });
        encoder.encode(data);
        data.close();
        samplesIn += count;
        while (encoder.encodeQueueSize > QUEUE_LIMIT && !failure) await sleep(1);
        // The packets within reach of the end wait for finish(), which alone knows how long the last one is.
        await drain(4);
      }
    },
    async finish() {
      await encoder.flush();
      finished = true;
      await drain(0);
    },
    close() {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}
