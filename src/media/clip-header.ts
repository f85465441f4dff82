import { EncodedPacketSink, type Input, type InputTrack, type VideoCodec } from 'mediabunny';
import { descriptionBytes } from './decoder-support.ts';
import { boxesWithin, type TrackSamples } from './sample-table.ts';
import type { Turn } from './turn-picture.ts';

/** What a clip says once about all its pictures and its sound. */
export interface ClipHeader {
  video: TrackHeader & {
    /** In pixels as shown, rotation and pixel aspect ratio applied. */
    width: number;
    height: number;
    /** Absent when it is not known here. */
    codec: VideoCodec | undefined;
    /** Absent with the codec. */
    config: VideoDecoderConfig | undefined;
    turn: Turn;
  };
  audio?: TrackHeader & { codec: string; sampleRate: number; channels: number };
}

interface TrackHeader {
  codecString: string;
  ticksPerSecond: number;
  /** How far the track's edits move all its samples, in ticks; absent where its tables were not read. */
  editTicks?: number;
}

/** Has the general reader say what a clip's header means; nothing for a file without video. */
export async function readClipHeader(input: Input, pictures: TrackSamples | undefined, sounds: TrackSamples | undefined): Promise<ClipHeader | undefined> {
  const video = await input.getPrimaryVideoTrack();
  if (!video) return undefined;
  const audio = await input.getPrimaryAudioTrack();
  const config = (await video.getDecoderConfig()) ?? undefined;
  const description = config && descriptionBytes(config);
  return {
    video: {
      ...(await readTrackHeader(video, pictures)),
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      codec: (await video.getCodec()) ?? undefined,
      // A copy: what the reader gives is a view that would keep the whole clip in memory.
      config: config && { ...config, ...(description && { description: Uint8Array.from(description) }) },
      turn: { rotationDegrees: await video.getRotation(), mirrored: await video.getFlip() },
    },
    ...(audio && { audio: { ...(await readTrackHeader(audio, sounds)), codec: (await audio.getCodec()) ?? 'unknown', sampleRate: await audio.getSampleRate(), channels: await audio.getNumberOfChannels() } }),
  };
}

async function readTrackHeader(track: InputTrack, samples: TrackSamples | undefined): Promise<TrackHeader> {
  const ticksPerSecond = await track.getTimeResolution();
  const codecString = (await track.getCodecParameterString()) ?? 'unknown';
  const first = samples && (await new EncodedPacketSink(track).getFirstPacket({ metadataOnly: true }));
  // Where the two do not mean the same packet, the tables are not believed.
  if (!first || first.byteLength !== samples.sizes[0]) return { ticksPerSecond, codecString };
  return { ticksPerSecond, codecString, editTicks: Math.round((samples.shownTicks[0] ?? 0) - first.timestamp * ticksPerSecond) };
}

/** Headers of clips that were read before. Clips of one camera, or one model, have the same but for their tables. */
export class KnownHeaders {
  readonly #known = new Map<string, ClipHeader>();

  /** @param movie what is in the file's `moov`. */
  find(fileType: Buffer, movie: Buffer): ClipHeader | undefined {
    return this.#known.get(headerText(fileType, movie));
  }

  add(fileType: Buffer, movie: Buffer, header: ClipHeader): void {
    // Without a description the reader looks for it in the first picture, and so it is no matter of the header.
    if (header.video.codec !== 'avc' || !header.video.config?.description || header.video.editTicks === undefined) return;
    this.#known.set(headerText(fileType, movie), header);
  }
}

const HOLDERS = new Set(['trak', 'mdia', 'minf']);
/** Headers that begin with the moments when they were written and changed: four bytes each, eight in version 1. */
const DATED = new Set(['mvhd', 'tkhd', 'mdhd']);

/** All of an index but tables of samples, dates, and words for people. */
function headerText(fileType: Buffer, movie: Buffer): string {
  const parts: string[] = [fileType.toString('latin1')];
  const walk = (content: Buffer, within: string): void => {
    for (const [type, all] of boxesWithin(content)) {
      if (type === 'udta' || (within === 'stbl' && type !== 'stsd')) continue;
      for (const one of all) {
        parts.push(`${type} ${one.length}`);
        if (HOLDERS.has(type) || type === 'stbl') walk(one, type);
        else parts.push(one.toString('latin1', 0, 4), one.toString('latin1', DATED.has(type) ? (one[0] === 1 ? 20 : 12) : 4));
      }
    }
  };
  walk(movie, 'moov');
  return parts.join('\n');
}
