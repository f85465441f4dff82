import { open, readdir, realpath, type FileHandle } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { nearestWord } from '../lib/nearest-word.ts';
import type { PlanRequest } from '../project/index.ts';
import { MAX_SCRIPT_BYTES } from '../script/index.ts';
import type { Session } from './session.ts';

/** Read no further than this; the reader of scripts says what the limit is. */
const READ_LIMIT_BYTES = MAX_SCRIPT_BYTES + 1;

/**
 * The script a person named, or standard input for `-`. At most a little more than a script may have is read.
 * @throws StudioError SCRIPT_MISSING, SCRIPT_IS_FOLDER, SCRIPT_TOO_LARGE, SCRIPT_UNREADABLE.
 */
export async function readScriptFile(session: Session, word: string): Promise<PlanRequest['script']> {
  const { stdin, cwd } = session.deps;
  if (word === '-') {
    if (stdin.isTTY === true) session.tell('Type the script, a shot per paragraph; Ctrl-D ends it.');
    return { name: '-', bytes: await readLimited(stdin) };
  }
  const path = resolve(cwd, word);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const stats = await handle.stat();
    if (stats.isDirectory()) throw isFolder(word, await scriptsIn(path));
    if (stats.isFile() && stats.size >= READ_LIMIT_BYTES) throw tooLarge(word, stats.size);
    const bytes = await readLimited(handle.createReadStream({ autoClose: false }));
    return { name: basename(path), path: await realpath(path), bytes };
  } catch (error) {
    if (StudioError.is(error)) throw error;
    switch (systemErrorCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw missing(word, path, await scriptsIn(dirname(path)));
      case 'EISDIR':
        throw isFolder(word, await scriptsIn(path));
      default:
        throw new StudioError('SCRIPT_UNREADABLE', `${word} cannot be read: ${messageOf(error)}.`, { next: 'Check who may read it.', cause: error, detail: { path } });
    }
  } finally {
    await handle?.close();
  }
}

async function readLimited(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    chunks.push(bytes);
    sizeBytes += bytes.length;
    if (sizeBytes >= READ_LIMIT_BYTES) break;
  }
  return Buffer.concat(chunks);
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

function tooLarge(word: string, sizeBytes: number): StudioError {
  return new StudioError('SCRIPT_TOO_LARGE', `${word} has ${(sizeBytes / 1024 / 1024).toFixed(1)} MB; a script has at most 20 MB.`, {
    next: 'Check that this is the script and not a video; part a very long one into several files.',
    detail: { sizeBytes },
  });
}
