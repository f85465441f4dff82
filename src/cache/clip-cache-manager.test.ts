import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../lib/clock.ts';
import { systemClock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import { ClipCacheManager } from './clip-cache-manager.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const fingerprint = (name: string) => sha256(`fingerprint of ${name}`);
const DAY_MS = 24 * 60 * 60 * 1000;

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

async function damage(path: string, content: string): Promise<void> {
  await chmod(path, 0o644);
  const handle = await open(path, 'r+');
  await handle.write(content, 0);
  await handle.close();
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return StudioError.is(error) ? error.code : `not a StudioError: ${String(error)}`;
}

describe('storing and finding', () => {
  it('gives back the very bytes, read-only, from another manager too', async () => {
    const added = await store(new ClipCacheManager({ folder }), 'a', 'the picture');
    const found = await new ClipCacheManager({ folder }).find(fingerprint('a'));
    expect(found).toEqual(added);
    expect(found).toMatchObject({ contentHash: sha256('the picture'), sizeBytes: 11 });
    expect(found!.path).toBe(join(folder, 'clips', sha256('the picture').slice(0, 2), `${sha256('the picture')}.mp4`));
    expect(await readFile(found!.path, 'utf8')).toBe('the picture');
    expect((await stat(found!.path)).mode & 0o777).toBe(0o444);
    expect((await stat(found!.path)).nlink).toBe(1);
    expect(await listed(join(folder, 'tmp'))).toEqual([]);
  });

  it('keeps what is known of the picture', async () => {
    const cache = new ClipCacheManager({ folder });
    const path = await cache.temporaryFile();
    await writeFile(path, 'x');
    await cache.add(fingerprint('a'), path, { mediaDurationS: 5.041 });
    expect(await cache.find(fingerprint('a'))).toMatchObject({ mediaDurationS: 5.041 });
  });

  it('finds nothing in a folder that does not exist, and makes none', async () => {
    const cache = new ClipCacheManager({ folder });
    expect(await cache.find(fingerprint('a'))).toBeUndefined();
    expect(await cache.cacheSize()).toEqual({ clips: 0, sizeBytes: 0 });
    expect(await cache.clearCache()).toEqual({ removed: 0, keptInUse: 0, freedBytes: 0 });
    expect((await cache.verify()).clips).toBe(0);
    expect(await listed(folder)).toEqual([]);
  });

  it('stores equal content of two fingerprints once, and removing one keeps the other', async () => {
    const cache = new ClipCacheManager({ folder });
    await store(cache, 'a', 'same');
    await store(cache, 'b', 'same');
    expect(await cache.cacheSize()).toEqual({ clips: 1, sizeBytes: 4 });
    expect(await cache.remove(fingerprint('a'))).toBe(true);
    expect(await cache.remove(fingerprint('a'))).toBe(false);
    expect(await cache.find(fingerprint('a'))).toBeUndefined();
    expect(await cache.find(fingerprint('b'))).toBeDefined();
    await cache.remove(fingerprint('b'));
    expect(await cache.cacheSize()).toEqual({ clips: 0, sizeBytes: 0 });
  });

  it('refuses what is no fingerprint before it becomes a path', async () => {
    const cache = new ClipCacheManager({ folder });
    for (const bad of ['', '../../etc/passwd', 'A'.repeat(64), 'a'.repeat(63), `${'a'.repeat(64)}\n`]) {
      expect(await codeOf(cache.find(bad))).toBe('CACHE_FINGERPRINT_INVALID');
      expect(await codeOf(cache.remove(bad))).toBe('CACHE_FINGERPRINT_INVALID');
      expect(await codeOf(cache.linkTo(bad, join(root, 'x.mp4')))).toBe('CACHE_FINGERPRINT_INVALID');
    }
  });

  it('refuses an empty, absent or foreign file and stores nothing', async () => {
    const cache = new ClipCacheManager({ folder });
    const empty = await cache.temporaryFile();
    await writeFile(empty, '');
    const foreign = join(root, 'mine.mp4');
    await writeFile(foreign, 'mine');
    expect(await codeOf(cache.add(fingerprint('a'), empty))).toBe('CLIP_FILE_INVALID');
    expect(await codeOf(cache.add(fingerprint('a'), await cache.temporaryFile()))).toBe('CLIP_FILE_INVALID');
    expect(await codeOf(cache.add(fingerprint('a'), foreign))).toBe('CLIP_FILE_INVALID');
    expect(await readFile(foreign, 'utf8')).toBe('mine');
    expect(await cache.find(fingerprint('a'))).toBeUndefined();
    expect(await listed(join(folder, 'tmp'))).toEqual([]);
  });

  it('holds what was put in last, whatever the order of storing and removing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), content: fc.option(fc.constantFrom('one', 'two', 'three')) }), { maxLength: 12 }),
        async (operations) => {
          const cache = new ClipCacheManager({ folder: join(await mkdtemp(join(root, 'case-')), 'cache') });
          const model = new Map<string, string>();
          for (const { name, content } of operations) {
            if (content === null) {
              expect(await cache.remove(fingerprint(name))).toBe(model.delete(name));
            } else {
              await store(cache, name, content);
              model.set(name, content);
            }
          }
          for (const name of ['a', 'b', 'c']) {
            const found = await cache.find(fingerprint(name), { check: 'hash' });
            expect(found && (await readFile(found.path, 'utf8'))).toBe(model.get(name));
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('damage', () => {
  it('sets a changed file aside instead of showing it, and takes it in again when fetched again', async () => {
    const cache = new ClipCacheManager({ folder });
    const clip = await store(cache, 'a', 'good bytes');
    await damage(clip.path, 'evil bytes');
    expect(await cache.find(fingerprint('a'))).toBeUndefined();
    expect((await listed(join(folder, 'damaged'))).length).toBe(2); // the clip and its index entry
    await store(cache, 'a', 'good bytes');
    expect(await cache.find(fingerprint('a'), { check: 'hash' })).toBeDefined();
  });

  it('notices a cut file by its size alone', async () => {
    const cache = new ClipCacheManager({ folder });
    const clip = await store(cache, 'a', 'good bytes');
    const times = await stat(clip.path);
    await chmod(clip.path, 0o644);
    await writeFile(clip.path, 'good');
    await utimes(clip.path, times.atime, times.mtime);
    expect(await cache.find(fingerprint('a'))).toBeUndefined();
  });

  it('believes the bytes when only the time differs, and reads them once only', async () => {
    const cache = new ClipCacheManager({ folder });
    const clip = await store(cache, 'a', 'good bytes');
    await utimes(clip.path, 1_000_000, 1_000_000);
    expect(await cache.find(fingerprint('a'))).toEqual(clip);
    const entry = JSON.parse(await readFile(join(folder, 'index', fingerprint('a').slice(0, 2), `${fingerprint('a')}.json`), 'utf8')) as { mtimeMs: number };
    expect(entry.mtimeMs).toBe(1_000_000_000);
  });

  it('notices same-size damage with an unchanged time when asked to read', async () => {
    const cache = new ClipCacheManager({ folder });
    const clip = await store(cache, 'a', 'good bytes');
    const times = await stat(clip.path);
    await damage(clip.path, 'evil bytes');
    await utimes(clip.path, times.atimeMs / 1000, times.mtimeMs / 1000);
    expect(await cache.find(fingerprint('a'), { check: 'hash' })).toBeUndefined();
  });

  it('treats an index entry that holds rubbish, or names a file that is gone, as not found', async () => {
    const cache = new ClipCacheManager({ folder });
    await store(cache, 'a');
    const b = await store(cache, 'b');
    await writeFile(join(folder, 'index', fingerprint('a').slice(0, 2), `${fingerprint('a')}.json`), '{"contentHash":"../../x"');
    await rm(b.path);
    expect(await cache.find(fingerprint('a'))).toBeUndefined();
    expect(await cache.find(fingerprint('b'))).toBeUndefined();
    expect(await cache.verify()).toMatchObject({ missing: [], orphans: [{ contentHash: sha256('clip a') }] });
  });

  it('replaces a damaged file that already stands in the place of a new clip', async () => {
    const cache = new ClipCacheManager({ folder });
    const clip = await store(cache, 'a', 'good bytes');
    await damage(clip.path, 'evil bytes');
    await store(cache, 'b', 'good bytes');
    expect(await readFile(clip.path, 'utf8')).toBe('good bytes');
    expect(await cache.find(fingerprint('b'), { check: 'hash' })).toBeDefined();
  });
});

describe('verify', () => {
  it('names what is damaged, missing and orphaned, with progress to the last byte', async () => {
    const cache = new ClipCacheManager({ folder });
    const damaged = await store(cache, 'damaged', 'good bytes');
    await store(cache, 'twin', 'good bytes');
    const gone = await store(cache, 'gone');
    const orphan = await store(cache, 'orphan');
    const fine = await store(cache, 'fine');
    await damage(damaged.path, 'evil bytes');
    await rm(gone.path);
    await rm(join(folder, 'index', fingerprint('orphan').slice(0, 2), `${fingerprint('orphan')}.json`));
    const progress: number[] = [];
    const result = await cache.verify({ onProgress: (at) => progress.push(at.checkedBytes / at.sizeBytes) });
    expect(result).toMatchObject({
      clips: 2,
      sizeBytes: fine.sizeBytes + orphan.sizeBytes,
      damaged: [{ contentHash: damaged.contentHash }],
      missing: [{ fingerprint: fingerprint('gone'), contentHash: gone.contentHash }],
      orphans: [{ contentHash: orphan.contentHash }],
    });
    expect(result.damaged[0]!.fingerprints.toSorted()).toEqual([fingerprint('damaged'), fingerprint('twin')].toSorted());
    expect(await readFile(result.damaged[0]!.movedTo, 'utf8')).toBe('evil bytes');
    expect(progress.at(-1)).toBe(1);
    expect(progress).toHaveLength(3);
    expect(await cache.verify()).toMatchObject({ clips: 2, damaged: [], missing: [] });
    expect(await cache.find(fingerprint('twin'))).toBeUndefined();
  });

  it('stops with the reason it was stopped for', async () => {
    const cache = new ClipCacheManager({ folder });
    await store(cache, 'a');
    await store(cache, 'b');
    const stop = new AbortController();
    const reason = new Error('enough');
    await expect(cache.verify({ signal: stop.signal, onProgress: () => stop.abort(reason) })).rejects.toBe(reason);
    expect(await cache.verify()).toMatchObject({ clips: 2 });
  });
});

describe('giving room back', () => {
  it('clears everything but what is in use', async () => {
    const cache = new ClipCacheManager({ folder });
    await store(cache, 'used', 'shared');
    await store(cache, 'unused', 'shared');
    await store(cache, 'other', '12345');
    expect(await cache.clearCache({ keep: new Set([fingerprint('used')]) })).toEqual({ removed: 1, keptInUse: 1, freedBytes: 5 });
    expect(await cache.find(fingerprint('used'))).toBeDefined();
    expect(await cache.find(fingerprint('other'))).toBeUndefined();
    expect(await cache.clearCache()).toEqual({ removed: 1, keptInUse: 0, freedBytes: 6 });
    expect(await cache.cacheSize()).toEqual({ clips: 0, sizeBytes: 0 });
    expect(await cache.verify()).toEqual({ clips: 0, sizeBytes: 0, damaged: [], missing: [], orphans: [] });
  });

  it('says that a clip also lying beside a film frees nothing, and leaves that file alone', async () => {
    const cache = new ClipCacheManager({ folder });
    await store(cache, 'a', 'the clip');
    const target = join(root, 'film.clips', 'S01_SH01_T01.mp4');
    expect(await cache.linkTo(fingerprint('a'), target)).toBe('linked');
    expect(await cache.clearCache()).toEqual({ removed: 1, keptInUse: 0, freedBytes: 0 });
    expect(await readFile(target, 'utf8')).toBe('the clip');
  });

  it('prunes by size, those unused for longest first', async () => {
    for (const [index, name] of ['first', 'second', 'third'].entries()) await store(new ClipCacheManager({ folder, clock: clockAt((index - 9) * DAY_MS) }), name, `${name}----`.slice(0, 8));
    const cache = new ClipCacheManager({ folder });
    await cache.find(fingerprint('first')); // used now
    expect(await cache.prune({ maxSizeBytes: 16 })).toEqual({ removed: 1, keptInUse: 0, freedBytes: 8 });
    expect(await cache.find(fingerprint('second'))).toBeUndefined();
    expect(await cache.find(fingerprint('first'))).toBeDefined();
    expect(await cache.find(fingerprint('third'))).toBeDefined();
  });

  it('prunes by age, and never what is in use', async () => {
    const old = new ClipCacheManager({ folder, clock: clockAt(-40 * DAY_MS) });
    await store(old, 'old');
    await store(old, 'old but used');
    const cache = new ClipCacheManager({ folder });
    await store(cache, 'new');
    expect(await cache.prune({ maxAgeMs: 30 * DAY_MS, keep: new Set([fingerprint('old but used')]) })).toMatchObject({ removed: 1, keptInUse: 1 });
    expect(await cache.find(fingerprint('old'))).toBeUndefined();
    expect(await cache.find(fingerprint('old but used'))).toBeDefined();
    expect(await cache.find(fingerprint('new'))).toBeDefined();
  });

  it('keeps within the size it was given, whatever was stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }), fc.integer({ min: 0, max: 120 }), async (sizes, maxSizeBytes) => {
        const cache = new ClipCacheManager({ folder: join(await mkdtemp(join(root, 'case-')), 'cache') });
        for (const size of sizes) await store(cache, String(size), 'x'.repeat(size));
        const before = await cache.cacheSize();
        const swept = await cache.prune({ maxSizeBytes });
        const after = await cache.cacheSize();
        expect(after.sizeBytes).toBeLessThanOrEqual(maxSizeBytes);
        expect(after.sizeBytes).toBe(before.sizeBytes - swept.freedBytes);
        expect(after.clips).toBe(before.clips - swept.removed);
      }),
      { numRuns: 20 },
    );
  });

  it('removes downloads of killed processes after a day, not before', async () => {
    const cache = new ClipCacheManager({ folder });
    await writeFile(await cache.temporaryFile(), 'half a clip');
    await cache.prune();
    expect(await listed(join(folder, 'tmp'))).toHaveLength(1);
    await new ClipCacheManager({ folder, clock: clockAt(2 * DAY_MS) }).verify();
    expect(await listed(join(folder, 'tmp'))).toHaveLength(0);
  });

  it('leaves a file that another process may be storing right now, and removes it once it cannot be', async () => {
    const cache = new ClipCacheManager({ folder });
    const clip = await store(cache, 'a');
    await rm(join(folder, 'index', fingerprint('a').slice(0, 2), `${fingerprint('a')}.json`));
    expect(await cache.clearCache()).toMatchObject({ removed: 0 });
    expect(await cache.prune()).toMatchObject({ removed: 0 });
    const later = new ClipCacheManager({ folder, clock: clockAt(2 * 60 * 60 * 1000) });
    expect(await later.prune()).toEqual({ removed: 1, keptInUse: 0, freedBytes: clip.sizeBytes });
  });

  it('refuses limits that are no numbers', async () => {
    await expect(new ClipCacheManager({ folder }).prune({ maxSizeBytes: Number.NaN })).rejects.toThrow(RangeError);
  });
});

describe('a clip beside the film', () => {
  it('is linked once, left alone the second time, and replaces a file of other content', async () => {
    const cache = new ClipCacheManager({ folder });
    const clip = await store(cache, 'a', 'the clip');
    const target = join(root, 'film.clips', 'S01_SH01_T01.mp4');
    expect(await cache.linkTo(fingerprint('a'), target)).toBe('linked');
    expect((await stat(target)).ino).toBe((await stat(clip.path)).ino);
    expect(await cache.linkTo(fingerprint('a'), target)).toBe('unchanged');
    await rm(target);
    await writeFile(target, 'the clip');
    expect(await cache.linkTo(fingerprint('a'), target)).toBe('unchanged');
    await writeFile(target, 'another!');
    expect(await cache.linkTo(fingerprint('a'), target)).toBe('linked');
    expect(await readFile(target, 'utf8')).toBe('the clip');
    expect(await readdir(dirname(target))).toEqual(['S01_SH01_T01.mp4']);
  });

  it('is refused where the clip is not cached or a folder has the name', async () => {
    const cache = new ClipCacheManager({ folder });
    await mkdir(join(root, 'taken.mp4'));
    expect(await codeOf(cache.linkTo(fingerprint('a'), join(root, 'a.mp4')))).toBe('CLIP_NOT_CACHED');
    await store(cache, 'a');
    expect(await codeOf(cache.linkTo(fingerprint('a'), join(root, 'taken.mp4')))).toBe('CLIP_TARGET_INVALID');
    expect(await listed(join(root, 'taken.mp4'))).toEqual([]);
  });
});
