import type { Db } from './database.ts';
import { storedJson } from './stored-json.ts';

/** One thing that happened to a take. */
export interface JournalEntry {
  /** Wall-clock milliseconds. */
  atMs: number;
  event: string;
  detail: Record<string, unknown>;
}

/** Writes down what happened to a row; part of the transaction that changes it. */
export async function note(db: Db, generationId: string, { atMs, event, detail }: JournalEntry): Promise<void> {
  await db.insertInto('journal').values({ generation_id: generationId, at: atMs, event, detail: JSON.stringify(detail) }).execute();
}

/** What happened to a row, oldest first. */
export async function readJournal(db: Db, generationId: string): Promise<JournalEntry[]> {
  const rows = await db.selectFrom('journal').selectAll().where('generation_id', '=', generationId).orderBy('id').execute();
  return rows.map((row) => ({ atMs: row.at, event: row.event, detail: storedJson(row.detail, 'the journal of a take', (value) => value as Record<string, unknown>) }));
}

/**
 * Which of these rows stand on a task that Kling had before any request of theirs: for a home that was lost, another
 * machine, an older backup. Every POST of theirs was refused because its id was taken.
 */
export async function takenOverAmong(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const seen = new Map<string, Set<string>>();
  // SQLite takes 32,766 parameters at most.
  for (let start = 0; start < ids.length; start += 5_000) {
    const rows = await db
      .selectFrom('journal')
      .select(['generation_id', 'event'])
      .where('generation_id', 'in', ids.slice(start, start + 5_000))
      .where('event', 'in', ['id-taken', 'lost', 'next-attempt'])
      .execute();
    for (const { generation_id: id, event } of rows) seen.set(id, (seen.get(id) ?? new Set()).add(event));
  }
  // An answer that was lost may have been the one that made the task; under a new id it was made anew.
  return new Set([...seen].filter(([, events]) => events.has('id-taken') && events.size === 1).map(([id]) => id));
}
