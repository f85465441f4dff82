import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { nearestWord } from '../lib/nearest-word.ts';
import { NO_FILE_WORDS, readAll, readNamedFile } from '../lib/read-named-file.ts';
import type { PlanRequest } from '../project/index.ts';
import { MAX_SCRIPT_BYTES } from '../script/index.ts';
import type { Session } from './session.ts';

/**
 * The script a person named, or standard input for `-`. At most a little more than a script may have is read.
 * @throws StudioError SCRIPT_MISSING, SCRIPT_IS_FOLDER, SCRIPT_TOO_LARGE, SCRIPT_UNREADABLE.
 */
export async function readScriptFile(session: Session, word: string): Promise<PlanRequest['script']> {
  const { stdin, cwd } = session.deps;
  if (word === '-') {
    if (stdin.isTTY === true) session.tell('Type the script, a shot per paragraph; Ctrl-D ends it.');
    // What is longer is refused by whoever reads scripts, which knows the limit.
    return { name: '-', bytes: await readAll(stdin, MAX_SCRIPT_BYTES, session.signal) };
  }
  const path = resolve(cwd, word);
  try {
    const found = await readNamedFile(path, MAX_SCRIPT_BYTES, { pipes: session.signal });
    if ('no' in found) {
      if (found.no === 'folder') throw isFolder(word, await scriptsIn(path));
      throw unreadable(word, path, NO_FILE_WORDS[found.no]);
    }
    if (found.sizeBytes > MAX_SCRIPT_BYTES) throw tooLarge(word, found.sizeBytes);
    return { name: basename(path), path: await realpath(path), bytes: found.bytes };
  } catch (error) {
    if (StudioError.is(error) || session.signal.aborted) throw error;
    switch (systemErrorCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw missing(word, path, await scriptsIn(dirname(path)));
      default:
        throw unreadable(word, path, messageOf(error), error);
    }
  }
}

async function scriptsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.(?:txt|json|csv|tsv|md|fountain|fdx|docx|pdf)$/i.test(name) && !name.startsWith('.') && !name.endsWith('.cast.json')).sort();
}

function missing(word: string, path: string, nearby: readonly string[]): StudioError {
  const near = nearestWord(basename(path), nearby);
  const next = near === undefined ? 'Give the path of a script, or - to read it from standard input.' : `Did you mean ${near}?`;
  return new StudioError('SCRIPT_MISSING', `There is no file ${word} (looked for ${path}).`, { next, detail: { named: word, path, ...(near === undefined ? {} : { near }) } });
}

function isFolder(word: string, scripts: readonly string[]): StudioError {
  const next = scripts.length === 0 ? 'Name a script file.' : `Name a file in it: ${scripts.slice(0, 5).join(', ')}.`;
  return new StudioError('SCRIPT_IS_FOLDER', `${word} is a folder, not a script.`, { next, detail: { named: word, ...(scripts.length === 0 ? {} : { scripts: scripts.slice(0, 5).join(', ') }) } });
}

function unreadable(word: string, path: string, why: string, cause?: unknown): StudioError {
  return new StudioError('SCRIPT_UNREADABLE', `${word} cannot be read: ${why}.`, { next: 'Name a file that you may read, or pipe the script into - (standard input).', cause, detail: { path } });
}

function tooLarge(word: string, sizeBytes: number): StudioError {
  return new StudioError('SCRIPT_TOO_LARGE', `${word} has ${(sizeBytes / 1024 / 1024).toFixed(1)} MB; a script has at most 20 MB.`, {
    next: 'Check that this is the script and not a video; part a very long one into several files.',
    detail: { sizeBytes },
  });
}
