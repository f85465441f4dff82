import { messageOf, StudioError, systemErrorCode } from './errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** What the system's answer means for a person, where its own words do not say it. */
const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'a file is where a folder belongs',
  ENOTDIR: 'a file is where a folder belongs',
  EISDIR: 'a folder is where a file belongs',
  SQLITE_CANTOPEN: 'a file cannot be made there',
};

/**
 * The error for a person when something inside the home is in the way or cannot be used.
 * @param what was tried: `keep a frame`.
 * @param path of the part of the home that is not as it should be.
 */
export function asHomeError(error: unknown, what: string, path: string): unknown {
  if (StudioError.is(error)) return error;
  const code = systemErrorCode(error);
  if (code === undefined) return error;
  if (FULL.has(code)) {
    return new StudioError('DISK_FULL', `Could not ${what}: the disk is full (${path}).`, { next: 'Make room, then run the same command again. What was paid for is written down.', cause: error });
  }
  return new StudioError('HOME_DAMAGED', `Could not ${what} in ${path}: ${REASONS[code] ?? messageOf(error)}.`, {
    next: 'Move away what is in its place, or check who owns the home; then run the same command again.',
    cause: error,
    detail: { path, systemCode: code },
  });
}
