import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepFrames } from './frames.ts';

const HOUR_MS = 60 * 60 * 1000;
const SHA = 'a'.repeat(64);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frames-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('clears what a kill left half written, but not what another process writes right now', async () => {
  const left = '.3f2a9c1e-0b7d-4c55-9a61-5d1e0c9b7a42.tmp';
  const others = [`${SHA}.png`, `last-of-${SHA}.png`, '.hidden', 'notes.tmp'];
  for (const name of [left, ...others]) await writeFile(join(folder, name), 'bytes');
  await keepFrames(folder, [], { nowMs: Date.now() });
  expect(await readdir(folder)).toContain(left);
  await keepFrames(folder, [{ frame: { sha256: 'b'.repeat(64), format: 'png', name: 'door.png' }, bytes: new Uint8Array([1]) }], { nowMs: Date.now() + 2 * HOUR_MS });
  expect((await readdir(folder)).sort()).toEqual([...others, `${'b'.repeat(64)}.png`].sort());
});

it('needs no folder where there is nothing to keep', async () => {
  await keepFrames(join(folder, 'none'), []);
  expect(await readdir(folder)).toEqual([]);
});
