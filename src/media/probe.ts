import { open, type FileHandle } from 'node:fs/promises';
import { BufferSource, EncodedPacketSink, type EncodedPacket, FilePathSource, Input, MP4, QTFF, type InputAudioTrack, type InputVideoTrack } from 'mediabunny';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { findIndexFault } from './check-index.ts';
import { snapFrameRate } from './frame-rate.ts';
import { readTopLevelBoxes, type TopLevel } from './mp4-boxes.ts';
import { readClipSamples } from './sample-table.ts';

/** Pixels: what 8K needs, upright too. */
const LARGEST_SIDE = 8192;
/** A file up to this size is read at once: hundreds of small reads, each waited for, take longer than all the rest. */
const READ_AT_ONCE_BYTES = 32 * 2 ** 20;
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
export type OnVideoPacket = (packet: Pick<EncodedPacket, 'data' | 'timestamp'>) => void;

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
  const bytes = sizeBytes <= READ_AT_ONCE_BYTES ? await readAtOnce(path, sizeBytes) : undefined;
  const source = bytes ? new BufferSource(bytes) : new FilePathSource(path, { handleUnhandledError: () => undefined });
  const input = new Input({ source, formats: [MP4, QTFF] });
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video) throw unreadable(path, 'it has no video track');
    const onPacket = await look(video);
    const picture = (bytes && (await readByTable(bytes, video, onPacket))) ?? (await readThrough(path, video, onPacket));
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

/** @throws StudioError `MEDIA_UNREADABLE` for a file that is shorter than it was. */
async function readAtOnce(path: string, sizeBytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(sizeBytes);
    for (let done = 0; done < sizeBytes; ) {
      const { bytesRead } = await file.read(bytes, done, sizeBytes - done, done);
      if (bytesRead === 0) throw unreadable(path, 'it changed while it was read');
      done += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
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

/**
 * The same as {@link readThrough} for the usual clip, without waiting for each packet.
 * @returns nothing, before any packet was told, where the two could differ.
 */
async function readByTable(bytes: Buffer, video: InputVideoTrack, onPacket: OnVideoPacket): Promise<{ packetCount: number; startS: number; endS: number } | undefined> {
  const samples = readClipSamples(bytes);
  const first = await new EncodedPacketSink(video).getFirstPacket({ metadataOnly: true });
  if (!samples || !first) return undefined;
  const { offsets, sizes, shownTicks, endTicks } = samples;
  const ticksPerSecond = await video.getTimeResolution();
  // Edits move all pictures alike; how far, the general reader knows.
  const editTicks = Math.round((shownTicks[0] ?? 0) - first.timestamp * ticksPerSecond);
  const secondsAt = (ticks: number): number => (ticks - editTicks) / ticksPerSecond;
  const startS = secondsAt(shownTicks.reduce((one, other) => Math.min(one, other)));
  const endS = secondsAt(endTicks);
  if (first.byteLength !== sizes[0] || !(endS > startS)) return undefined;
  for (const [index, offset] of offsets.entries()) onPacket({ data: bytes.subarray(offset, offset + (sizes[index] ?? 0)), timestamp: secondsAt(shownTicks[index] ?? 0) });
  return { packetCount: offsets.length, startS, endS };
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
