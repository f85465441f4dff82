import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../lib/clock.ts';
import { systemClock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import type { AddStep } from './cached-clip.ts';
import { ClipCacheManager } from './clip-cache-manager.ts';

const runFile = promisify(execFile);
/** A process of its own, so that it can be killed, or race with others. */
const runTypeScript = (script: string) => runFile(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: import.meta.dirname });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const fingerprint = (name: string) => sha256(`fingerprint of ${name}`);
const DAY_MS = 24 * 60 * 60 * 1000;
const ADD_STEPS: AddStep[] = ['hashed', 'synced', 'placed', 'folder-synced', 'indexed', 'confirmed', 'done'];

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'clip-cache-'));
  folder = join(root, 'cache');
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function clockAt(offsetMs: number): Clock {
  return { ...systemClock, now: () => Date.now() + offsetMs };
}

async function store(cache: ClipCacheManager, name: string, content = `clip ${name}`) {
  const path = await cache.temporaryFile();
  await writeFile(path, content);
  return cache.add(fingerprint(name), path);
}

async function listed(path: string): Promise<string[]> {
  return readdir(path).catch(() => []);
}

/** What another process does that clears the cache at this moment: the clip is gone before any entry names it. */
function takeAwaySync(cacheFolder: string): string[] {
  const clips = readdirSync(join(cacheFolder, 'clips'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mp4'));
  for (const name of clips) rmSync(join(cacheFolder, 'clips', name));
  return clips;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return StudioError.is(error) ? error.code : `not a StudioError: ${String(error)}`;
}

describe('when things go wrong', () => {
  it.each(ADD_STEPS)('a full disk after "%s" is said as such, leaves no temporary file and no half clip', async (failingStep) => {
    const cache = new ClipCacheManager({
      folder,
      onAddStep: (step) => {
        if (step === failingStep) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      },
    });
    expect(await codeOf(store(cache, 'a', 'the clip'))).toBe('DISK_FULL');
    expect(await listed(join(folder, 'tmp'))).toEqual([]);
    const found = await new ClipCacheManager({ folder }).find(fingerprint('a'), { check: 'hash' });
    if (found) expect(await readFile(found.path, 'utf8')).toBe('the clip');
    await store(new ClipCacheManager({ folder }), 'a', 'the clip');
    expect(await new ClipCacheManager({ folder }).verify()).toMatchObject({ clips: 1, damaged: [], missing: [], orphans: [] });
  });

  it.each(ADD_STEPS)('killed after "%s", the old clip or the new one is found, and never a part', async (step) => {
    await store(new ClipCacheManager({ folder }), 'a', 'old clip');
    const script = `
      import { writeFile } from 'node:fs/promises';
      import { ClipCacheManager } from ${JSON.stringify(join(import.meta.dirname, 'clip-cache-manager.ts'))};
      const cache = new ClipCacheManager({ folder: ${JSON.stringify(folder)}, onAddStep: (at) => { if (at === ${JSON.stringify(step)}) process.kill(process.pid, 'SIGKILL'); } });
      const path = await cache.temporaryFile();
      await writeFile(path, 'the new clip');
      await cache.add(${JSON.stringify(fingerprint('a'))}, path);`;
    await expect(runTypeScript(script)).rejects.toMatchObject({ signal: 'SIGKILL' });
    const found = await new ClipCacheManager({ folder }).find(fingerprint('a'), { check: 'hash' });
    const indexed = ['indexed', 'confirmed', 'done'].includes(step);
    expect(await readFile(found!.path, 'utf8')).toBe(indexed ? 'the new clip' : 'old clip');
    expect(await new ClipCacheManager({ folder }).verify()).toMatchObject({ damaged: [], missing: [] });
    await store(new ClipCacheManager({ folder }), 'a', 'the new clip');
    await new ClipCacheManager({ folder, clock: clockAt(2 * DAY_MS) }).prune();
    expect(await new ClipCacheManager({ folder }).cacheSize()).toEqual({ clips: 1, sizeBytes: 12 });
    expect(await listed(join(folder, 'tmp'))).toEqual([]);
  });

  it('several processes storing the same clips at once, while another clears, lose none that was stored last', async () => {
    const script = (task: string) => `
      import { writeFile } from 'node:fs/promises';
      import { ClipCacheManager } from ${JSON.stringify(join(import.meta.dirname, 'clip-cache-manager.ts'))};
      const cache = new ClipCacheManager({ folder: ${JSON.stringify(folder)} });
      ${task}`;
    const prints = ['a', 'b', 'c', 'd'].map(fingerprint);
    const writer = script(`
      for (let round = 0; round < 15; round += 1) for (const print of ${JSON.stringify(prints)}) {
        const path = await cache.temporaryFile();
        await writeFile(path, 'same content for all');
        await cache.add(print, path);
      }`);
    const clearer = script(`for (let round = 0; round < 30; round += 1) await cache.clearCache({ keep: new Set(${JSON.stringify(prints.slice(0, 1))}) });`);
    await Promise.all([runTypeScript(writer), runTypeScript(writer), runTypeScript(clearer)]);
    const cache = new ClipCacheManager({ folder });
    expect(await cache.find(fingerprint('a'), { check: 'hash' })).toBeDefined();
    await store(cache, 'b', 'same content for all');
    expect(await cache.verify()).toMatchObject({ clips: 1, damaged: [], missing: [], orphans: [] });
    expect(await listed(join(folder, 'tmp'))).toEqual([]);
    expect(await listed(join(folder, 'damaged'))).toEqual([]);
  });

  it('a clip swept away in the middle of being stored again is there in the end', async () => {
    const other = new ClipCacheManager({ folder });
    await store(other, 'a', 'same');
    for (const [index, sweepAt] of (['placed', 'folder-synced'] as AddStep[]).entries()) {
      let sweep: string[] = [];
      const cache = new ClipCacheManager({ folder, onAddStep: (step) => { if (step === sweepAt) sweep = takeAwaySync(folder); } });
      await store(cache, `b${index}`, 'same');
      expect(sweep).toHaveLength(1);
      expect(await cache.find(fingerprint(`b${index}`), { check: 'hash' })).toBeDefined();
    }
  });

  it('keeps a sound clip that came while a damaged one was being judged', async () => {
    const cache = new ClipCacheManager({ folder });
    const clip = await store(cache, 'a', 'good bytes');
    // The record is wrong about the size, so the file looks damaged until it is read after the move.
    const indexPath = join(folder, 'index', fingerprint('a').slice(0, 2), `${fingerprint('a')}.json`);
    await writeFile(indexPath, (await readFile(indexPath, 'utf8')).replace('"sizeBytes":10', '"sizeBytes":11'));
    expect(await cache.find(fingerprint('a'))).toEqual(clip);
    expect(await readFile(clip.path, 'utf8')).toBe('good bytes');
  });

  it('says which folder cannot be written', async () => {
    await writeFile(folder, 'a file where the cache should be');
    expect(await codeOf(new ClipCacheManager({ folder }).temporaryFile())).toBe('CACHE_NOT_WRITABLE');
  });
});
