import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StudioError } from '../lib/errors.ts';
import type { FilmSettings } from '../protocol/shot-settings.ts';
import type { UnderOptions } from './film-options.ts';
import type { Session } from './session.ts';

/**
 * What is to lie under the film: as asked for now, else as it was before. Looked at before any money is spent.
 * @throws StudioError SOUND_UNUSABLE, SOUND_GONE, UNDER_DB_ALONE.
 */
export async function underOf(session: Session, before: FilmSettings['under'], { under: asked, underDb }: UnderOptions, filmPath: string): Promise<FilmSettings['under']> {
  if (asked === undefined && underDb !== undefined && !before) throw new StudioError('UNDER_DB_ALONE', '--under-db says how loud a file under the film is, and there is none.', { next: 'Name it: --under music.mp3.' });
  if (asked === 'none') return undefined;
  const path = asked === undefined ? before?.path : resolve(session.deps.cwd, asked);
  if (path === undefined) return undefined;
  if (await isOneFile(path, filmPath)) throw new StudioError('SOUND_UNUSABLE', `Cannot lay ${path} under the film: the film itself would be written over it.`, { next: 'Name another place for the film with -o, or another file with --under.', detail: { path } });
  if (asked !== undefined) await (await import('../media/index.ts')).probeSoundFile(path);
  else if (!(await stat(path).catch(() => undefined))?.isFile()) throw new StudioError('SOUND_GONE', `What lies under this film cannot be read any more: ${path}.`, { next: 'Put it back, name another with --under FILE, or take it away with --under none.', detail: { path } });
  // Another file starts with the usual gain again.
  const gainDb = underDb ?? (asked === undefined ? before?.gainDb : undefined);
  return { path, ...(gainDb !== undefined && { gainDb }) };
}

async function isOneFile(one: string, other: string): Promise<boolean> {
  if (one === resolve(other)) return true;
  const [first, second] = await Promise.all([one, other].map(async (path) => await stat(path, { bigint: true }).catch(() => undefined)));
  return first !== undefined && second !== undefined && first.ino === second.ino && first.dev === second.dev;
}
