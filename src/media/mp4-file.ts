import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BufferTarget, EncodedAudioPacketSource, EncodedVideoPacketSource, Mp4OutputFormat, Output, StreamTarget, type EncodedPacket, type StreamTargetChunk, type Target, type VideoCodec } from 'mediabunny';
import { syncFolder } from '../lib/atomic-file.ts';
import { StudioError, systemErrorCode } from '../lib/errors.ts';
import { writeAll } from '../lib/write-all.ts';
import { frameRateMetadata } from './frame-rate.ts';
import { holdProcessOpen } from './hold-process-open.ts';
import type { VideoMetadata } from './picture-encoder.ts';
import type { AudioMetadata } from './sound-encoder.ts';

export interface Mp4Shape {
  videoCodec: VideoCodec;
  /** Frames per second. */
  frameRate: number;
  /** Video packets at most: room for the index is reserved at the start of the file. */
  frameCount: number;
  /** Adds an AAC track of at most this many packets. */
  audioPacketCount?: number;
}

/** The tracks of a file being written. Memory stays flat when both grow side by side. */
export interface Mp4Tracks {
  addVideo: (packet: EncodedPacket, metadata: VideoMetadata) => Promise<void>;
  addAudio: (packet: EncodedPacket, metadata: AudioMetadata) => Promise<void>;
}

/**
 * Writes an MP4 whole or not at all: into a temporary file beside it, synced, renamed. The index stands before the media
 * (players and browsers can start at once), in space reserved for it, so the media is never held in memory.
 * @throws StudioError `MEDIA_WRITE_FAILED` when the folder can't be written or the disk is full; else whatever `fill` throws,
 * unchanged. Nothing is left behind then.
 */
export async function writeMp4File<Result>(path: string, shape: Mp4Shape, fill: (tracks: Mp4Tracks) => Promise<Result>): Promise<Result> {
  return await writeWholeFile(path, async (file) => await fillOutput(fileTarget(file), shape, fill));
}

/** The same for whoever has the file's bytes: `write` gets it empty. */
export async function writeWholeFile<Result>(path: string, write: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const folder = dirname(path);
  // Hidden, and with the ending last: some players and indexers go by it even while it is being written.
  const temporary = join(folder, `${partialPrefix(path)}${randomUUID()}${PARTIAL_SUFFIX}`);
  const release = holdProcessOpen();
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx');
    let result: Result;
    try {
      result = await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(folder);
    return result;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw explainWriteError(path, error);
  } finally {
    release();
  }
}

/** The same in memory, for clips of a few kilobytes. */
export async function makeMp4Bytes(shape: Mp4Shape, fill: (tracks: Mp4Tracks) => Promise<void>): Promise<Uint8Array> {
  const target = new BufferTarget();
  const release = holdProcessOpen();
  try {
    await fillOutput(target, shape, fill);
  } finally {
    release();
  }
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

const WRITE_FAILURES: Record<string, string> = {
  EACCES: 'this folder may not be written',
  EPERM: 'this folder may not be written',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'a file of this size may not be written there',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
};

function explainWriteError(path: string, error: unknown): unknown {
  const reason = StudioError.is(error) && error.code.startsWith('MEDIA_') ? undefined : WRITE_FAILURES[systemErrorCode(error) ?? ''];
  if (reason === undefined) return error;
  return new StudioError('MEDIA_WRITE_FAILED', `Cannot write ${path}: ${reason}.`, { next: 'Choose another place, or make room.', cause: error, detail: { path } });
}

const PARTIAL_SUFFIX = '.part.mp4';

function partialPrefix(path: string): string {
  return `.${basename(path, '.mp4')}.`;
}

/** Removes what a process that was killed while writing this file left beside it. */
export async function removePartialFiles(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => name.startsWith(partialPrefix(path)) && name.endsWith(PARTIAL_SUFFIX));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

async function fillOutput<Result>(target: Target, shape: Mp4Shape, fill: (tracks: Mp4Tracks) => Promise<Result>): Promise<Result> {
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'reserve' }), target });
  const video = new EncodedVideoPacketSource(shape.videoCodec);
  output.addVideoTrack(video, { ...frameRateMetadata(shape.frameRate), maximumPacketCount: shape.frameCount });
  const audio = shape.audioPacketCount === undefined ? undefined : new EncodedAudioPacketSource('aac');
  if (audio) output.addAudioTrack(audio, { maximumPacketCount: shape.audioPacketCount });
  try {
    await output.start();
    const result = await fill({
      addVideo: (packet, metadata) => video.add(packet, metadata),
      addAudio: async (packet, metadata) => audio?.add(packet, metadata),
    });
    await output.finalize();
    return result;
  } catch (error) {
    await output.cancel().catch(() => undefined); // closes the file; the first error is the one that counts
    throw error;
  }
}

/** The muxer's own file target takes a short write for a whole one: on a disk that runs full, a film would be cut off in silence. */
function fileTarget(file: FileHandle): Target {
  const writable = new WritableStream<StreamTargetChunk>({ write: async ({ data, position }) => await writeAll(file, data, position) });
  return new StreamTarget(writable, { chunked: true, chunkSize: 1 << 20 });
}
