import { BufferSource, EncodedPacketSink, type EncodedPacket, FilePathSource, Input, MP4, QTFF, type InputTrack } from 'mediabunny';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { findIndexFault } from './check-index.ts';
import { KnownHeaders, readClipHeader, type ClipHeader } from './clip-header.ts';
import { FileBytes, ReadingRoom } from './file-bytes.ts';
import { snapFrameRate } from './frame-rate.ts';
import { readTopLevelBoxes } from './mp4-boxes.ts';
import { boxesWithin, rangesOf, readSamples, type SampleRange, type TrackSamples } from './sample-table.ts';

/** Pixels: what 8K needs, upright too. */
const LARGEST_SIDE = 8192;
/** A file's type is some 20 bytes. */
const MOST_TYPE_BYTES = 1024;
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

/** Hears of each video packet, in the order they are decoded; the data is a view that holds until it returns. */
export type OnVideoPacket = (packet: Pick<EncodedPacket, 'data' | 'timestamp'>) => void;

/** What goes from one clip to the next with whoever reads many; one clip at a time. */
export interface ReadingMemory {
  room: ReadingRoom;
  headers: KnownHeaders;
}

export interface ReadClip {
  probe: VideoProbe;
  header: ClipHeader;
  /** Where the pictures lie, in the order they are decoded; absent for what only the general reader may take apart. */
  ranges: SampleRange[] | undefined;
  /** As {@link FileBytes.version}. */
  version: string;
}

export function createReadingMemory(): ReadingMemory {
  return { room: new ReadingRoom(), headers: new KnownHeaders() };
}

/**
 * Reads a clip through, every packet of it, in pure JavaScript and in pieces: memory stays flat.
 * @throws StudioError `MEDIA_UNREADABLE` when the file is missing, no MP4, cut short, or has no video frames.
 */
export async function probeVideo(path: string): Promise<VideoProbe> {
  return (await readClip(path, () => () => undefined)).probe;
}

/** As {@link probeVideo}, for whoever needs to see the packets too: they are read once. */
export async function readClip(path: string, onHeader: (header: ClipHeader) => OnVideoPacket, memory = createReadingMemory()): Promise<ReadClip> {
  try {
    return await FileBytes.with(path, async (bytes) => await readOpened(path, bytes, onHeader, memory), memory.room);
  } catch (error) {
    throw StudioError.is(error) ? error : unreadable(path, systemErrorCode(error) === 'ENOENT' ? 'there is no such file' : messageOf(error), error);
  }
}

async function readOpened(path: string, bytes: FileBytes, onHeader: (header: ClipHeader) => OnVideoPacket, { headers }: ReadingMemory): Promise<ReadClip> {
  const whole = await bytes.whole();
  const { fileType, movie } = await readIndex(path, bytes);
  const pictures = movie && believed(readSamples(movie, 'picture', bytes.sizeBytes), whole);
  const sounds = whole && movie && readSamples(movie, 'sound', bytes.sizeBytes);
  const source = whole ? new BufferSource(whole) : new FilePathSource(path, { handleUnhandledError: () => undefined });
  const input = new Input({ source, formats: [MP4, QTFF] }); // opens nothing before it is asked
  try {
    const known = pictures && movie && headers.find(fileType, movie);
    const header = known ?? (await readClipHeader(input, pictures, sounds));
    if (!header) throw unreadable(path, 'it has no video track');
    if (!known && pictures && movie) headers.add(fileType, movie, header);
    const { video, audio } = header;
    const onPacket = onHeader(header);
    const byTable = pictures && timesOf(pictures, video);
    const picture = byTable ?? (await readThrough(path, await input.getPrimaryVideoTrack(), onPacket));
    if (byTable) await readByTable(path, bytes, pictures, (index) => byTable.secondsAt(index), onPacket);
    const heard = audio && ((sounds && audio.codec === 'aac' && timesOf(sounds, audio)) || (await readThrough(path, await input.getPrimaryAudioTrack())));
    const { width, height } = video;
    const frameRate = snapFrameRate(picture.packetCount / (picture.endS - picture.startS));
    // Claims that no clip makes, and that would have memory and time without end spent on them.
    if (!(width >= 2 && height >= 2 && width <= LARGEST_SIDE && height <= LARGEST_SIDE)) throw unreadable(path, `its picture is ${width} × ${height}`);
    if (!(frameRate >= SLOWEST_RATE && frameRate <= FASTEST_RATE)) throw unreadable(path, `it has ${frameRate.toPrecision(3)} frames a second`);
    const probe: VideoProbe = {
      durationS: picture.endS - picture.startS,
      frameCount: picture.packetCount,
      width,
      height,
      frameRate,
      videoCodec: video.codec ?? 'unknown',
      videoCodecString: video.codecString,
      videoTimescale: video.ticksPerSecond,
      ...(audio && heard && { audio: { codec: audio.codec, sampleRate: audio.sampleRate, channels: audio.channels, durationS: heard.endS } }),
      sizeBytes: bytes.sizeBytes,
    };
    return { probe, header, ranges: byTable && rangesOf(pictures), version: bytes.version };
  } finally {
    input.dispose();
  }
}

