import type { FileHandle } from 'node:fs/promises';
import { EncodedPacketSink, type EncodedPacket, FilePathSource, Input, MP4, QTFF, type InputAudioTrack, type InputVideoTrack } from 'mediabunny';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { findIndexFault } from './check-index.ts';
import { snapFrameRate } from './frame-rate.ts';
import { readTopLevelBoxes, type TopLevel } from './mp4-boxes.ts';

/** Pixels: what 8K needs, upright too. */
const LARGEST_SIDE = 8192;
/** Frames a second. */
const SLOWEST_RATE = 0.1;
const FASTEST_RATE = 1000;

export interface AudioProbe {
  /** Short name: `aac`, `mp3`, `opus`, ... */
  codec: string;
  /** In hertz. */
  sampleRate: number;
  channels: number;
  /** In seconds, from 0 to the end of the track's last sample. */
  durationS: number;
}

/** What an MP4 really holds. Every packet was read, so a number here is a fact and not what the header claims. */
export interface VideoProbe {
  /** Length of the picture in seconds: from the first frame to the end of the last. */
  durationS: number;
  /** Video packets in the file; one packet is one frame. */
  frameCount: number;
  /** In pixels as shown, rotation and pixel aspect ratio applied. */
  width: number;
  height: number;
  /** Frames per second: frames / picture time, snapped to the usual rate next to it (24, 25, 29.97, 30, ...). */
  frameRate: number;
  /** Short name: `avc`, `hevc`, `vp9`, ... */
  videoCodec: string;
  /** Full codec string, e.g. `avc1.64001f`. */
  videoCodecString: string;
  /** Ticks per second that the video track counts in. */
  videoTimescale: number;
  /** Absent when the file is silent. */
  audio?: AudioProbe;
  sizeBytes: number;
}

/** Hears of each video packet, in the order they are decoded. */
export type OnVideoPacket = (packet: EncodedPacket) => void;

/**
 * Reads a clip through, every packet of it, in pure JavaScript and in pieces: memory stays flat.
 * @throws StudioError `MEDIA_UNREADABLE` when the file is missing, no MP4, cut short, or has no video frames.
 */
export async function probeVideo(path: string): Promise<VideoProbe> {
  return probeVideoWith(path, async () => () => undefined);
}

/** As {@link probeVideo}, for whoever needs to see the packets too: they are read once. */
export async function probeVideoWith(path: string, look: (video: InputVideoTrack) => Promise<OnVideoPacket>): Promise<VideoProbe> {
  const sizeBytes = await checkBoxes(path);
  const input = new Input({ source: new FilePathSource(path, { handleUnhandledError: () => undefined }), formats: [MP4, QTFF] });
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video) throw unreadable(path, 'it has no video track');
    const picture = await readThrough(path, video, await look(video));
    const audioTrack = await input.getPrimaryAudioTrack();
    const audio = audioTrack ? await probeAudio(path, audioTrack) : undefined;
    const [width, height] = [await video.getDisplayWidth(), await video.getDisplayHeight()];
    const frameRate = snapFrameRate(picture.packetCount / (picture.endS - picture.startS));
    // Claims that no clip makes, and that would have memory and time without end spent on them.
    if (!(width >= 2 && height >= 2 && width <= LARGEST_SIDE && height <= LARGEST_SIDE)) throw unreadable(path, `its picture is ${width} × ${height}`);
    if (!(frameRate >= SLOWEST_RATE && frameRate <= FASTEST_RATE)) throw unreadable(path, `it has ${frameRate.toPrecision(3)} frames a second`);
    return {
      durationS: picture.endS - picture.startS,
      frameCount: picture.packetCount,
      width,
      height,
      frameRate,
      videoCodec: (await video.getCodec()) ?? 'unknown',
      videoCodecString: (await video.getCodecParameterString()) ?? 'unknown',
      videoTimescale: await video.getTimeResolution(),
      ...(audio && { audio }),
      sizeBytes,
    };
  } catch (error) {
    throw StudioError.is(error) ? error : unreadable(path, messageOf(error), error);
  } finally {
    input.dispose();
  }
}

async function checkBoxes(path: string): Promise<number> {
  const look = async (file: FileHandle, found: TopLevel): Promise<string | undefined> => (found.endOffset > found.fileSizeBytes ? undefined : await findIndexFault(file, found.boxes, found.fileSizeBytes));
  const { boxes, endOffset, fileSizeBytes, looked } = await readTopLevelBoxes(path, look).catch((error: unknown) => {
    throw unreadable(path, systemErrorCode(error) === 'ENOENT' ? 'there is no such file' : messageOf(error), error);
  });
  if (fileSizeBytes === 0) throw unreadable(path, 'it is empty');
  if (boxes[0]?.type !== 'ftyp') throw unreadable(path, 'it is not an MP4 file');
  if (endOffset > fileSizeBytes) throw unreadable(path, `it is cut short: ${fileSizeBytes} bytes of at least ${endOffset}`);
  if (endOffset < fileSizeBytes) throw unreadable(path, `it is damaged at byte ${endOffset}`);
  if (!boxes.some((box) => box.type === 'moov')) throw unreadable(path, 'it is cut short: its index (moov) is missing');
  if (looked !== undefined) throw unreadable(path, looked);
  return fileSizeBytes;
}

async function probeAudio(path: string, track: InputAudioTrack): Promise<AudioProbe> {
  const { endS } = await readThrough(path, track);
  return {
    codec: (await track.getCodec()) ?? 'unknown',
    sampleRate: await track.getSampleRate(),
    channels: await track.getNumberOfChannels(),
    durationS: endS,
  };
}

async function readThrough(path: string, track: InputVideoTrack | InputAudioTrack, onPacket?: OnVideoPacket): Promise<{ packetCount: number; startS: number; endS: number }> {
  let packetCount = 0;
  let startS = Infinity;
  let endS = -Infinity;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (packet.data.byteLength === 0 || packet.data.byteLength !== packet.byteLength) {
      throw unreadable(path, `its ${track.type} packet ${packetCount} is missing or cut short`);
    }
    onPacket?.(packet);
    packetCount += 1;
    startS = Math.min(startS, packet.timestamp);
    endS = Math.max(endS, packet.timestamp + packet.duration);
  }
  if (packetCount === 0 || endS <= startS) throw unreadable(path, `its ${track.type} track has no ${track.type === 'video' ? 'frames' : 'sound'}`);
  return { packetCount, startS, endS };
}

function unreadable(path: string, because: string, cause?: unknown): StudioError {
  return new StudioError('MEDIA_UNREADABLE', `Cannot use ${path} as a clip: ${because}.`, { cause, detail: { path } });
}
