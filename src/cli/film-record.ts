import { realpath } from 'node:fs/promises';
import type { FilmRecord } from '../store/index.ts';
import type { Studio } from '../studio.ts';

/** What the film at a path was cut from; `undefined` where this home never cut one. The file may have gone since. */
export async function filmRecordAt(studio: Studio, path: string): Promise<FilmRecord | undefined> {
  return await studio.store.films.find(await realpath(path).catch(() => path));
}
