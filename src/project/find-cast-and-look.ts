import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { messageOf, StudioError, systemErrorCode } from '../lib/errors.ts';
import { NO_FILE_WORDS, readNamedFile } from '../lib/read-named-file.ts';
import type { CastAndLook, CastRecord } from '../protocol/cast-and-look.ts';
import type { Frame } from '../protocol/shot-settings.ts';
import { foldedName, MAX_CAST_FILE_BYTES, MOST_CHARACTERS, readCastFile, type ReadScript, type WrittenCast, type WrittenCharacter } from '../script/index.ts';
import type { Project } from '../store/index.ts';
import { readFrame } from './frames.ts';

/** What a film's characters and look are, and where that was found. */
export interface FoundCastAndLook {
  castAndLook: CastAndLook;
  /** What `--cast` named, now or before: a whole path or `none`. */
  castFile?: string;
  /** Pictures to keep in the home when the plan is saved. */
  frames: { frame: Frame; bytes: Uint8Array }[];
  /** Pictures that cannot be taken. */
  problems: string[];
  notes: string[];
}

interface Found {
  written: WrittenCast;
  /** Pictures are named from here. */
  folder: string;
  /** For messages. */
  name: string;
}

/** The file beside a script that says its cast and look: `story.cast.json` for `story.txt`. */
export function castFileBeside(scriptPath: string): string {
  return join(dirname(scriptPath), `${basename(scriptPath, extname(scriptPath))}.cast.json`);
}

/**
 * Finds a film's cast and look: in the file that `--cast` named, now or before; else in the script itself (a JSON list), or
 * in the file beside it. People whom a screenplay or a story introduces and who have no record there have the script's words.
 * @param request.castFile a whole path, or `none` for no cast at all; missing: as before.
 * @throws StudioError CAST_MISSING, CAST_UNREADABLE, CAST_INVALID, CAST_TWICE.
 */
export async function findCastAndLook(request: { script: { name: string; path?: string }; castFile?: string }, { cast: inScript, foundCast = [] }: Pick<ReadScript, 'cast' | 'foundCast'>, project: Project | undefined): Promise<FoundCastAndLook> {
  const castFile = request.castFile ?? project?.castFile;
  const remembered = castFile === undefined ? {} : { castFile };
  const nothing: FoundCastAndLook = { castAndLook: { cast: [], look: {} }, ...remembered, frames: [], problems: [], notes: [] };
  const written = await find(request, castFile, inScript);
  const found = written === undefined || written === 'gone' ? written : { ...written, written: { ...written.written, cast: withFound(written.written.cast, foundCast) } };
  if (found === 'gone') {
    if (request.castFile !== undefined || !project) throw missing(castFile ?? '');
    return { ...nothing, castAndLook: project.castAndLook, notes: [`${castFile} is not there any more; cast and look are as they were last time. --cast FILE names another, --cast none goes without.`] };
  }
  if (found === undefined) {
    const people = castFile === 'none' ? [] : withFound([], foundCast);
    if (people.length > 0) return { ...nothing, castAndLook: { cast: people.map(({ name, words }) => ({ name, ...(words === undefined ? {} : { words }) })), look: {} } };
    const had = project !== undefined && (project.castAndLook.cast.length > 0 || Object.keys(project.castAndLook.look).length > 0);
    return { ...nothing, notes: had ? ['This film had a cast or a look the last time and has none now: their words are no longer sent.'] : [] };
  }
  const read = await Promise.all(found.written.cast.map(async (character) => await readCharacter(character, found, project)));
  return {
    castAndLook: { cast: read.map(({ record }) => record), look: found.written.look },
    ...remembered,
    frames: read.flatMap(({ frames }) => frames),
    problems: read.flatMap(({ problems }) => problems),
    notes: [],
  };
}

/** Records as they are written, then those of the people found beside them. */
function withFound(written: readonly WrittenCharacter[], found: readonly WrittenCharacter[]): WrittenCharacter[] {
  const names = new Set(written.map(({ name }) => foldedName(name)));
  return [...written, ...found.filter(({ name }) => !names.has(foldedName(name))).slice(0, Math.max(0, MOST_CHARACTERS - written.length))];
}

async function find(request: { script: { name: string; path?: string } }, castFile: string | undefined, inScript: WrittenCast | undefined): Promise<Found | 'gone' | undefined> {
  const { name, path } = request.script;
  if (castFile === 'none') return undefined;
  if (castFile !== undefined) {
    if (inScript) throw twice(name, castFile);
    return (await readWritten(castFile)) ?? 'gone';
  }
  const beside = path === undefined ? undefined : await readWritten(castFileBeside(path));
  if (inScript && beside) throw twice(name, beside.name);
  return inScript ? { written: inScript, folder: path === undefined ? process.cwd() : dirname(path), name } : beside;
}

async function readWritten(path: string): Promise<Found | undefined> {
  try {
    const found = await readNamedFile(path, MAX_CAST_FILE_BYTES);
    if ('no' in found) throw unreadable(path, NO_FILE_WORDS[found.no]);
    // A larger one is refused by its size, and not read whole for it.
    const bytes = found.sizeBytes > MAX_CAST_FILE_BYTES ? new Uint8Array(MAX_CAST_FILE_BYTES + 1) : found.bytes;
    return { written: readCastFile(bytes, basename(path)), folder: dirname(path), name: basename(path) };
  } catch (error) {
    if (StudioError.is(error)) throw error;
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw unreadable(path, messageOf(error), error);
  }
}

async function readCharacter({ name, words, colour, pictures }: WrittenCharacter, found: Found, project: Project | undefined): Promise<{ record: CastRecord; frames: FoundCastAndLook['frames']; problems: string[] }> {
  const frames: FoundCastAndLook['frames'] = [];
  const problems: string[] = [];
  const read: NonNullable<CastRecord['pictures']> = [];
  const kept = project?.castAndLook.cast.flatMap((record) => record.pictures ?? []) ?? [];
  for (const written of pictures ?? []) {
    const path = /^https:\/\//i.test(written) || isAbsolute(written) ? written : resolve(found.folder, written);
    const picture = await readFrame(written, found.folder);
    const before = kept.find((each) => each.path === path);
    if ('frame' in picture) {
      read.push({ path, frame: picture.frame });
      if (picture.bytes) frames.push({ frame: picture.frame, bytes: picture.bytes });
    } else if (picture.missing && before) read.push(before);
    else problems.push(`${found.name}, ${name}: picture ${picture.problem}`);
  }
  return { record: { name, ...(words === undefined ? {} : { words }), ...(colour === undefined ? {} : { colour }), ...(read.length === 0 ? {} : { pictures: read }) }, frames, problems };
}

function twice(name: string, other: string): StudioError {
  return new StudioError('CAST_TWICE', `${name} says its cast or look itself, and ${basename(other)} does too.`, { next: 'Keep one of them; --cast none goes without a file.' });
}

function unreadable(path: string, why: string, cause?: unknown): StudioError {
  return new StudioError('CAST_UNREADABLE', `${path} cannot be read: ${why}.`, { next: 'Check the file, or name another with --cast.', cause, detail: { path } });
}

function missing(path: string): StudioError {
  return new StudioError('CAST_MISSING', `There is no file ${path} with cast and look.`, { next: 'Give the path of a .json file, or --cast none to go without; docs/cast-and-look.md has an example.', detail: { path } });
}
