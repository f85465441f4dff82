import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { openDatabase } from './database.ts';
import { openStore } from './index.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'store-'));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

it('refuses a store that a newer version wrote, and changes nothing in it', async () => {
  const path = join(home, 'studio.sqlite');
  const db = await openDatabase(path);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030')`.execute(db);
  await db.destroy();
  const before = await readFile(path);
  const thrown: unknown = await openDatabase(path).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(StudioError);
  expect(thrown).toMatchObject({ code: 'STORE_TOO_NEW', message: expect.stringContaining('9999-from-the-future') as string });
  expect(await readFile(path)).toEqual(before);
});

it('lets two processes meet a store that does not exist yet, as often as they like', async () => {
  const script = `
    const { openStore } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
    console.log('ready');
    const startMs = await new Promise((resolve) => process.stdin.once('data', (line) => resolve(Number(line))));
    const ids = [];
    for (let index = 0; index < 25; index += 1) {
      while (Date.now() < startMs + index * 60);
      const store = await openStore({ home: ${JSON.stringify(home)} + '/' + index });
      ids.push((await store.projects.createProject({ name: 'film', engine: 'sandbox' })).id);
      await store.close();
    }
    console.log(JSON.stringify(ids));
    process.exit(0);`;
  const start = async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines: string[] = [];
    child.stdout.on('data', (piece: Buffer) => lines.push(...piece.toString().trim().split('\n')));
    const exited = once(child, 'exit');
    while (!lines.includes('ready')) await Promise.race([once(child.stdout, 'data'), exited]);
    return { child, lines, exited };
  };
  const children = await Promise.all([start(), start()]);
  const startMs = Date.now() + 50;
  for (const { child } of children) child.stdin.write(`${startMs}\n`);
  for (const { exited } of children) expect((await exited)[0]).toBe(0);
  const [one, two] = children.map(({ lines }) => JSON.parse(lines.at(-1) ?? '') as string[]);
  expect(one).toHaveLength(25);
  expect(two).toEqual(one);
});

it('leaves nothing of a migration that broke off, and makes the tables at the next start', async () => {
  const path = join(home, 'studio.sqlite');
  const inTheWay = new Database(path);
  inTheWay.exec('create table slots (name text)');
  inTheWay.close();
  await expect(openDatabase(path)).rejects.toMatchObject({ code: 'STORE_UNUSABLE' });
  const after = new Database(path);
  expect(after.prepare("select name from sqlite_master where name in ('projects', 'takes')").all()).toEqual([]);
  after.exec('drop table slots');
  after.close();
  const store = await openStore({ home });
  expect(await store.projects.listProjects()).toEqual([]);
  await store.close();
});

it.each([
  ['no database at all', Buffer.from('This is a letter to my grandmother. '.repeat(100))],
  ['a database cut to its first page', 'cut'],
] as const)('says that a store is damaged and what to do, and leaves it, when the file is %s', async (_, content) => {
  const path = join(home, 'studio.sqlite');
  if (content === 'cut') {
    const db = await openDatabase(path);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    await db.destroy();
    for (const ending of ['-wal', '-shm']) await rm(`${path}${ending}`, { force: true });
    await writeFile(path, (await readFile(path)).subarray(0, 4096));
  } else await writeFile(path, content);
  const before = await readFile(path);
  const thrown: unknown = await openStore({ home }).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: 'STORE_DAMAGED', next: expect.stringContaining('directorstudio recover') as string });
  expect(await readFile(path)).toEqual(before);
});

it.skipIf(process.platform === 'win32')('keeps scripts and prompts to their owner: every file of the store is private', async () => {
  const store = await openStore({ home });
  await store.projects.createProject({ name: 'film', engine: 'sandbox' });
  const files = (await readdir(home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toContain('studio.sqlite-wal');
  for (const file of files.filter(({ name }) => name.startsWith('studio'))) {
    expect(`${file.name} ${((await stat(join(file.parentPath, file.name))).mode & 0o777).toString(8)}`).toBe(`${file.name} 600`);
  }
  await store.close();
});

it('commits so that a power cut loses nothing: WAL with full syncs', async () => {
  const db = await openDatabase(join(home, 'studio.sqlite'));
  const journal = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db);
  const synchronous = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
  expect([journal.rows[0]?.journal_mode, synchronous.rows[0]?.synchronous]).toEqual(['wal', 2]);
  await db.destroy();
});

it('says in words that its file is damaged, and what to do, instead of a stack', async () => {
  const store = await openStore({ home });
  for (let film = 0; film < 200; film += 1) await store.projects.createProject({ name: `film ${film} ${'x'.repeat(400)}`, engine: 'sandbox' });
  await store.close();
  const path = join(home, 'studio.sqlite');
  const bytes = await readFile(path);
  bytes.fill(0xa5, Math.floor(bytes.length / 2));
  await writeFile(path, bytes);
  const useIt = async () => {
    const damaged = await openStore({ home });
    try {
      await damaged.projects.listProjects();
      await damaged.projects.createProject({ name: 'one more', engine: 'sandbox' });
    } finally {
      await damaged.close();
    }
  };
  await expect(useIt()).rejects.toMatchObject({ code: expect.stringMatching(/^STORE_(DAMAGED|UNUSABLE)$/) as string, next: expect.stringContaining('backup') as string });
});