/** The file's type and index, checked; no index for a file in fragments. */
async function readIndex(path: string, bytes: FileBytes): Promise<{ fileType: Buffer; movie: Buffer | undefined }> {
  const { boxes, endOffset, fileSizeBytes } = await readTopLevelBoxes(bytes);
  const [fileType] = boxes;
  if (fileSizeBytes === 0) throw unreadable(path, 'it is empty');
  if (fileType?.type !== 'ftyp') throw unreadable(path, 'it is not an MP4 file');
  if (endOffset > fileSizeBytes) throw unreadable(path, `it is cut short: ${fileSizeBytes} bytes of at least ${endOffset}`);
  if (endOffset < fileSizeBytes) throw unreadable(path, `it is damaged at byte ${endOffset}`);
  const index = boxes.find(({ type }) => type === 'moov');
  if (!index) throw unreadable(path, 'it is cut short: its index (moov) is missing');
  const fault = await findIndexFault(bytes, boxes);
  if (fault !== undefined) throw unreadable(path, fault);
  const fragments = boxes.some(({ type }) => type === 'moof');
  return { fileType: await bytes.at(0, Math.min(fileType.sizeBytes, MOST_TYPE_BYTES)), movie: fragments ? undefined : boxesWithin(await bytes.at(index.offset, index.sizeBytes)).get('moov')?.[0] };
}

/** A large file is gone through once: its pictures must lie in the order they are decoded. */
function believed(samples: TrackSamples | undefined, whole: Buffer | undefined): TrackSamples | undefined {
  return whole || samples?.offsets.every((offset, index) => index === 0 || offset >= (samples.offsets[index - 1] ?? 0)) ? samples : undefined;
}

interface ReadTrack {
  packetCount: number;
  startS: number;
  endS: number;
}

/** What the tables say of a track's time; nothing where the general reader could say something else. */
function timesOf({ shownTicks, endTicks }: TrackSamples, { editTicks, ticksPerSecond }: { editTicks?: number; ticksPerSecond: number }): (ReadTrack & { secondsAt: (index: number) => number }) | undefined {
  if (editTicks === undefined) return undefined;
  const startS = (shownTicks.reduce((one, other) => Math.min(one, other)) - editTicks) / ticksPerSecond;
  const endS = (endTicks - editTicks) / ticksPerSecond;
  if (!(endS > startS)) return undefined;
  return { packetCount: shownTicks.length, startS, endS, secondsAt: (index) => ((shownTicks[index] ?? 0) - editTicks) / ticksPerSecond };
}

/** The same as {@link readThrough} for the usual clip. */
async function readByTable(path: string, bytes: FileBytes, { offsets, sizes }: TrackSamples, secondsAt: (index: number) => number, onPacket: OnVideoPacket): Promise<void> {
  for (let index = 0; index < offsets.length; index += 1) {
    const [offset, sizeBytes] = [offsets[index] ?? 0, sizes[index] ?? 0];
    const data = bytes.held(offset, sizeBytes) ?? (await bytes.piece(offset, sizeBytes));
    if (data.length < sizeBytes) throw unreadable(path, 'it changed while it was read');
    onPacket({ data, timestamp: secondsAt(index) });
  }
}

async function readThrough(path: string, track: InputTrack | null, onPacket?: OnVideoPacket): Promise<ReadTrack> {
  let packetCount = 0;
  let startS = Infinity;
  let endS = -Infinity;
  for await (const packet of track ? new EncodedPacketSink(track).packets() : []) {
    if (packet.data.byteLength === 0 || packet.data.byteLength !== packet.byteLength) {
      throw unreadable(path, `its ${track?.type} packet ${packetCount} is missing or cut short`);
    }
    onPacket?.(packet);
    packetCount += 1;
    startS = Math.min(startS, packet.timestamp);
    endS = Math.max(endS, packet.timestamp + packet.duration);
  }
  if (packetCount === 0 || endS <= startS) throw unreadable(path, `its ${track?.type} track has no ${track?.type === 'video' ? 'frames' : 'sound'}`);
  return { packetCount, startS, endS };
}

function unreadable(path: string, because: string, cause?: unknown): StudioError {
  return new StudioError('MEDIA_UNREADABLE', `Cannot use ${path} as a clip: ${because}.`, { cause, detail: { path } });
}
