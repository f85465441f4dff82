import { stat } from 'node:fs/promises';
import { hashFile } from '../lib/hash-file.ts';

/** A film's file, as it was when its bytes were last read. */
export interface FilmFile {
  sizeBytes: number;
  mtimeMs: number;
  /** Time of the last change of any kind. Unlike `mtimeMs` no program can set it back. */
  ctimeMs: number;
  inode: number;
  /** Of its bytes, in hex. */
  sha256: string;
}

/** Reads the whole file. `undefined`: it is no file, or was written to meanwhile. @throws the signal's reason, unchanged. */
export async function readFilmFile(path: string, signal?: AbortSignal): Promise<FilmFile | undefined> {
  const before = await statFile(path);
  if (!before) return undefined;
  const sha256 = await hashFile(path, signal).catch(() => undefined);
  signal?.throwIfAborted();
  const after = await statFile(path);
  return sha256 !== undefined && after && sameStat(before, after) ? { ...after, sha256 } : undefined;
}

/**
 * The file, when its bytes are still the known ones. Untouched by every sign it is not read at all; a touched one (moved,
 * restored, given another date, or written to) is read, and its bytes decide.
 */
export async function findSameFilmFile(path: string, known: FilmFile, signal?: AbortSignal): Promise<FilmFile | undefined> {
  const now = await statFile(path);
  if (!now || now.sizeBytes !== known.sizeBytes) return undefined;
  if (sameStat(now, known)) return known;
  const read = await readFilmFile(path, signal);
  return read?.sha256 === known.sha256 ? read : undefined;
}

type FileStat = Omit<FilmFile, 'sha256'>;

async function statFile(path: string): Promise<FileStat | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { sizeBytes: found.size, mtimeMs: found.mtimeMs, ctimeMs: found.ctimeMs, inode: found.ino } : undefined;
}

function sameStat(one: FileStat, other: FileStat): boolean {
  return one.sizeBytes === other.sizeBytes && one.mtimeMs === other.mtimeMs && one.ctimeMs === other.ctimeMs && one.inode === other.inode;
}
