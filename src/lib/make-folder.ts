import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from './errors.ts';

/**
 * Makes a folder and whatever is missing above it. Node's own recursive `mkdir` runs for ever where the system answers
 * ENOENT although the parent is there (below /proc, on Linux); this one throws.
 * @returns the topmost folder that was made, `undefined` when all were there.
 * @throws the system's error (EACCES, ENOTDIR, EEXIST where a file is in the way, ...).
 */
export async function makeFolder(path: string, options: { mode?: number } = {}): Promise<string | undefined> {
  const mode = options.mode ?? 0o777;
  const parent = dirname(path);
  for (let parentWasThere = false; ; ) {
    try {
      await mkdir(path, { mode });
      return path;
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === 'EEXIST' && (await isFolder(path))) return undefined;
      if (code !== 'ENOENT' || parent === path || parentWasThere) throw error;
    }
    // Somebody else may make the parent at this moment; only ENOENT below one that was there before is the system's last word.
    parentWasThere = await isFolder(parent);
    if (parentWasThere) continue;
    const topmost = await makeFolder(parent, options);
    const made = await makeFolder(path, options);
    return topmost ?? made;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
