import type { CacheVerification, CacheVerifyProgress } from './cached-clip.ts';
import type { CacheLayout } from './cache-layout.ts';
import { contentIs, setAsideDamaged } from './find-clip.ts';
import { readIndexEntry, setAsideEntry, statOrUndefined } from './index-entry.ts';
import { clipFiles, fingerprintsByContent, indexedFingerprints, removeStaleTemporaries } from './list-cache.ts';

/** 1. temporary files of killed processes go; 2. every clip is read; 3. every entry is looked at; 4. what nothing names is counted. */
export async function verifyCache(
  layout: CacheLayout,
  options: { nowMs: number; onProgress?: (progress: CacheVerifyProgress) => void; signal?: AbortSignal },
): Promise<CacheVerification> {
  const { nowMs, onProgress, signal } = options;
  signal?.throwIfAborted();
  await removeStaleTemporaries(layout, nowMs);
  const files = await clipFiles(layout);
  const namedBefore = await fingerprintsByContent(layout);
  const result: CacheVerification = { clips: 0, sizeBytes: 0, damaged: [], missing: [], orphans: [] };
  const progress: CacheVerifyProgress = { checkedClips: 0, clips: files.length, checkedBytes: 0, sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0) };
  const damagedContents = new Set<string>();
  for (const file of files) {
    signal?.throwIfAborted();
    const sound = await contentIs(file.path, file.contentHash, signal).catch((error: unknown) => {
      signal?.throwIfAborted(); // the caller's own reason, not the stream's
      throw error;
    });
    const outcome = sound ? 'sound' : await setAsideDamaged(layout, file.contentHash);
    if (typeof outcome === 'object') {
      damagedContents.add(file.contentHash);
      result.damaged.push({ contentHash: file.contentHash, fingerprints: namedBefore.get(file.contentHash) ?? [], movedTo: outcome.movedTo });
    } else if (outcome !== 'gone') {
      result.clips += 1;
      result.sizeBytes += file.sizeBytes;
      if (!namedBefore.has(file.contentHash)) result.orphans.push({ contentHash: file.contentHash, path: file.path, sizeBytes: file.sizeBytes });
    }
    progress.checkedClips += 1;
    progress.checkedBytes += file.sizeBytes;
    onProgress?.({ ...progress });
  }
  for (const fingerprint of await indexedFingerprints(layout)) {
    signal?.throwIfAborted();
    const entry = await readIndexEntry(layout, fingerprint);
    if (entry === undefined) continue;
    if (entry !== 'unreadable' && (await statOrUndefined(layout.clipPath(entry.contentHash)))) continue;
    await setAsideEntry(layout, fingerprint, entry);
    if (entry === 'unreadable') result.missing.push({ fingerprint });
    else if (!damagedContents.has(entry.contentHash)) result.missing.push({ fingerprint, contentHash: entry.contentHash });
  }
  return result;
}
