import { link, rename, rm } from 'node:fs/promises';
import { systemErrorCode } from '../lib/errors.ts';
import { hashFile } from '../lib/hash-file.ts';
import type { CachedClip } from './cached-clip.ts';
import type { CacheLayout } from './cache-layout.ts';
import { readIndexEntry, setAside, setAsideEntry, statOrUndefined, touchIndexEntry, writeIndexEntry } from './index-entry.ts';
import type { IndexEntry } from './index-entry.ts';

export async function findClip(layout: CacheLayout, fingerprint: string, options: { check: 'stat' | 'hash'; nowMs: number }): Promise<CachedClip | undefined> {
  const entry = await readIndexEntry(layout, fingerprint);
  if (entry === undefined) return undefined;
  if (entry === 'unreadable') {
    await setAsideEntry(layout, fingerprint, entry);
    return undefined;
  }
  const path = layout.clipPath(entry.contentHash);
  const stats = await statOrUndefined(path);
  if (!stats) {
    await setAsideEntry(layout, fingerprint, entry);
    return undefined;
  }
  const asRecorded = stats.isFile() && stats.size === entry.sizeBytes && stats.mtimeMs === entry.mtimeMs;
  if (asRecorded && options.check === 'stat') return used(layout, fingerprint, entry, options.nowMs);
  // A changed time alone proves nothing (a restored backup changes every one), so the bytes decide.
  const sound = stats.size === entry.sizeBytes && (await contentIs(path, entry.contentHash));
  if (!sound && (await setAsideDamaged(layout, entry.contentHash)) !== 'sound after all') {
    await setAsideEntry(layout, fingerprint, entry);
    return undefined;
  }
  const judged = await statOrUndefined(path);
  if (asRecorded || !judged) return used(layout, fingerprint, entry, options.nowMs);
  const corrected: IndexEntry = { ...entry, sizeBytes: judged.size, mtimeMs: judged.mtimeMs };
  // A cache on a read-only disk still serves; it only compares the bytes again next time.
  await writeIndexEntry(layout, fingerprint, corrected).catch(() => undefined);
  return used(layout, fingerprint, corrected, options.nowMs);
}

async function used(layout: CacheLayout, fingerprint: string, entry: IndexEntry, nowMs: number): Promise<CachedClip> {
  await touchIndexEntry(layout, fingerprint, nowMs);
  return toCachedClip(layout, fingerprint, entry);
}

export function toCachedClip(layout: CacheLayout, fingerprint: string, entry: IndexEntry): CachedClip {
  return {
    fingerprint,
    contentHash: entry.contentHash,
    path: layout.clipPath(entry.contentHash),
    sizeBytes: entry.sizeBytes,
    addedAtMs: entry.addedAtMs,
    ...(entry.mediaDurationS === undefined ? {} : { mediaDurationS: entry.mediaDurationS }),
  };
}

/** Whether a file's bytes hash to this; a file that is gone or that the disk can no longer read is not it. */
export async function contentIs(path: string, contentHash: string, signal?: AbortSignal): Promise<boolean> {
  try {
    return (await hashFile(path, signal)) === contentHash;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'EIO' || code === 'EISDIR') return false;
    throw error;
  }
}

/**
 * Moves a clip found damaged into `damaged/`. Between the look and the move another process may have put a sound one in its
 * place, so what was moved is read once more, and goes back when it is sound.
 */
export async function setAsideDamaged(layout: CacheLayout, contentHash: string): Promise<{ movedTo: string } | 'gone' | 'sound after all'> {
  const path = layout.clipPath(contentHash);
  const movedTo = await setAside(layout, path);
  if (movedTo === undefined) return 'gone';
  if (!(await contentIs(movedTo, contentHash))) return { movedTo };
  await putBack(movedTo, path);
  return 'sound after all';
}

/** Gives a file its place again; where somebody filled the place meanwhile, theirs has the same content. */
export async function putBack(from: string, path: string): Promise<void> {
  try {
    await link(from, path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') {
      await rename(from, path); // a disk without hard links
      return;
    }
  }
  await rm(from, { force: true });
}
