import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { shotListOfPlan, type FilmPlan, type PlanRequest } from '../project/index.ts';
import type { ShotListFormat } from '../script/index.ts';

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

/** Writes a plan as a shot list, whole or not at all. @throws StudioError LIST_NOT_EXACT, OUTPUT_NOT_WRITABLE, DISK_FULL. */
export async function writeListOfPlan(plan: FilmPlan, { path, format }: ListTarget): Promise<void> {
  try {
    await makeFolder(dirname(path));
    // Pictures are named from the list's folder, and whoever reads the list knows that folder by its real name.
    const target = { path: join(await realpath(dirname(path)), basename(path)), format };
    await writeFileAtomic(target.path, shotListOfPlan(plan, target));
  } catch (error) {
    if (StudioError.is(error)) throw error;
    const code = systemErrorCode(error);
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new StudioError('DISK_FULL', `The disk is full: the shot list cannot go to ${path}.`, { next: 'Make room, or name another place with -o.', cause: error });
    throw new StudioError('OUTPUT_NOT_WRITABLE', `The shot list cannot go to ${path}: ${messageOf(error)}.`, { next: 'Name another place with -o.', cause: error, detail: { path } });
  }
}
