import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all the bytes. One write of the system's may take only a part of them, which is how a disk that is nearly full
 * answers: only the next write fails, and a file whose last write was a short one would be cut off in silence.
 * @param position where in the file, in bytes; default after the last write.
 * @throws the system's error (ENOSPC, EFBIG, ...).
 */
export async function writeAll(file: Pick<FileHandle, 'write'>, bytes: Uint8Array, position?: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, position === undefined ? null : position + done);
    if (bytesWritten === 0) throw Object.assign(new Error(`the system took ${done} of ${bytes.byteLength} bytes and no more`), { code: 'EIO' });
    done += bytesWritten;
  }
}
