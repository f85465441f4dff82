import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from './database.ts';

/** A group holds the write lock for some tens of milliseconds at most; other processes wait so long. */
const MOST_TOGETHER = 50;

interface Waiting {
  work: (transaction: Db) => Promise<unknown>;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** What waits for the next commit of a database. */
const queues = new WeakMap<Db, Waiting[]>();

/** Connections that are in a transaction of {@link inTransaction}; each is an object of its own. */
const transactions = new WeakSet<Db>();

/**
 * Runs `work` in a transaction that holds the write lock from its start, so that what it reads is still true when it
 * writes, whatever other processes do. On the disk when it resolves; nothing of it is written when it throws. Given a
 * transaction instead of a database, it is part of that one.
 *
 * Works that are asked for at the same time share one commit, because a commit waits for the disk and a film's takes
 * come in bursts: each has its savepoint, so one that throws takes nothing of the others with it. A kill before the
 * commit: none of them happened, and none was told that it had.
 */
export async function inTransaction<Result>(db: Db, work: (transaction: Db) => Promise<Result>): Promise<Result> {
  if (transactions.has(db)) return await work(db);
  return await new Promise<Result>((resolve, reject) => {
    const waiting: Waiting = { work, resolve: (result) => resolve(result as Result), reject };
    const queue = queues.get(db);
    if (queue) {
      queue.push(waiting);
      return;
    }
    queues.set(db, [waiting]);
    void writeAll(db);
  });
}

async function writeAll(db: Db): Promise<void> {
  for (;;) {
    const queue = queues.get(db) ?? [];
    if (queue.length === 0) break;
    // Whatever else has come in meanwhile (answers, finished downloads) is dealt with first, and shares the commit.
    await setImmediate();
    let group: Waiting[] = [];
    try {
      await db.connection().execute(async (connection) => {
        group = queue.splice(0, MOST_TOGETHER);
        await writeGroup(connection, group);
      });
    } catch (error) {
      // Not even a connection: the store is closed. Whoever waits is told so.
      for (const { reject } of [...group, ...queue.splice(0)]) reject(error);
    }
  }
  queues.delete(db);
}

/** One commit for all. Every work is settled when it returns. */
async function writeGroup(connection: Db, group: readonly Waiting[]): Promise<void> {
  const done: (() => void)[] = [];
  try {
    await sql`begin immediate`.execute(connection);
    transactions.add(connection);
    for (const { work, resolve, reject } of group) {
      await sql`savepoint work`.execute(connection);
      try {
        const result = await work(connection);
        done.push(() => resolve(result));
      } catch (error) {
        done.push(() => reject(error));
        // When SQLite has rolled everything back by itself (disk full), what went wrong is this, and for all of them.
        await sql`rollback to work`.execute(connection).catch(() => {
          throw error;
        });
      }
      await sql`release work`.execute(connection);
    }
    await sql`commit`.execute(connection);
  } catch (error) {
    await sql`rollback`.execute(connection).catch(() => undefined);
    for (const { reject } of group) reject(error);
    return;
  }
  for (const settle of done) settle();
}
