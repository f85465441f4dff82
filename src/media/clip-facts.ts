import { EncodedPacketSink, FilePathSource, Input, MP4, QTFF, type EncodedPacket, type InputAudioTrack, type InputVideoTrack, type VideoCodec } from 'mediabunny';
import { StudioError } from '../lib/errors.ts';
import { descriptionBytes } from './decoder-support.ts';
import { createStreamReader, findGroups, type PictureGroup, type StreamFacts, type StreamReader } from './h264/groups.ts';
import { probeVideoWith, type VideoProbe } from './probe.ts';
import type { Turn } from './turn-picture.ts';

/** A clip read through and checked; the file is closed again. */
export interface ClipFacts {
  path: string;
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
  /** What of an H.264 clip can be copied apart from the rest; for others, why nothing can. */
  stream: (StreamFacts & { groups: PictureGroup[] }) | string;
}

export interface ClipTracks {
  video: InputVideoTrack;
  audio: InputAudioTrack | undefined;
}

/**
 * Reads a clip through for what a cut needs to know.
 * @throws StudioError `MEDIA_UNREADABLE` as {@link probeVideo}; `MEDIA_UNSUPPORTED` for a codec that is not known.
 */
export async function readClipFacts(path: string): Promise<ClipFacts> {
  const times: number[] = [];
  const sizes: number[] = [];
  const seen: Partial<Pick<ClipFacts, 'videoConfig' | 'videoCodec' | 'turn'>> & { reader?: StreamReader } = {};
  const probe = await probeVideoWith(path, async (video) => {
    const config = await video.getDecoderConfig();
    const videoCodec = await video.getCodec();
    if (!config || !videoCodec) throw unsupported(path, `its video codec is not known (${(await video.getCodecParameterString()) ?? 'no name'})`);
    const description = descriptionBytes(config);
    // A copy: what the reader gives is a view that would keep the whole clip in memory.
    const videoConfig = { ...config, ...(description && { description: Uint8Array.from(description) }) };
    seen.videoConfig = videoConfig;
    seen.videoCodec = videoCodec;
    seen.turn = { rotationDegrees: await video.getRotation(), mirrored: await video.getFlip() };
    const reader = videoCodec === 'avc' && description ? createStreamReader(description) : undefined;
    if (reader) seen.reader = reader;
    return (packet) => {
      times.push(packet.timestamp);
      sizes.push(packet.data.byteLength);
      reader?.add(packet.data);
    };
  });
  const { videoConfig, videoCodec, turn, reader } = seen;
  if (!videoConfig || !videoCodec || !turn) throw unsupported(path, 'it has no video track');
  const startS = times.reduce((least, time) => Math.min(least, time), Infinity);
  const shownAt = Int32Array.from(times, (time) => Math.round((time - startS) * probe.frameRate));
  const taken = new Uint8Array(times.length);
  for (const place of shownAt) if (place < taken.length) taken[place] = 1;
  const evenlyTimed = !taken.includes(0) && times.every((time, index) => Math.abs((time - startS) * probe.frameRate - (shownAt[index] ?? 0)) < 0.3);
  const stream = reader?.finish() ?? 'it is not H.264';
  return { path, probe, videoConfig, videoCodec, turn, startS, evenlyTimed, shownAt, packetBytes: Uint32Array.from(sizes), stream: typeof stream === 'string' ? stream : { ...stream, groups: findGroups(shownAt, stream.idrPackets) } };
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
