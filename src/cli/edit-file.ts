import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { NO_FILE_WORDS, readNamedFile } from '../lib/read-named-file.ts';

/** A feature film's timeline with all its effects has some megabytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The file that an editor wrote; of a Final Cut bundle (`.fcpxmld`, a folder) the document in it.
 * @throws StudioError EDIT_MISSING, EDIT_TOO_LARGE, EDIT_NO_FILE.
 */
export async function readEditFile(cwd: string, word: string): Promise<{ name: string; bytes: Uint8Array }> {
  const given = resolve(cwd, word);
  const isBundle = /\.fcpxmld$/i.test(given) && (await stat(given).catch(() => undefined))?.isDirectory() === true;
  const path = isBundle ? join(given, 'Info.fcpxml') : given;
  try {
    const found = await readNamedFile(path, MOST_BYTES);
    if ('no' in found) throw noFile(word, NO_FILE_WORDS[found.no]);
    const { bytes, sizeBytes } = found;
    if (sizeBytes > MOST_BYTES) {
      throw new StudioError('EDIT_TOO_LARGE', `${word} has ${Math.round(sizeBytes / 1024 / 1024)} MB; the timeline of a film has at most 64.`, { next: 'Check that this is the timeline and not a video; export it without its media.', detail: { sizeBytes } });
    }
    return { name: basename(given), bytes };
  } catch (error) {
    if (StudioError.is(error)) throw error;
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new StudioError('EDIT_MISSING', `There is no file ${word} (looked for ${path}).`, { next: "Give the path of the editor's file: .otio, .fcpxml or .edl.", detail: { named: word, path } });
    throw noFile(word, messageOf(error), error);
  }
}

function noFile(word: string, why: string, cause?: unknown): StudioError {
  return new StudioError('EDIT_NO_FILE', `${word} cannot be read: ${why}.`, { next: 'Name a file that you may read: .otio, .fcpxml or .edl.', cause });
}
