import { open, type FileHandle } from 'node:fs/promises';

/** A file up to this size is read at once: hundreds of small reads, each waited for, take longer than all the rest. */
const READ_AT_ONCE_BYTES = 32 * 2 ** 20;

/** Memory that one file after the other is read into: new memory for each costs more than the reading. */
export class ReadingRoom {
  #bytes: Buffer = Buffer.alloc(0);

  /** At least so many bytes, with whatever was in them. */
  take(sizeBytes: number): Buffer {
    if (this.#bytes.length < sizeBytes) this.#bytes = Buffer.allocUnsafeSlow(Math.ceil(sizeBytes / 2 ** 20) * 2 ** 20);
    return this.#bytes;
  }
}

/** A file that is read in few, large pieces. What it gives are views: they hold until the next piece is read. */
export class FileBytes {
  readonly sizeBytes: number;
  /** Tells this content from what another writer puts under the same name. */
  readonly version: string;
  readonly #file: FileHandle;
  readonly #room: ReadingRoom;
  #piece: Buffer = Buffer.alloc(0);
  #pieceOffset = 0;

  private constructor(file: FileHandle, room: ReadingRoom, found: { sizeBytes: number; version: string }) {
    this.#file = file;
    this.#room = room;
    this.sizeBytes = found.sizeBytes;
    this.version = found.version;
  }

  /**
   * Opens a file for as long as `use` runs.
   * @param room where its bytes go; nobody else may read into it meanwhile.
   * @throws the system's error.
   */
  static async with<Result>(path: string, use: (bytes: FileBytes) => Promise<Result>, room = new ReadingRoom()): Promise<Result> {
    const file = await open(path, 'r');
    try {
      return await use(new FileBytes(file, room, await fileVersion(file)));
    } finally {
      await file.close();
    }
  }

  /** The whole file, where it is small enough to be read at once. */
  async whole(): Promise<Buffer | undefined> {
    return this.sizeBytes <= READ_AT_ONCE_BYTES ? await this.piece(0, this.sizeBytes) : undefined;
  }

  /** A few bytes from anywhere; fewer where the file ends. */
  async at(offset: number, sizeBytes: number): Promise<Buffer> {
    return this.held(offset, sizeBytes) ?? (await this.#read(Buffer.alloc(Math.max(0, Math.min(sizeBytes, this.sizeBytes - offset))), offset));
  }

  /** Bytes on the way through the file: with them comes as much of what follows as is read at once. */
  async piece(offset: number, sizeBytes: number): Promise<Buffer> {
    const held = this.held(offset, sizeBytes);
    if (held) return held;
    const wanted = Math.max(sizeBytes, Math.min(READ_AT_ONCE_BYTES, this.sizeBytes - offset));
    this.#piece = await this.#read(this.#room.take(wanted).subarray(0, wanted), offset);
    this.#pieceOffset = offset;
    return this.#piece.subarray(0, sizeBytes);
  }

  /** The same where they are in memory already: whoever takes many need not wait for each. */
  held(offset: number, sizeBytes: number): Buffer | undefined {
    const start = offset - this.#pieceOffset;
    return start >= 0 && start + sizeBytes <= this.#piece.length ? this.#piece.subarray(start, start + sizeBytes) : undefined;
  }

  async #read(into: Buffer, offset: number): Promise<Buffer> {
    let done = 0;
    while (done < into.length) {
      const { bytesRead } = await this.#file.read(into, done, into.length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return into.subarray(0, done);
  }
}

/** As {@link FileBytes.version}, for whoever opens the file again. */
export async function fileVersion(file: FileHandle): Promise<{ sizeBytes: number; version: string }> {
  const { size, mtimeNs, ino } = await file.stat({ bigint: true });
  return { sizeBytes: Number(size), version: `${ino} ${size} ${mtimeNs}` };
}
