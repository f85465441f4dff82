import type { Stats } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename } from 'node:path';
import * as z from 'zod';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { systemErrorCode } from '../lib/errors.ts';
import { isSha256 } from './cache-layout.ts';
import type { CacheLayout } from './cache-layout.ts';

const indexEntrySchema = z.object({
  contentHash: z.string().refine(isSha256),
  sizeBytes: z.number().int().positive(),
  /** Modification time of the clip file, milliseconds with fractions, as the file system gave it. */
  mtimeMs: z.number(),
  addedAtMs: z.number(),
  mediaDurationS: z.number().positive().optional(),
});

/**
 * One fingerprint's record. When the clip was last used is the modification time of the record's own file: a touch,
 * where rewriting (and syncing) hundreds of records on every re-run would cost seconds.
 */
export type IndexEntry = z.infer<typeof indexEntrySchema>;

/** The entry, `undefined` when there is none, `'unreadable'` when its file holds something else. */
export async function readIndexEntry(layout: CacheLayout, fingerprint: string): Promise<IndexEntry | undefined | 'unreadable'> {
  let text: string;
  try {
    text = await readFile(layout.indexPath(fingerprint), 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return indexEntrySchema.parse(JSON.parse(text));
  } catch {
    return 'unreadable'; // a power cut on a disk that lies about sync; the clip can be fetched again
  }
}

/** Durable when it resolves. A record that is only refreshed keeps its time of last use. */
export async function writeIndexEntry(layout: CacheLayout, fingerprint: string, entry: IndexEntry): Promise<void> {
  await writeFileAtomic(layout.indexPath(fingerprint), `${JSON.stringify(entry)}\n`);
}

/** Records that a clip was used. Never worth failing for: a cache on a read-only disk still serves. */
export async function touchIndexEntry(layout: CacheLayout, fingerprint: string, nowMs: number): Promise<void> {
  await utimes(layout.indexPath(fingerprint), nowMs / 1000, nowMs / 1000).catch(() => undefined);
}

export async function lastUsedMs(layout: CacheLayout, fingerprint: string): Promise<number | undefined> {
  return (await statOrUndefined(layout.indexPath(fingerprint)))?.mtimeMs;
}

/** Moves a file into `damaged/`, for a person to look at. `undefined`: it was gone already. */
export async function setAside(layout: CacheLayout, path: string): Promise<string | undefined> {
  await mkdir(layout.damaged, { recursive: true });
  const target = layout.newDamagedPath(basename(path));
  try {
    await rename(path, target);
    return target;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Sets an entry aside that was judged useless, unless another process has written a newer one since. */
export async function setAsideEntry(layout: CacheLayout, fingerprint: string, judged: IndexEntry | 'unreadable'): Promise<void> {
  if (!sameEntry(await readIndexEntry(layout, fingerprint), judged)) return;
  await setAside(layout, layout.indexPath(fingerprint));
}

function sameEntry(a: IndexEntry | 'unreadable' | undefined, b: IndexEntry | 'unreadable'): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.contentHash === b.contentHash && a.mtimeMs === b.mtimeMs && a.addedAtMs === b.addedAtMs;
}

export async function removeIndexEntry(layout: CacheLayout, fingerprint: string): Promise<void> {
  await rm(layout.indexPath(fingerprint), { force: true });
}

export async function statOrUndefined(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
