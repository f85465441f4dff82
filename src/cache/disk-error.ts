import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const DENIED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'EIO', 'EMFILE', 'ENFILE']);

/** What a person should read when the disk said no; anything else comes back as it was. */
export function asDiskError(
  error: unknown,
  context: { what: string; folder: string; deniedCode: 'CACHE_NOT_READABLE' | 'CACHE_NOT_WRITABLE' },
): unknown {
  if (StudioError.is(error)) return error;
  const code = systemErrorCode(error);
  if (code === undefined) return error;
  if (FULL.has(code)) {
    return new StudioError('DISK_FULL', `Could not ${context.what}: the disk is full (${messageOf(error)}).`, {
      next: 'Make room (`directorstudio cache prune` removes clips no project uses), then run the same command again; nothing is paid twice.',
      cause: error,
      detail: { folder: context.folder },
    });
  }
  if (DENIED.has(code)) {
    return new StudioError(context.deniedCode, `Could not ${context.what} in ${context.folder}: ${messageOf(error)}.`, {
      next: 'Check that this folder belongs to you and the disk is healthy, or choose another with --home.',
      cause: error,
      detail: { folder: context.folder, systemCode: code },
    });
  }
  return error;
}
