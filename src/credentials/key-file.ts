import { chmod, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { StoredCredentials } from './kling-credentials.ts';
import { formatStored, parseStored } from './stored-credentials.ts';

export function keyFilePath(home: string): string {
  return join(home, 'keys.json');
}

/**
 * The keys of `<home>/keys.json`, or `undefined` when there is no such file.
 * @throws StudioError KEY_FILE_TOO_OPEN when others on this machine may read or write it, KEY_FILE_DAMAGED, KEY_FILE_UNREADABLE.
 */
export async function readKeyFile(home: string): Promise<StoredCredentials | undefined> {
  const path = keyFilePath(home);
  let text: string;
  try {
    const handle = await open(path, 'r');
    try {
      // Asked of the open file, so that what was judged is what is read. Windows has no such bits: there the user's folder protects it.
      const { mode } = await handle.stat();
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw tooOpen(path, mode);
      text = await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    // ENOTDIR: the home is no folder, which is said where the home is made.
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return undefined;
    if (StudioError.is(error)) throw error;
    throw new StudioError('KEY_FILE_UNREADABLE', `The key file ${path} cannot be read: ${messageOf(error)}.`, { next: 'Make it a file of yours, or remove it and run `directorstudio keys set`.', cause: error, detail: { path } });
  }
  const stored = parseStored(text);
  if (stored) return stored;
  throw new StudioError('KEY_FILE_DAMAGED', `The key file ${path} does not hold keys as they were saved.`, { next: 'Run `directorstudio keys set` to write it anew.', detail: { path } });
}

function tooOpen(path: string, mode: number): StudioError {
  return new StudioError('KEY_FILE_TOO_OPEN', `The key file ${path} may be read by others on this machine (permissions ${(mode & 0o777).toString(8).padStart(3, '0')}).`, {
    next: `Run: chmod 600 ${JSON.stringify(path)}   (and make new keys in the Kling console if others use this machine).`,
    detail: { path },
  });
}

/** Writes the file whole, for its owner alone; a missing home is made for its owner alone too. */
export async function writeKeyFile(home: string, stored: StoredCredentials): Promise<void> {
  const path = keyFilePath(home);
  try {
    await makeFolder(home, { mode: 0o700 });
    await writeFileAtomic(path, formatStored(stored), { mode: 0o600 });
    await chmod(path, 0o600); // an unusual umask may have taken the owner's own bits
  } catch (error) {
    throw new StudioError('KEY_FILE_UNWRITABLE', `The key file ${path} cannot be written: ${messageOf(error)}.`, { next: 'Choose a home you can write to with --home, or use KLING_API_KEY.', cause: error, detail: { path, folder: dirname(path) } });
  }
}

/** `false`: there was none. */
export async function removeKeyFile(home: string): Promise<boolean> {
  const path = keyFilePath(home);
  try {
    await stat(path);
    await rm(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw new StudioError('KEY_FILE_UNWRITABLE', `The key file ${path} cannot be removed: ${messageOf(error)}.`, { next: 'Remove it by hand.', cause: error, detail: { path } });
  }
}
