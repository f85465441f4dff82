import { EncodedPacketSink, FilePathSource, Input, MP4, QTFF, type EncodedPacket, type InputAudioTrack, type InputVideoTrack, type VideoCodec } from 'mediabunny';
import { StudioError } from '../lib/errors.ts';
import { probeVideo, type VideoProbe } from './probe.ts';

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
}

export interface ClipTracks {
  video: InputVideoTrack;
  audio: InputAudioTrack | undefined;
}

/**
 * Reads a clip through for what a cut needs to know.
 * @throws StudioError `MEDIA_UNREADABLE` as {@link probeVideo}; `MEDIA_UNSUPPORTED` for a codec that is not known or a
 * picture that is to be shown turned or mirrored.
 */
export async function readClipFacts(path: string): Promise<ClipFacts> {
  const probe = await probeVideo(path);
  return withClipTracks(path, async ({ video }) => {
    const videoConfig = await video.getDecoderConfig();
    const videoCodec = await video.getCodec();
    if (!videoConfig || !videoCodec) throw unsupported(path, `its video codec is not known (${probe.videoCodecString})`);
    if ((await video.getRotation()) !== 0 || (await video.getFlip())) throw unsupported(path, 'its picture is stored turned or mirrored');
    const times = await frameTimes(video);
    const startS = times[0] ?? 0;
    const evenlyTimed = times.every((time, index) => Math.abs((time - startS) * probe.frameRate - index) < 0.3);
    return { path, probe, videoCodec, videoConfig, startS, evenlyTimed };
  });
}

/** Opens a clip for as long as `use` runs. Only one is open at a time in a cut: a film of 500 clips needs no more memory than one of 5. */
export async function withClipTracks<Result>(path: string, use: (tracks: ClipTracks) => Promise<Result>): Promise<Result> {
  const input = new Input({ source: new FilePathSource(path, { handleUnhandledError: () => undefined }), formats: [MP4, QTFF] });
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video) throw unsupported(path, 'it has no video track');
    return await use({ video, audio: (await input.getPrimaryAudioTrack()) ?? undefined });
  } finally {
    input.dispose();
  }
}

/** The packets of a track in decode order, from the keyframe at or before `fromS` (seconds in the track's own time). */
export async function* packetsFrom(track: InputVideoTrack, fromS: number): AsyncGenerator<EncodedPacket> {
  const sink = new EncodedPacketSink(track);
  const start = (await sink.getKeyPacket(fromS, { verifyKeyPackets: true })) ?? (await sink.getFirstPacket());
  if (start) yield* sink.packets(start);
}

async function frameTimes(video: InputVideoTrack): Promise<number[]> {
  const times: number[] = [];
  for await (const packet of new EncodedPacketSink(video).packets(undefined, undefined, { metadataOnly: true })) times.push(packet.timestamp);
  return times.sort((one, other) => one - other);
}

function unsupported(path: string, because: string): StudioError {
  return new StudioError('MEDIA_UNSUPPORTED', `Cannot cut ${path}: ${because}.`, { next: 'Convert it to H.264 in MP4 first.', detail: { path } });
}
