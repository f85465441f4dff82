import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { openDatabase } from './database.ts';
import { openStore } from './index.ts';

/** What migrations after 0002 added to tables of the first version. */
const LATER_COLUMNS = [
  ['projects', 'cast_and_look'],
  ['projects', 'cast_file'],
  ['shots', 'prompt'],
  ['shots', 'cast_names'],
  ['shots', 'findings'],
  ['shots', 'by_hand'],
  ['takes', 'note'],
  ['takes', 'rejected'],
] as const;

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'edits-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

it('keeps the edit of a film and the names it was handed off under: one of each, to the last digit, gone with the film', async () => {
  const store = await openStore({ home, clock: { ...systemClock, now: () => 1_700_000_000_000 } });
  const { id } = await store.projects.createProject({ name: 'film', engine: 'sandbox' });
  const other = await store.projects.createProject({ name: 'other', engine: 'sandbox' });
  expect([await store.edits.find(id), await store.edits.findHandOff(id)]).toEqual([undefined, undefined]);

  await store.edits.save(id, { source: 'first.edl', parts: [{ shotId: 'a', inS: 0 }], leftOut: ['b'] });
  const edit = { source: 'Schnitt #2.otio', parts: [{ shotId: 'b', inS: 1001 / 24000, outS: 121 * (1001 / 24000) }, { blackS: 1.5 }, { shotId: 'b', inS: 0 }], leftOut: [] };
  await store.edits.save(id, edit);
  await store.edits.saveHandOff(id, { slates: { S01_SH01: 'a' }, frameRate: 24 });
  await store.edits.saveHandOff(id, { slates: { S01_SH01: 'b' }, frameRate: 24000 / 1001 });
  await store.close();

  const again = await openStore({ home });
  expect(await again.edits.find(id)).toEqual({ ...edit, readAtMs: 1_700_000_000_000 });
  expect(await again.edits.findHandOff(id)).toEqual({ slates: { S01_SH01: 'b' }, frameRate: 24000 / 1001, madeAtMs: 1_700_000_000_000 });
  expect(await again.edits.find(other.id)).toBeUndefined();
  await again.edits.remove(id);
  expect(await again.edits.find(id)).toBeUndefined();
  await again.edits.save(id, edit);
  await again.projects.removeProject(id);
  expect([await again.edits.find(id), await again.edits.findHandOff(id)]).toEqual([undefined, undefined]);
  await again.close();
});

it('comes to a store of an earlier version with everything that is in it', async () => {
  const path = join(home, 'studio.sqlite');
  const store = await openStore({ home });
  const { id } = await store.projects.createProject({ name: 'film', engine: 'kling' });
  await store.close();
  // As the first version left it.
  const db = await openDatabase(path);
  for (const table of ['edits', 'hand_offs', 'requests']) await sql`drop table ${sql.table(table)}`.execute(db);
  for (const [table, column] of LATER_COLUMNS) await sql`alter table ${sql.table(table)} drop column ${sql.ref(column)}`.execute(db);
  await sql`delete from kysely_migration where name > '0001-first'`.execute(db);
  await db.destroy();
  const updated = await openStore({ home });
  expect((await updated.projects.listProjects()).map((project) => project.id)).toEqual([id]);
  await updated.edits.save(id, { source: 'a.otio', parts: [], leftOut: [] });
  expect(await updated.edits.find(id)).toMatchObject({ source: 'a.otio' });
  await updated.close();
});
