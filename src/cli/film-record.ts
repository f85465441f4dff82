import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FilmRecord } from '../store/index.ts';
import type { Studio } from '../studio.ts';

/** What the film at a path was cut from; `undefined` where this home never cut one. The file may have gone since. */
export async function filmRecordAt(studio: Studio, path: string): Promise<FilmRecord | undefined> {
  return await studio.store.films.find(await realFilmPath(path));
}

/**
 * Writes down that a film is to be cut at a path, before there is one: a run that dies on the way is then finished by
 * `resume`. What is known of a film that was cut there before stays; it says by itself that another one is wanted.
 */
export async function rememberWantedFilm(studio: Studio, projectId: string, path: string): Promise<void> {
  if ((await filmRecordAt(studio, path)) !== undefined) return;
  const facts = { frameCount: 0, durationS: 0, width: 0, height: 0, frameRate: 0, audio: false };
  // No cut has this digest.
  await studio.store.films.save({ path: await realFilmPath(path), projectId, planDigest: 'wanted', sizeBytes: 0, mtimeMs: 0, facts });
}

/** Its name once it is there: in the real folder also while the film itself is missing. */
async function realFilmPath(path: string): Promise<string> {
  const folder = async () => await realpath(dirname(path)).catch(() => dirname(path));
  return await realpath(path).catch(async () => join(await folder(), basename(path)));
}
