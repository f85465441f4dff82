import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, StudioError, systemErrorCode } from '../../lib/errors.ts';
import { hashFile } from '../../lib/hash-file.ts';
import { makeFolder } from '../../lib/make-folder.ts';
import type { TakeFile } from './take-files.ts';
import { MEDIA_FOLDER } from './timeline.ts';

/** A title as a file's name on every system: no marks that one of them forbids, not too long, never empty. */
export function fileName(title: string): string {
  const plain = title.normalize('NFC').replaceAll(/[\p{Cc}\p{Surrogate}\p{Bidi_Control}<>:"/\\|?*]+/gu, '_').replaceAll(/^[\s.]+|[\s.]+$/g, '');
  let short = '';
  for (const letter of plain) if (Buffer.byteLength(short + letter) <= 180) short += letter;
  const name = short.trim() === '' ? 'film' : short;
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) ? `_${name}` : name;
}

/**
 * Makes the folder, or uses the one that is there.
 * @throws StudioError HANDOFF_FOLDER_TAKEN (a file has that name), HANDOFF_NOT_WRITABLE.
 */
export async function prepareFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined);
  if (there && !there.isDirectory()) throw new StudioError('HANDOFF_FOLDER_TAKEN', `The hand-off is to be the folder ${folder}, but there is a file of that name.`, { next: 'Name another folder with -o.' });
  await makeFolder(join(folder, MEDIA_FOLDER)).catch((error: unknown) => {
    throw asFolderError(error, folder);
  });
}

/** What a person should read when the disk said no; anything else comes back as it was. */
export function asFolderError(error: unknown, folder: string): unknown {
  const code = systemErrorCode(error);
  if (StudioError.is(error) || code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StudioError('DISK_FULL', `The disk of ${folder} is full. The hand-off there is not whole.`, { next: 'Make room, or name another folder with -o, then run it again.', cause: error });
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'EIO', 'ENAMETOOLONG'].includes(code)) return error;
  return new StudioError('HANDOFF_NOT_WRITABLE', `The hand-off cannot be written to ${folder}: ${messageOf(error)}.`, { next: 'Name another folder with -o.', cause: error, detail: { folder } });
}

/**
 * Refuses to put another clip under a name that a project in an editor may be using: shots of a changed script are numbered anew.
 * @throws StudioError HANDOFF_WOULD_REPLACE.
 */
export async function refuseToReplace(folder: string, takes: readonly TakeFile[], signal: AbortSignal | undefined): Promise<void> {
  const others: string[] = [];
  for (const { cachedPath, contentHash, media } of takes) {
    const there = await stat(media.path, { bigint: true }).catch(() => undefined);
    if (!there) continue;
    const ours = await stat(cachedPath, { bigint: true });
    if (there.ino === ours.ino && there.dev === ours.dev) continue;
    if (there.size === ours.size && (await hashFile(media.path, signal).catch(() => '')) === contentHash) continue;
    signal?.throwIfAborted();
    others.push(media.file);
  }
  if (others.length === 0) return;
  const shown = others.length > 8 ? `${others.slice(0, 8).join(', ')} and ${others.length - 8} more` : others.join(', ');
  throw new StudioError('HANDOFF_WOULD_REPLACE', `In ${folder} there are other clips of these names, which an editor may be using: ${shown}. Nothing was written.`, {
    next: 'Hand off into a new folder: -o FOLDER.',
    detail: { folder, files: others },
  });
}
