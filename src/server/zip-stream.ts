import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { HttpError } from './errors.ts';

export interface ZipEntry {
  /** With `/` between folders. */
  name: string;
  path: string;
}

/** What the plain format can say; a film beyond it is taken from its folder. */
const MOST_BYTES = 0xffff_ffff - 1024 * 1024;
const MOST_ENTRIES = 65_000;
/** Names are UTF-8, and lengths and sum follow the bytes. */
const FLAGS = 0x0808;
/** 1980-01-01: when a file was put together says nothing about what is in it. */
const DATE = 0x21;

/**
 * A ZIP of files as they are (clips do not get smaller), while they are read: nothing is held in memory.
 * @throws HttpError ZIP_TOO_LARGE before the first byte.
 */
export async function zipOf(entries: readonly ZipEntry[]): Promise<AsyncIterable<Uint8Array>> {
  let totalBytes = 0;
  for (const { path } of entries) totalBytes += (await stat(path)).size + 512;
  if (totalBytes > MOST_BYTES || entries.length > MOST_ENTRIES) throw new HttpError(409, 'ZIP_TOO_LARGE', 'This is more than a ZIP of 4 GB holds.', { next: 'On the command line, directorstudio handoff writes the folder itself.' });
  return pieces(entries);
}

async function* pieces(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, path } of entries) {
    const title = Buffer.from(name, 'utf8');
    const head = numbers([4, 0x0403_4b50], [2, 20], [2, FLAGS], [2, 0], [2, 0], [2, DATE], [4, 0], [4, 0], [4, 0], [2, title.length], [2, 0]);
    yield Buffer.concat([head, title]);
    let sum = 0;
    let sizeBytes = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      sizeBytes += chunk.length;
      yield chunk;
    }
    yield numbers([4, 0x0807_4b50], [4, sum], [4, sizeBytes], [4, sizeBytes]);
    directory.push(numbers([4, 0x0201_4b50], [2, 20], [2, 20], [2, FLAGS], [2, 0], [2, 0], [2, DATE], [4, sum], [4, sizeBytes], [4, sizeBytes], [2, title.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), title);
    offset += head.length + title.length + sizeBytes + 16;
  }
  const index = Buffer.concat(directory);
  yield index;
  yield numbers([4, 0x0605_4b50], [2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, index.length], [4, offset], [2, 0]);
}

/** Numbers of so many bytes each, the lowest byte first. */
function numbers(...parts: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  const buffer = Buffer.alloc(parts.reduce((sum, [bytes]) => sum + bytes, 0));
  let place = 0;
  for (const [bytes, value] of parts) place = buffer.writeUIntLE(value, place, bytes);
  return buffer;
}
