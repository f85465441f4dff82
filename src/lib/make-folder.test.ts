import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'make-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('makes what is missing and names the topmost folder that is new', async () => {
  expect(await makeFolder(join(folder, 'a', 'b', 'c'), { mode: 0o700 })).toBe(join(folder, 'a'));
  expect(statSync(join(folder, 'a', 'b', 'c')).mode & 0o777).toBe(0o700);
  expect(await makeFolder(join(folder, 'a', 'b'))).toBeUndefined();
});

test('refuses a path with a file in the way', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('ends where a folder can never be made, instead of trying for ever', async () => {
  // Only Linux has /proc; elsewhere its parent is missing or may not be written, which must end as well.
  await expect(makeFolder('/proc/directorstudio-absent/home')).rejects.toThrow(/ENOENT|EACCES|EPERM|EROFS/);
});

test('makes folders that many ask for at once, whoever makes their parents', async () => {
  for (let round = 0; round < 20; round += 1) {
    const base = join(folder, `round-${round}`);
    await expect(Promise.all(Array.from({ length: 12 }, (_, index) => makeFolder(join(base, 'a', 'b', `c${index % 4}`))))).resolves.toHaveLength(12);
  }
});
