import { randomUUID } from 'node:crypto';
import { open, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { clipsFolderOf } from '../film/index.ts';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';

/** Where a film goes: `-o`, else the script's name + `.mp4` in the working folder. */
export function filmPath(cwd: string, scriptName: string, output: string | undefined): string {
  if (output !== undefined) return resolve(cwd, output);
  if (scriptName === '-') return join(cwd, 'film.mp4');
  return join(cwd, `${basename(scriptName, extname(scriptName))}.mp4`);
}

/** Where an animatic goes: `-o`, else the script's name + `.animatic.mp4` in the working folder. */
export function animaticPath(cwd: string, scriptName: string, output: string | undefined): string {
  return output === undefined ? filmPath(cwd, scriptName, undefined).replace(/\.mp4$/, '.animatic.mp4') : resolve(cwd, output);
}

/** Where a practice film goes beside Kling's, so that it never replaces what was paid for: `story.sandbox.mp4`. */
export function practicePath(path: string): string {
  return path.replace(/\.mp4$/i, '.sandbox.mp4');
}

/**
 * Finds out whether a film can be written, before any money is spent: a file is made beside it and removed again.
 * @throws StudioError OUTPUT_NOT_MP4, OUTPUT_IS_FOLDER, OUTPUT_IS_SCRIPT, OUTPUT_CLIPS_FOLDER_TAKEN, OUTPUT_NOT_WRITABLE, DISK_FULL.
 */
export async function checkFilmPath(path: string, scriptPath: string | undefined): Promise<void> {
  checkEnding(path, 'film');
  const clipsFolder = clipsFolderOf(path);
  const clips = await stat(clipsFolder).catch(() => undefined);
  if (clips && !clips.isDirectory()) {
    throw new StudioError('OUTPUT_CLIPS_FOLDER_TAKEN', `The clips would go to the folder ${clipsFolder}, but there is a file of that name.`, { next: 'Move that file, or name another film with -o.' });
  }
  await checkOutputFile(path, scriptPath, { what: 'film', option: '-o', example: 'film.mp4' });
}

/** The same for an animatic, which brings no clips. */
export async function checkAnimaticPath(path: string, scriptPath: string | undefined): Promise<void> {
  checkEnding(path, 'animatic');
  await checkOutputFile(path, scriptPath, { what: 'animatic', option: '-o', example: 'film.animatic.mp4' });
}

/**
 * The same for a storyboard.
 * @throws StudioError OUTPUT_NOT_PDF_OR_PNG, and as {@link checkFilmPath}.
 */
export async function checkSheetPath(path: string, scriptPath: string | undefined): Promise<void> {
  if (!/\.(?:pdf|png)$/i.test(path)) {
    throw new StudioError('OUTPUT_NOT_PDF_OR_PNG', `The storyboard cannot go to ${path}: it is written as PDF or PNG.`, { next: `Let the name end in .pdf or .png: --sheet ${basename(path, extname(path))}.pdf` });
  }
  await checkOutputFile(path, scriptPath, { what: 'storyboard', option: '--sheet', example: 'storyboard.pdf' });
}

function checkEnding(path: string, what: string): void {
  if (extname(path).toLowerCase() === '.mp4') return;
  throw new StudioError('OUTPUT_NOT_MP4', `The ${what} cannot go to ${path}: ${what}s are MP4 files.`, { next: `Let the name end in .mp4: -o ${basename(path, extname(path))}.mp4` });
}

/** What is to be written, as messages name it, and the option that says where. */
interface OutputWords {
  what: string;
  option: string;
  example: string;
}

async function checkOutputFile(path: string, scriptPath: string | undefined, words: OutputWords): Promise<void> {
  const { what, option, example } = words;
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new StudioError('OUTPUT_IS_FOLDER', `The ${what} cannot go to ${path}: that is a folder.`, { next: `Name a file: ${option} ${join(path, example)}` });
  if (there && scriptPath !== undefined && (await realpath(path)) === scriptPath) {
    throw new StudioError('OUTPUT_IS_SCRIPT', `The ${what} would replace its own script, ${path}.`, { next: `Name another file with ${option}.` });
  }
  await probeFolder(dirname(path), path, words);
}

/**
 * Makes the film's folder, which {@link checkFilmPath} left as it was.
 * @returns for after a failure: takes away the folders that are new and empty.
 */
export async function makeFilmFolder(path: string): Promise<() => Promise<void>> {
  const clipsFolder = clipsFolderOf(path);
  const hadClips = (await stat(clipsFolder).catch(() => undefined)) !== undefined;
  const takeBack = await makeOutputFolder(path);
  return async () => {
    if (!hadClips) await isGone(clipsFolder);
    await takeBack();
  };
}

/** The same for a file that brings no clips. */
export async function makeOutputFolder(path: string): Promise<() => Promise<void>> {
  const topmost = await makeFolder(dirname(path));
  return async () => {
    if (topmost === undefined) return;
    for (let folder = dirname(path); folder.length >= topmost.length && (await isGone(folder)); ) folder = dirname(folder);
  };
}

async function isGone(folder: string): Promise<boolean> {
  return await rmdir(folder).then(() => true, () => false);
}

async function probeFolder(folder: string, path: string, { what, option }: OutputWords): Promise<void> {
  let made: string | undefined;
  try {
    made = await makeFolder(folder);
    const probe = join(folder, `.directorstudio-${randomUUID()}.tmp`);
    const handle = await open(probe, 'wx');
    try {
      await handle.writeFile('x');
    } finally {
      await handle.close();
      await rm(probe, { force: true });
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new StudioError('DISK_FULL', `The disk of ${folder} is full: not even the first byte of the ${what} fits.`, { next: `Make room, or name another place with ${option}.`, cause: error });
    const why = { EACCES: 'you may not write there', EPERM: 'you may not write there', EROFS: 'that disk is read-only', ENOTDIR: 'part of that path is a file', EEXIST: 'part of that path is a file' }[code ?? ''];
    throw new StudioError('OUTPUT_NOT_WRITABLE', `The ${what} cannot go to ${path}: ${why ?? messageOf(error)}.`, { next: `Name another place with ${option}.`, cause: error, detail: { path } });
  } finally {
    // Nothing stays behind of a question.
    if (made !== undefined) await rm(made, { recursive: true, force: true });
  }
}
