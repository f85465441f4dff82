import { mkdir, rename, rm } from 'node:fs/promises';
import { systemErrorCode } from '../lib/errors.ts';
import type { CacheSweep } from './cached-clip.ts';
import type { CacheLayout } from './cache-layout.ts';
import { putBack } from './find-clip.ts';
import { lastUsedMs, readIndexEntry, removeIndexEntry } from './index-entry.ts';
import { clipFiles, fingerprintsByContent, indexedFingerprints, removeDamagedBefore, removeStaleTemporaries } from './list-cache.ts';
import type { ClipFile } from './list-cache.ts';

/** A file without an index entry may be a clip that another process stores right now; after an hour it is not. */
const ORPHAN_AGE_MS = 60 * 60 * 1000;
const DAMAGED_AGE_MS = 30 * 24 * 60 * 60 * 1000;

interface Content extends ClipFile {
  fingerprints: string[];
  inUse: boolean;
}

async function contents(layout: CacheLayout, keep: ReadonlySet<string>, nowMs: number): Promise<Content[]> {
  const byContent = await fingerprintsByContent(layout);
  const all = (await clipFiles(layout)).map((file) => {
    const fingerprints = byContent.get(file.contentHash) ?? [];
    return { ...file, fingerprints, inUse: fingerprints.some((fingerprint) => keep.has(fingerprint)) };
  });
  return all.filter((content) => content.fingerprints.length > 0 || content.changedAtMs <= nowMs - ORPHAN_AGE_MS);
}

export async function clearClips(layout: CacheLayout, options: { keep: ReadonlySet<string>; nowMs: number }): Promise<CacheSweep> {
  const all = await contents(layout, options.keep, options.nowMs);
  const swept = await removeContents(layout, all.filter((content) => !content.inUse));
  await removeUselessEntries(layout);
  await removeStaleTemporaries(layout, options.nowMs);
  const damagedBytes = await removeDamagedBefore(layout, Number.POSITIVE_INFINITY);
  return { removed: swept.removed, keptInUse: all.filter((content) => content.inUse).length, freedBytes: swept.freedBytes + damagedBytes };
}

export async function pruneClips(
  layout: CacheLayout,
  options: { maxSizeBytes: number; maxAgeMs: number; keep: ReadonlySet<string>; onlyTell: boolean; nowMs: number },
): Promise<CacheSweep> {
  const all = await contents(layout, options.keep, options.nowMs);
  const dated: { content: Content; usedMs: number }[] = [];
  for (const content of all) {
    let usedMs = Number.NEGATIVE_INFINITY; // an orphan: nobody can find it, so it goes whatever the limits
    for (const fingerprint of content.fingerprints) usedMs = Math.max(usedMs, (await lastUsedMs(layout, fingerprint)) ?? usedMs);
    dated.push({ content, usedMs });
  }
  dated.sort((a, b) => a.usedMs - b.usedMs || (a.content.contentHash < b.content.contentHash ? -1 : 1));
  let sizeBytes = all.reduce((sum, content) => sum + content.sizeBytes, 0);
  const doomed: Content[] = [];
  let keptInUse = 0;
  for (const { content, usedMs } of dated) {
    if (sizeBytes <= options.maxSizeBytes && options.nowMs - usedMs <= options.maxAgeMs && content.fingerprints.length > 0) continue;
    if (content.inUse) {
      keptInUse += 1;
      continue;
    }
    doomed.push(content);
    sizeBytes -= content.sizeBytes;
  }
  if (options.onlyTell) return { removed: doomed.length, keptInUse, freedBytes: doomed.reduce((sum, { links, sizeBytes: size }) => sum + (links === 1 ? size : 0), 0) };
  const swept = await removeContents(layout, doomed);
  await removeStaleTemporaries(layout, options.nowMs);
  const damagedBytes = await removeDamagedBefore(layout, options.nowMs - DAMAGED_AGE_MS);
  return { removed: swept.removed, keptInUse, freedBytes: swept.freedBytes + damagedBytes };
}

export async function removeClip(layout: CacheLayout, fingerprint: string): Promise<boolean> {
  const entry = await readIndexEntry(layout, fingerprint);
  if (entry === undefined) return false;
  await removeIndexEntry(layout, fingerprint);
  if (entry === 'unreadable') return true;
  const file = (await clipFiles(layout)).find((candidate) => candidate.contentHash === entry.contentHash);
  if (file) await removeContents(layout, [{ ...file, fingerprints: [], inUse: false }]);
  return true;
}

/**
 * Entries first, then the files are moved out of their place, and only those deleted that no entry names by then: another
 * process may have stored one of them again in between.
 */
async function removeContents(layout: CacheLayout, doomed: readonly Content[]): Promise<{ removed: number; freedBytes: number }> {
  if (doomed.length === 0) return { removed: 0, freedBytes: 0 };
  for (const content of doomed) for (const fingerprint of content.fingerprints) await removeIndexEntry(layout, fingerprint);
  await mkdir(layout.temporary, { recursive: true });
  const moved: { content: Content; path: string }[] = [];
  for (const content of doomed) {
    const path = layout.newTemporaryPath();
    try {
      await rename(content.path, path);
      moved.push({ content, path });
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error; // somebody else removed it
    }
  }
  const stillNamed = await fingerprintsByContent(layout);
  let removed = 0;
  let freedBytes = 0;
  for (const { content, path } of moved) {
    if (stillNamed.has(content.contentHash)) {
      await putBack(path, content.path);
      continue;
    }
    await rm(path, { force: true });
    removed += 1;
    if (content.links === 1) freedBytes += content.sizeBytes;
  }
  return { removed, freedBytes };
}

/** Entries that name no file, or nothing at all. */
async function removeUselessEntries(layout: CacheLayout): Promise<void> {
  const present = new Set((await clipFiles(layout)).map((file) => file.contentHash));
  for (const fingerprint of await indexedFingerprints(layout)) {
    const entry = await readIndexEntry(layout, fingerprint);
    if (entry === 'unreadable' || (entry !== undefined && !present.has(entry.contentHash))) await removeIndexEntry(layout, fingerprint);
  }
}
