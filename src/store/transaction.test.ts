import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type Db } from './database.ts';
import { inTransaction } from './transaction.ts';

let home: string;
let db: Db;
/** Another process's view: what is committed, nothing else. */
let other: Db;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'store-'));
  db = await openDatabase(join(home, 'studio.sqlite'));
  other = await openDatabase(join(home, 'studio.sqlite'));
  await sql`create table notes (name text primary key)`.execute(db);
});
afterEach(async () => {
  await db.destroy();
  await other.destroy();
  await rm(home, { recursive: true, force: true });
});

const note = async (transaction: Db, name: string) => {
  await sql`insert into notes (name) values (${name})`.execute(transaction);
  return name;
};
const notes = async (view: Db) => (await sql<{ name: string }>`select name from notes order by rowid`.execute(view)).rows.map(({ name }) => name);

it('writes all of a work or nothing, whatever the works do that share its commit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ lines: fc.integer({ min: 0, max: 3 }), throwsAfter: fc.boolean() }), { maxLength: 120 }), async (works) => {
      await sql`delete from notes`.execute(db);
      const settled = await Promise.allSettled(
        works.map(async ({ lines, throwsAfter }, index) =>
          inTransaction(db, async (transaction) => {
            for (let line = 0; line < lines; line += 1) await note(transaction, `${index}.${line}`);
            if (throwsAfter) throw new Error(`work ${index}`);
          }),
        ),
      );
      expect(settled.map(({ status }) => status === 'rejected')).toEqual(works.map(({ throwsAfter }) => throwsAfter));
      const written = works.flatMap(({ lines, throwsAfter }, index) => (throwsAfter ? [] : Array.from({ length: lines }, (_, line) => `${index}.${line}`)));
      expect(await notes(other)).toEqual(written);
    }),
    { numRuns: 30 },
  );
});

it('tells nobody that a work is written before every other process can see it', async () => {
  const seenThen = await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      await inTransaction(db, (transaction) => note(transaction, name));
      return (await notes(other)).includes(name);
    }),
  );
  expect(seenThen).toEqual([true, true, true]);
});

it('lets a work see what the works before it wrote, and makes an inner one part of the outer', async () => {
  const [, seen] = await Promise.all([
    inTransaction(db, (transaction) => note(transaction, 'first')),
    inTransaction(db, async (transaction) => {
      await inTransaction(transaction, (same) => note(same, 'inner'));
      return await notes(transaction);
    }),
  ]);
  expect(seen).toEqual(['first', 'inner']);
  const thrown = inTransaction(db, async (transaction) => {
    await inTransaction(transaction, (same) => note(same, 'taken back with the outer one'));
    throw new Error('outer');
  });
  await expect(thrown).rejects.toThrow('outer');
  expect(await notes(other)).toEqual(['first', 'inner']);
});

it('fails every work of a commit that the disk refuses, and writes the next ones', async () => {
  // A pager that may not grow is SQLite's own full disk.
  const pages = (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0]?.page_count ?? 0;
  await sql.raw(`pragma max_page_count = ${pages}`).execute(db);
  const long = 'x'.repeat(200_000);
  const settled = await Promise.allSettled(['short', long, 'short too'].map((name) => inTransaction(db, (transaction) => note(transaction, name))));
  expect(settled.filter(({ status }) => status === 'rejected')).not.toHaveLength(0);
  const told = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(await notes(other)).toEqual(told);
  await sql.raw(`pragma max_page_count = 1000000`).execute(db);
  await inTransaction(db, (transaction) => note(transaction, 'after'));
  expect(await notes(other)).toEqual([...told, 'after']);
});

it('tells every work that waits that the store is closed', async () => {
  await db.destroy();
  const settled = await Promise.allSettled(['a', 'b'].map((name) => inTransaction(db, (transaction) => note(transaction, name))));
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  db = await openDatabase(join(home, 'studio.sqlite'));
});
