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
  try {
    await mkdir(path, { mode: options.mode ?? 0o777 });
    return path;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST' && (await isFolder(path))) return undefined;
    const parent = dirname(path);
    if (code !== 'ENOENT' || parent === path || (await isFolder(parent))) throw error;
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
