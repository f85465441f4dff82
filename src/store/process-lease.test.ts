import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeProcessLease } from './process-lease.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lease-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const locks = () => readdirSync(folder).filter((file) => file.endsWith('.lock')).sort();

async function otherProcess() {
  const script = `
    const { takeProcessLease } = await import(${JSON.stringify(new URL('./process-lease.ts', import.meta.url).href)});
    console.log(takeProcessLease(${JSON.stringify(folder)}).id);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [id] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, id };
}

test('a lease counts as alive while its process lives and as dead the moment the process is killed', async () => {
  const { child, id } = await otherProcess();
  const own = takeProcessLease(folder);
  expect(own.isAlive(own.id)).toBe(true);
  expect(own.isAlive(id)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(own.isAlive(id)).toBe(false);
  own.release();
  expect(own.isAlive(own.id)).toBe(false);
});

test('the files of dead processes are swept away, those of living ones stay', async () => {
  const dead = await otherProcess();
  const living = await otherProcess();
  dead.child.kill('SIGKILL');
  await once(dead.child, 'exit');
  const own = takeProcessLease(folder);
  expect(locks()).toEqual([`${living.id}.lock`, `${own.id}.lock`].sort());
  expect(own.isAlive(living.id)).toBe(true);
  living.child.kill('SIGKILL');
  await once(living.child, 'exit');
  own.release();
  expect(locks()).toEqual([`${living.id}.lock`]);
});

test('a lease id that is no id is never alive and touches no file', () => {
  const own = takeProcessLease(folder);
  expect(own.isAlive('../../etc/passwd')).toBe(false);
  expect(own.isAlive('00000000-0000-0000-0000-000000000000')).toBe(false);
  expect(locks()).toHaveLength(1);
  own.release();
});
