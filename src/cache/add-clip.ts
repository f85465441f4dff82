import { chmod, link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { syncFolder } from '../lib/atomic-file.ts';
import { StudioError, systemErrorCode } from '../lib/errors.ts';
import { hashFile } from '../lib/hash-file.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { AddStep, CachedClip } from './cached-clip.ts';
import type { CacheLayout } from './cache-layout.ts';
import { contentIs, setAsideDamaged, toCachedClip } from './find-clip.ts';
import { statOrUndefined, touchIndexEntry, writeIndexEntry } from './index-entry.ts';
import type { IndexEntry } from './index-entry.ts';

/** Never written again: a hard link beside a film is this same file, and an editor that saves in place must be refused. */
const READ_ONLY = 0o444;

interface AddRequest {
  fingerprint: string;
  temporaryPath: string;
  nowMs: number;
  mediaDurationS: number | undefined;
  onStep: (step: AddStep) => void;
}

/**
 * The clip gets its place as a second link to the temporary file, then its index entry, and the temporary name goes last. So a
 * process that sweeps the cache at the same moment can only take the file before the entry exists, which the last look notices.
 */
export async function addClip(layout: CacheLayout, request: AddRequest): Promise<CachedClip> {
  const { fingerprint, nowMs, mediaDurationS, onStep } = request;
  const temporaryPath = resolve(request.temporaryPath);
  const sizeBytes = await requireTemporary(layout, temporaryPath);
  try {
    const contentHash = await hashFile(temporaryPath);
    onStep('hashed');
    await makeDurable(temporaryPath);
    onStep('synced');
    const path = layout.clipPath(contentHash);
    const newFolders = await Promise.all([path, layout.indexPath(fingerprint)].map((file) => makeFolderFor(file)));
    await place(layout, temporaryPath, path, contentHash);
    onStep('placed');
    await Promise.all([dirname(path), ...newFolders.flat()].map((folder) => syncFolder(folder)));
    onStep('folder-synced');
    const placed = await statOrUndefined(path);
    const entry: IndexEntry = {
      contentHash,
      sizeBytes,
      // A file swept away in this moment comes back below as the same file, so the temporary one's time holds too.
      mtimeMs: (placed ?? (await statOrUndefined(temporaryPath)))?.mtimeMs ?? 0,
      addedAtMs: nowMs,
      ...(mediaDurationS === undefined ? {} : { mediaDurationS }),
    };
    await writeIndexEntry(layout, fingerprint, entry);
    await touchIndexEntry(layout, fingerprint, nowMs);
    onStep('indexed');
    await place(layout, temporaryPath, path, contentHash);
    onStep('confirmed');
    await rm(temporaryPath, { force: true });
    onStep('done');
    return toCachedClip(layout, fingerprint, entry);
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
}

async function requireTemporary(layout: CacheLayout, path: string): Promise<number> {
  const inside = relative(layout.temporary, path);
  const stats = inside === '' || inside.startsWith('..') || inside.includes('/') || inside.includes('\\') ? 'outside' : await statOrUndefined(path);
  const problem =
    stats === 'outside'
      ? 'it is not a file of temporaryFile()'
      : stats === undefined
        ? 'it is not there'
        : !stats.isFile()
          ? 'it is not a file'
          : stats.size === 0
            ? 'it is empty'
            : undefined;
  if (problem === undefined && typeof stats === 'object') return stats.size;
  if (problem === 'it is empty') await rm(path, { force: true });
  throw new StudioError('CLIP_FILE_INVALID', `Could not store ${path} in the clip cache: ${problem}.`, { next: 'Download the clip again.' });
}

/** @returns the folders in which a new one was made, which must be synced for it to last. */
async function makeFolderFor(file: string): Promise<string[]> {
  const folder = dirname(file);
  const firstMade = await makeFolder(folder);
  const changed: string[] = [];
  for (let made = folder; firstMade !== undefined && made.startsWith(firstMade); made = dirname(made)) changed.push(dirname(made));
  return changed;
}

async function makeDurable(path: string): Promise<void> {
  const handle = await open(path, 'r+'); // Windows syncs only what is open for writing
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(path, READ_ONLY);
}

/** Makes sure that a sound file stands at `path`; the temporary name stays too, where the disk can link. */
async function place(layout: CacheLayout, temporaryPath: string, path: string, contentHash: string): Promise<void> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    try {
      await link(temporaryPath, path);
      return;
    } catch (error) {
      const code = systemErrorCode(error) ?? '';
      if (NO_LINKS.has(code)) {
        await rename(temporaryPath, path);
        return;
      }
      if (code === 'ENOENT') {
        if (await statOrUndefined(path)) return; // renamed there the first time: a disk without links
        throw sweptAway(path, error);
      }
      if (code !== 'EEXIST') throw error;
    }
    if ((await sameFile(temporaryPath, path)) || (await contentIs(path, contentHash))) return;
    await setAsideDamaged(layout, contentHash); // never over it: Windows refuses to replace a read-only file
  }
  throw sweptAway(path, undefined);
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'UNKNOWN']);

function sweptAway(path: string, cause: unknown): StudioError {
  return new StudioError('CLIP_FILE_INVALID', `Could not store ${path} in the clip cache: another process keeps removing it.`, {
    next: 'Let the other command finish (`directorstudio cache ...`), then run this one again; the clip is fetched again, not paid again.',
    cause,
  });
}

async function sameFile(a: string, b: string): Promise<boolean> {
  try {
    const [one, other] = [await stat(a, { bigint: true }), await stat(b, { bigint: true })]; // Windows numbers files beyond 2^53
    return one.ino === other.ino && one.dev === other.dev;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
