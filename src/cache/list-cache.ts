import type { Dirent } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../lib/errors.ts';
import { isSha256 } from './cache-layout.ts';
import type { CacheLayout } from './cache-layout.ts';
import { readIndexEntry, statOrUndefined } from './index-entry.ts';

const STALE_TEMPORARY_MS = 24 * 60 * 60 * 1000;

export interface ClipFile {
  contentHash: string;
  path: string;
  sizeBytes: number;
  /** Last change of the file's directory data (a link made or removed, permissions), milliseconds since 1970. */
  changedAtMs: number;
  links: number;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Names of the files two levels down that end in `suffix` and are named by a hash, without the suffix, in order. */
async function hashNames(root: string, suffix: string): Promise<string[]> {
  const names: string[] = [];
  for (const bucket of await entriesOf(root)) {
    if (!bucket.isDirectory()) continue;
    for (const file of await entriesOf(join(root, bucket.name))) {
      const name = file.name.slice(0, -suffix.length);
      if (file.isFile() && file.name.endsWith(suffix) && isSha256(name) && name.startsWith(bucket.name)) names.push(name);
    }
  }
  return names.sort();
}

/** Every clip file; one that disappears meanwhile is left out. */
export async function clipFiles(layout: CacheLayout): Promise<ClipFile[]> {
  const files: ClipFile[] = [];
  for (const contentHash of await hashNames(layout.clips, '.mp4')) {
    const path = layout.clipPath(contentHash);
    const stats = await statOrUndefined(path);
    if (stats) files.push({ contentHash, path, sizeBytes: stats.size, changedAtMs: stats.ctimeMs, links: stats.nlink });
  }
  return files;
}

export async function indexedFingerprints(layout: CacheLayout): Promise<string[]> {
  return hashNames(layout.index, '.json');
}

/** Which fingerprints name which content, from every readable index entry. */
export async function fingerprintsByContent(layout: CacheLayout): Promise<Map<string, string[]>> {
  const byContent = new Map<string, string[]>();
  for (const fingerprint of await indexedFingerprints(layout)) {
    const entry = await readIndexEntry(layout, fingerprint);
    if (entry === undefined || entry === 'unreadable') continue;
    const fingerprints = byContent.get(entry.contentHash);
    if (fingerprints) fingerprints.push(fingerprint);
    else byContent.set(entry.contentHash, [fingerprint]);
  }
  return byContent;
}

/** Removes what a killed process left: downloads and half-written records older than a day. */
export async function removeStaleTemporaries(layout: CacheLayout, nowMs: number): Promise<void> {
  const folders = [layout.temporary, layout.index];
  for (const bucket of await entriesOf(layout.index)) if (bucket.isDirectory()) folders.push(join(layout.index, bucket.name));
  for (const folder of folders) {
    for (const file of await entriesOf(folder)) {
      if (!file.isFile() || !/\.(part|tmp)$/.test(file.name)) continue;
      await removeIfOlder(join(folder, file.name), nowMs - STALE_TEMPORARY_MS);
    }
  }
}

/** Removes what was set aside before `beforeMs` (the moment it was moved); returns the bytes given back. */
export async function removeDamagedBefore(layout: CacheLayout, beforeMs: number): Promise<number> {
  let freedBytes = 0;
  for (const file of await entriesOf(layout.damaged)) if (file.isFile()) freedBytes += await removeIfOlder(join(layout.damaged, file.name), beforeMs);
  return freedBytes;
}

/** By the file's directory time, because a clip keeps the modification time of its download. */
async function removeIfOlder(path: string, beforeMs: number): Promise<number> {
  const stats = await statOrUndefined(path);
  if (!stats || Math.max(stats.ctimeMs, stats.mtimeMs) > beforeMs) return 0;
  await rm(path, { force: true });
  return stats.nlink === 1 ? stats.size : 0;
}
