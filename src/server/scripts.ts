import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, resolve, sep, win32 } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { FilmPlan } from '../project/index.ts';
import { MAX_SCRIPT_BYTES, readScript, type ScriptReading } from '../script/index.ts';
import type { Project } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { HttpError } from './errors.ts';
import type { ServerParts } from './server-parts.ts';

/** A script with its name, as it was handed in. */
export interface GivenScript {
  fileName: string;
  bytes: Uint8Array;
}

export interface PlanOptions {
  as?: ScriptReading | undefined;
  model?: string | undefined;
  mode?: 'std' | 'pro' | '4k' | undefined;
  durationS?: number | undefined;
  aspectRatio?: '16:9' | '9:16' | '1:1' | undefined;
  negativePrompt?: string | undefined;
  takes?: number | undefined;
  pace?: 'calm' | 'even' | 'brisk' | undefined;
  replan?: boolean | undefined;
  fix?: boolean | undefined;
  anyway?: boolean | undefined;
  castFile?: string;
  /** The advice keeps to it. */
  capUnits?: number | undefined;
}

/** The last part of a name, as a file in the home may be called. */
export function safeFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const kept = last.normalize('NFC').replaceAll(/[\p{Cc}:*?"<>|]/gu, '').replace(/^[.\s]+/, '').trim();
  const ending = extname(kept).slice(0, 12);
  return kept === '' ? 'script.txt' : `${kept.slice(0, kept.length - extname(kept).length).slice(0, 80)}${ending}`;
}

export function givenScript(script: { fileName: string; text: string } | { fileName: string; base64: string }): GivenScript {
  const bytes = 'text' in script ? Buffer.from(script.text, 'utf8') : Buffer.from(script.base64, 'base64');
  if (bytes.length > MAX_SCRIPT_BYTES) throw new HttpError(413, 'SCRIPT_TOO_LARGE', `This script has ${Math.ceil(bytes.length / 1024 / 1024)} MB; a script has at most 20.`, { next: 'Check that this is the script and not a video.' });
  return { fileName: safeFileName(script.fileName), bytes };
}

/** How a text is read stands in its name, here and for the command line: whoever said so once is not asked at every change. */
const ENDING_OF: Readonly<Record<NonNullable<PlanOptions['as']>, string>> = { shots: '.txt', prose: '.md', screenplay: '.fountain' };

/** A text under the name that reads it as was said; a document is read by what it is. */
export function namedAsRead(script: GivenScript, as: PlanOptions['as'] | undefined): GivenScript {
  const ending = extname(script.fileName);
  if (as === undefined || !['.txt', '.md', '.fountain', ''].includes(ending.toLowerCase())) return script;
  return { ...script, fileName: `${script.fileName.slice(0, script.fileName.length - ending.length)}${ENDING_OF[as]}` };
}

/** A script as it was handed in, or one of the examples. @throws HttpError SCRIPT_TOO_LARGE, EXAMPLE_UNKNOWN. */
export async function scriptOf({ examplesFolder }: Pick<ServerParts, 'examplesFolder'>, source: Parameters<typeof givenScript>[0] | { example: string }): Promise<GivenScript> {
  if (!('example' in source)) return givenScript(source);
  const found = (await readdir(examplesFolder).catch(() => [])).find((name) => name === source.example);
  if (found === undefined || !(await stat(join(examplesFolder, found))).isFile()) throw new HttpError(404, 'EXAMPLE_UNKNOWN', 'There is no such example.', { next: 'GET /api/examples lists them.' });
  return { fileName: found, bytes: await readFile(join(examplesFolder, found)) };
}

/** Every script of a page's film lies in a folder of its own, so that pictures and cast can stand beside it. */
export function scriptsFolder(home: string): string {
  return join(home, 'scripts');
}

export async function keepScript(home: string, { fileName, bytes }: GivenScript, folder = join(scriptsFolder(home), randomUUID())): Promise<string> {
  await makeFolder(folder, { mode: 0o700 });
  const path = join(folder, fileName);
  await writeFileAtomic(path, bytes, { mode: 0o600 });
  return await realpath(path);
}

/** Whether a film's script is ours to change. */
export async function isOurs(home: string, project: Pick<Project, 'scriptPath'>): Promise<boolean> {
  if (project.scriptPath === undefined) return false;
  const folder = await realpath(scriptsFolder(home)).catch(() => scriptsFolder(home));
  return project.scriptPath.startsWith(folder + sep);
}

/** The script of a film as it lies there. @throws HttpError SCRIPT_MISSING. */
export async function readScriptOf(project: Project): Promise<GivenScript & { path: string; revision: string }> {
  const { scriptPath: path } = project;
  const bytes = path === undefined ? undefined : await readFile(path).catch(() => undefined);
  if (path === undefined || bytes === undefined) throw new HttpError(404, 'SCRIPT_MISSING', 'The script of this film is not where it was.', { next: path === undefined ? 'It was read from standard input and not kept; paste it anew.' : 'Put it back, or paste it anew.' });
  return { fileName: basename(path), bytes, path, revision: revisionOf(bytes) };
}

export function revisionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/**
 * A script that comes from the page may name pictures at addresses, or files beside it: nothing else of this machine is read
 * for it. @throws HttpError SCRIPT_NAMES_FILES, and what reading a script throws.
 */
async function refuseOtherFiles(script: GivenScript, folder: string | undefined, as: ScriptReading | undefined): Promise<void> {
  const read = await readScript(script.bytes, { name: script.fileName, ...(as === undefined ? {} : { as }) });
  const named = [...read.shots.flatMap(({ startFrame, endFrame }) => [startFrame, endFrame]), ...(read.cast?.cast ?? []).flatMap(({ pictures }) => pictures ?? [])].filter((name) => name !== undefined);
  const outside = named.filter((name) => !/^https:\/\//i.test(name) && (folder === undefined || isAbsolute(name) || win32.isAbsolute(name) || !resolve(folder, name).startsWith(folder + sep)));
  if (outside.length > 0) {
    throw new HttpError(422, 'SCRIPT_NAMES_FILES', `This script names files of this machine (${outside.slice(0, 3).map((name) => JSON.stringify(name.slice(0, 80))).join(', ')}), which the page does not open.`, { next: 'Give pictures as https addresses, or film this script with the command line.' });
  }
}

/** What a script becomes for a film, or by itself. Saves and spends nothing. */
export async function planScript(studio: Studio, script: GivenScript, options: PlanOptions, film: { project?: Project | undefined; name?: string; ours: boolean; path?: string }): Promise<FilmPlan> {
  const path = film.path ?? film.project?.scriptPath;
  // A film of the page has a .txt only where a shot a paragraph was wanted.
  const as = options.as ?? (film.ours && film.project !== undefined && extname(script.fileName).toLowerCase() === '.txt' ? 'shots' : undefined);
  if (film.ours) await refuseOtherFiles(script, path === undefined ? undefined : dirname(path), as);
  const asked = Object.fromEntries(Object.entries({ ...options, as }).filter(([, value]) => value !== undefined)) as { [Name in keyof PlanOptions]: NonNullable<PlanOptions[Name]> };
  return await studio.plan({ ...asked, script: { name: script.fileName, ...(path === undefined ? {} : { path }), bytes: script.bytes }, projectName: film.project?.name ?? film.name ?? `page:${revisionOf(script.bytes)}`, ...(path === undefined && options.castFile === undefined ? { castFile: 'none' } : {}) });
}
