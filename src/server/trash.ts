import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import type { ApiCalls } from '../protocol/api/index.ts';
import { readArchive, type ProjectArchive } from '../store/index.ts';
import { HttpError } from './errors.ts';

/** So long a film that was removed can be brought back for sure; it is kept until the next one is removed after that. */
const UNDO_MS = 24 * 3_600_000;

type Removed = ApiCalls['removeProject']['answer'];

/** Keeps a film's record for a day. */
export async function putIntoTrash(home: string, { title, archive }: { title: string; archive: ProjectArchive }, nowMs: number): Promise<Removed> {
  const trashId = randomUUID();
  await writeFileAtomic(pathOf(home, trashId), JSON.stringify({ ...archive, removed: { title, atMs: nowMs } }), { mode: 0o600 });
  return { trashId, title, undoUntil: untilOf(nowMs) };
}

/** What can be brought back, the newest first. A file that cannot be read is none. */
export async function listTrash(home: string, nowMs: number): Promise<Removed[]> {
  const found: { atMs: number; removed: Removed }[] = [];
  for (const name of await readdir(folderOf(home)).catch(() => [])) {
    const kept = await readFile(join(folderOf(home), name), 'utf8').then((text) => JSON.parse(text) as { removed?: { title?: unknown; atMs?: unknown } }).catch(() => undefined);
    const { title, atMs } = kept?.removed ?? {};
    if (typeof title !== 'string' || typeof atMs !== 'number' || nowMs - atMs > UNDO_MS) continue;
    found.push({ atMs, removed: { trashId: name.replace(/\.json$/, ''), title, undoUntil: untilOf(atMs) } });
  }
  return found.toSorted((one, other) => other.atMs - one.atMs).map(({ removed }) => removed);
}

/** @throws HttpError TRASH_UNKNOWN. */
export async function readFromTrash(home: string, trashId: string): Promise<ProjectArchive> {
  const text = await readFile(pathOf(home, trashId), 'utf8').catch(() => undefined);
  if (text === undefined) throw new HttpError(404, 'TRASH_UNKNOWN', 'This film cannot be brought back any more.', { next: 'Make it again from its script: its clips are in the cache and cost nothing.' });
  const { removed: _, ...archive } = JSON.parse(text) as Record<string, unknown>;
  return readArchive(archive);
}

export async function removeFromTrash(home: string, trashId: string): Promise<void> {
  await rm(pathOf(home, trashId), { force: true });
}

export async function emptyTrash(home: string, nowMs: number): Promise<void> {
  for (const name of await readdir(folderOf(home)).catch(() => [])) {
    const path = join(folderOf(home), name);
    const found = await stat(path).catch(() => undefined);
    if (found && nowMs - found.mtimeMs > UNDO_MS) await rm(path, { force: true });
  }
}

const folderOf = (home: string): string => join(home, 'trash');
const pathOf = (home: string, trashId: string): string => join(folderOf(home), `${trashId}.json`);
const untilOf = (removedAtMs: number): string => new Date(removedAtMs + UNDO_MS).toISOString();
