import { EncodedPacketSink, FilePathSource, Input, MP4, QTFF, type EncodedPacket, type InputAudioTrack, type InputVideoTrack, type VideoCodec } from 'mediabunny';
import { StudioError } from '../lib/errors.ts';
import { descriptionBytes } from './decoder-support.ts';
import { createStreamReader, findGroups, type PictureGroup, type StreamFacts, type StreamReader } from './h264/groups.ts';
import { readClip, type ReadingMemory, type VideoProbe } from './probe.ts';
import type { SampleRange } from './sample-table.ts';
import type { Turn } from './turn-picture.ts';

/** A clip read through and checked; the file is closed again. */
export interface ClipFacts {
  path: string;
  /** Tells the file that was read from another under the same name. */
  version: string;
  probe: VideoProbe;
  videoCodec: VideoCodec;
  videoConfig: VideoDecoderConfig;
  /** Timestamp of the first frame shown, in seconds. */
  startS: number;
  /** Every frame stands on the grid of the frame rate, none is missing: copying keeps its time exactly. */
  evenlyTimed: boolean;
  turn: Turn;
  /** Of each packet, in the order they are decoded, the frame it is, counted in the order they are shown. */
  shownAt: ArrayLike<number>;
  /** Of each packet, in the order they are decoded, its bytes. */
  packetBytes: ArrayLike<number>;
  /** Where they lie in the file, in the same order; absent for a file that only the general reader may take apart. */
  ranges: readonly SampleRange[] | undefined;
  /** What of an H.264 clip can be copied apart from the rest; for others, why nothing can. */
  stream: (StreamFacts & { groups: PictureGroup[] }) | string;
}

export interface ClipTracks {
  video: InputVideoTrack;
  audio: InputAudioTrack | undefined;
}

/**
 * Reads a clip through for what a cut needs to know.
 * @param memory what goes from one clip to the next with whoever reads many.
 * @throws StudioError `MEDIA_UNREADABLE` as {@link probeVideo}; `MEDIA_UNSUPPORTED` for a codec that is not known.
 */
export async function readClipFacts(path: string, memory?: ReadingMemory): Promise<ClipFacts> {
  const times: number[] = [];
  const sizes: number[] = [];
  let reader: StreamReader | undefined;
  const { probe, header, ranges, version } = await readClip(
    path,
    ({ video: { codec, config, codecString } }) => {
      const description = config && descriptionBytes(config);
      if (!config || !codec) throw unsupported(path, `its video codec is not known (${codecString})`);
      reader = codec === 'avc' && description ? createStreamReader(description) : undefined;
      return ({ timestamp, data }) => {
        times.push(timestamp);
        sizes.push(data.byteLength);
        reader?.add(data);
      };
    },
    memory,
  );
  const { codec: videoCodec, config: videoConfig, turn } = header.video;
  if (!videoConfig || !videoCodec) throw unsupported(path, 'its video codec is not known');
  const startS = times.reduce((least, time) => Math.min(least, time), Infinity);
  const shownAt = Int32Array.from(times, (time) => Math.round((time - startS) * probe.frameRate));
  const taken = new Uint8Array(times.length);
  for (const place of shownAt) if (place < taken.length) taken[place] = 1;
  const evenlyTimed = !taken.includes(0) && times.every((time, index) => Math.abs((time - startS) * probe.frameRate - (shownAt[index] ?? 0)) < 0.3);
  const stream = reader?.finish() ?? 'it is not H.264';
  return { path, version, probe, videoConfig, videoCodec, turn, startS, evenlyTimed, shownAt, packetBytes: Uint32Array.from(sizes), ranges, stream: typeof stream === 'string' ? stream : { ...stream, groups: findGroups(shownAt, stream.idrPackets) } };
}

/** Opens a clip for as long as `use` runs. Few are open at a time in a cut: a film of 500 clips needs no more memory than one of 5. */
export async function withClipTracks<Result>(path: string, use: (tracks: ClipTracks) => Promise<Result>): Promise<Result> {
  const { tracks, close } = await openClip(path);
  try {
    return await use(tracks);
  } finally {
    close();
  }
}

/** Opens a clip; whoever does must close it. */
export async function openClip(path: string): Promise<{ tracks: ClipTracks; close: () => void }> {
  const input = new Input({ source: new FilePathSource(path, { handleUnhandledError: () => undefined }), formats: [MP4, QTFF] });
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video) throw unsupported(path, 'it has no video track');
    return { tracks: { video, audio: (await input.getPrimaryAudioTrack()) ?? undefined }, close: () => input.dispose() };
  } catch (error) {
    input.dispose();
    throw error;
  }
}

/** The packets of a track in decode order, from the keyframe at or before `fromS` (seconds in the track's own time). */
export async function* packetsFrom(track: InputVideoTrack, fromS: number): AsyncGenerator<EncodedPacket> {
  const sink = new EncodedPacketSink(track);
  const start = (await sink.getKeyPacket(fromS, { verifyKeyPackets: true })) ?? (await sink.getFirstPacket());
  if (start) yield* sink.packets(start);
}

function unsupported(path: string, because: string): StudioError {
  return new StudioError('MEDIA_UNSUPPORTED', `Cannot cut ${path}: ${because}.`, { next: 'Convert it to H.264 in MP4 first.', detail: { path } });
}
