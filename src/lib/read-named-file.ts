import { close, constants, createReadStream, fstat, open, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { promisify } from 'node:util';

const opened = promisify(open);
const statsOf = promisify(fstat) as (descriptor: number) => Promise<Stats>;
const closed = promisify(close);

/** What a person named and cannot be read as a file. */
export type NoFile = 'folder' | 'device' | 'pipe';

/** For a message, behind a colon. */
export const NO_FILE_WORDS: Readonly<Record<NoFile, string>> = {
  folder: 'it is a folder',
  device: 'it is a device, not a file',
  pipe: 'it is a pipe, not a file',
};

/** What was read: all of it, unless it is longer than was asked for. `sizeBytes` of a longer file is its own, of a longer pipe what was read. */
export type NamedFile = { bytes: Buffer; sizeBytes: number } | { no: NoFile };

/**
 * Reads a file that a person named. Devices may have no end and are not read.
 * @param mostBytes a file that is longer is not read at all, a pipe no further.
 * @param pipes read a pipe too (a shell's `<(program)`), for which may be waited: until the signal. It is opened without
 *   waiting for its writer, because that is a wait that not even Ctrl-C ends.
 * @throws the system's error when it cannot be opened or read; an AbortError once the signal is aborted.
 */
export async function readNamedFile(path: string, mostBytes: number, { pipes }: { pipes?: AbortSignal } = {}): Promise<NamedFile> {
  // Windows has no such flag, and no such pipes.
  const descriptor = await opened(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  let stream: Readable | undefined;
  try {
    const stats = await statsOf(descriptor);
    if (stats.isDirectory()) return { no: 'folder' };
    if (stats.isFile()) {
      if (stats.size > mostBytes) return { bytes: Buffer.alloc(0), sizeBytes: stats.size };
      stream = createReadStream('', { fd: descriptor });
    } else if (!stats.isFIFO()) return { no: 'device' };
    else if (pipes) stream = new Socket({ fd: descriptor, readable: true, writable: false });
    else return { no: 'pipe' };
    const bytes = await readAll(stream, mostBytes, pipes);
    return { bytes, sizeBytes: bytes.length };
  } finally {
    if (stream) stream.destroy();
    else await closed(descriptor);
  }
}

/** A stream to its end, or to a little more than `mostBytes`. @throws an AbortError once the signal is aborted. */
export async function readAll(stream: Readable, mostBytes: number, signal?: AbortSignal): Promise<Buffer> {
  if (signal) addAbortSignal(signal, stream);
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of stream) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : (piece as Buffer);
    pieces.push(bytes);
    sizeBytes += bytes.length;
    if (sizeBytes > mostBytes) break;
  }
  return Buffer.concat(pieces);
}
