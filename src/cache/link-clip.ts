import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { StudioError, systemErrorCode } from '../lib/errors.ts';
import type { CacheLayout } from './cache-layout.ts';
import { contentIs, findClip } from './find-clip.ts';
import { statOrUndefined } from './index-entry.ts';

const CANNOT_LINK = new Set(['EXDEV', 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'UNKNOWN']);

export async function linkClip(layout: CacheLayout, fingerprint: string, targetPath: string, nowMs: number): Promise<'linked' | 'copied' | 'unchanged'> {
  const clip = await findClip(layout, fingerprint, { check: 'stat', nowMs });
  if (!clip) {
    throw new StudioError('CLIP_NOT_CACHED', `The clip for ${targetPath} is not in the cache.`, {
      next: 'Run the same command again: it is fetched again, not paid again.',
      detail: { fingerprint },
    });
  }
  const present = await statOrUndefined(targetPath);
  if (present?.isDirectory()) {
    throw new StudioError('CLIP_TARGET_INVALID', `Could not put a clip at ${targetPath}: a folder has that name.`, { next: 'Move the folder away, or choose another output with -o.' });
  }
  if (present && (await sameContent(clip.path, targetPath, clip.contentHash))) return 'unchanged';
  await mkdir(dirname(targetPath), { recursive: true });
  const temporary = join(dirname(targetPath), `.${randomUUID()}.tmp`);
  try {
    const how = await linkOrCopy(clip.path, temporary);
    await rename(temporary, targetPath);
    return how;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function sameContent(clipPath: string, targetPath: string, contentHash: string): Promise<boolean> {
  const [ours, theirs] = [await stat(clipPath, { bigint: true }), await stat(targetPath, { bigint: true })];
  if (ours.ino === theirs.ino && ours.dev === theirs.dev) return true;
  return ours.size === theirs.size && (await contentIs(targetPath, contentHash));
}

async function linkOrCopy(clipPath: string, temporary: string): Promise<'linked' | 'copied'> {
  try {
    await link(clipPath, temporary);
    return 'linked';
  } catch (error) {
    if (!CANNOT_LINK.has(systemErrorCode(error) ?? '')) throw error;
  }
  await copyFile(clipPath, temporary, constants.COPYFILE_FICLONE);
  await chmod(temporary, 0o644); // a copy is the film maker's own file
  const handle = await open(temporary, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return 'copied';
}
