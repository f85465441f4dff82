import { existsSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { castFileBeside, saysSameCast, shotListOfPlan, writtenCast, type FilmPlan, type KeptPictures, type PlanRequest } from '../project/index.ts';
import { readCastFile, type ShotListFormat } from '../script/index.ts';

export interface ListTarget {
  path: string;
  format: ShotListFormat;
}

const FORMATS: Readonly<Record<string, ShotListFormat>> = { '.csv': 'csv', '.md': 'md', '.json': 'json' };

/**
 * Where a shot list is to go, known before any work.
 * @throws StudioError LIST_ENDING, OUTPUT_IS_FOLDER, OUTPUT_IS_SCRIPT.
 */
export async function listTarget(cwd: string, output: string, script: PlanRequest['script']): Promise<ListTarget> {
  const path = resolve(cwd, output);
  const ending = extname(path);
  const format = FORMATS[ending.toLowerCase()];
  if (format === undefined) {
    throw new StudioError('LIST_ENDING', `A shot list cannot go to ${path}: its name must end in .csv, .md or .json.`, {
      next: `For a spreadsheet: -o ${basename(path, ending)}.csv`,
    });
  }
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new StudioError('OUTPUT_IS_FOLDER', `The shot list cannot go to ${path}: that is a folder.`, { next: `Name a file: -o ${join(path, `shots${ending}`)}` });
  // The words around a table in a text are somebody's; a list of data alone loses nothing.
  if (there && format === 'md' && script.path !== undefined && (await realpath(path)) === script.path) {
    throw new StudioError('OUTPUT_IS_SCRIPT', `The shot list would replace its own script, ${path}, with the words around the table.`, { next: 'Name another file with -o.' });
  }
  return { path, format };
}

/**
 * Writes a plan as a shot list, whole or not at all, with its cast and look: inside a .json, in a file beside the others.
 * @param home where pictures are kept that are gone from their places.
 * @returns the file of cast and look, when one was written.
 * @throws StudioError LIST_NOT_EXACT, OUTPUT_CAST_TAKEN, OUTPUT_NOT_WRITABLE, DISK_FULL.
 */
export async function writeListOfPlan(plan: FilmPlan, { path, format }: ListTarget, home: string): Promise<string | undefined> {
  const kept: KeptPictures = { folder: join(home, 'frames'), isGone: (picture) => !existsSync(picture) };
  try {
    await makeFolder(dirname(path));
    // Pictures are named from the list's folder, and whoever reads the list knows that folder by its real name.
    const target = { path: join(await realpath(dirname(path)), basename(path)), format };
    const cast = await castTarget(plan, target, kept);
    const list = shotListOfPlan(plan, { ...target, withCast: cast === 'inside' }, kept);
    if (typeof cast === 'object') await writeFileAtomic(cast.path, cast.content);
    await writeFileAtomic(target.path, list);
    return typeof cast === 'object' ? cast.path : undefined;
  } catch (error) {
    if (StudioError.is(error)) throw error;
    const code = systemErrorCode(error);
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new StudioError('DISK_FULL', `The disk is full: the shot list cannot go to ${path}.`, { next: 'Make room, or name another place with -o.', cause: error });
    throw new StudioError('OUTPUT_NOT_WRITABLE', `The shot list cannot go to ${path}: ${messageOf(error)}.`, { next: 'Name another place with -o.', cause: error, detail: { path } });
  }
}

/** Where a plan's cast and look go. A file of them that stands beside the list will be read with it, so it must say the same. */
async function castTarget({ castAndLook }: FilmPlan, { path, format }: ListTarget, kept: KeptPictures): Promise<'inside' | 'nowhere' | { path: string; content: string }> {
  const beside = castFileBeside(path);
  const folder = dirname(path);
  const hasAny = castAndLook.cast.length > 0 || Object.keys(castAndLook.look).length > 0;
  const there = await readFile(beside).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (there === undefined) return !hasAny ? 'nowhere' : format === 'json' ? 'inside' : { path: beside, content: castText(castAndLook, folder, kept) };
  if (says(there, beside, castAndLook)) return 'nowhere';
  // With a list there already, the file beside it is that list's, and both are replaced; else it is somebody else's.
  const isOurs = hasAny && format !== 'json' && (await stat(path).then(() => true, () => false));
  if (isOurs) return { path: beside, content: castText(castAndLook, folder, kept) };
  throw new StudioError('OUTPUT_CAST_TAKEN', `${beside} would be read with the shot list, and says another cast or look than this plan has.`, { next: 'Name another list with -o, or move that file away. Nothing was written.', detail: { path: beside } });
}

function castText(castAndLook: FilmPlan['castAndLook'], folder: string, kept: KeptPictures): string {
  return `${JSON.stringify(writtenCast(castAndLook, folder, kept), null, 2)}\n`;
}

function says(bytes: Uint8Array, path: string, castAndLook: FilmPlan['castAndLook']): boolean {
  try {
    return saysSameCast(readCastFile(bytes, basename(path)), dirname(path), castAndLook);
  } catch {
    return false;
  }
}
