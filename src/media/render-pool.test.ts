import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClipPicture } from './clip-picture.ts';
import { probeVideo } from './probe.ts';
import { createRenderPool, type RenderPool } from './render-pool.ts';

let folder = '';
let pool: RenderPool;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pool-test-'));
  pool = createRenderPool({ size: 1 });
});
afterEach(async () => {
  await pool.close();
  await rm(folder, { recursive: true, force: true });
});

const picture = (changes: Partial<ClipPicture> = {}): ClipPicture => ({ width: 64, height: 36, frameRate: 24, frameCount: 12, prompt: 'A hill', heading: '', stamp: 'SANDBOX', variant: 0, sound: false, ...changes });
const gone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

test('renders in a child process, one after the other, and keeps the child for the next clip', async () => {
  const progress: number[] = [];
  const paths = [0, 1, 2].map((index) => join(folder, `${index}.mp4`));
  await Promise.all(paths.map((path) => pool.render(picture({ frameCount: 60 }), path, { onProgress: (done) => progress.push(done) })));
  for (const path of paths) expect((await probeVideo(path)).frameCount).toBe(60);
  expect(pool.processIds).toHaveLength(1);
  expect(pool.processIds[0]).not.toBe(process.pid);
  expect(progress.some((done) => done > 0 && done < 1)).toBe(true);
});

test('a killed child costs its own clip only, leaves no file, and another takes its place', async () => {
  const doomed = pool.render(picture({ frameCount: 5000 }), join(folder, 'doomed.mp4'), { onProgress: () => process.kill(pool.processIds[0]!, 'SIGKILL') });
  const next = pool.render(picture(), join(folder, 'next.mp4'));
  await expect(doomed).rejects.toMatchObject({ code: 'MEDIA_RENDER_FAILED', message: expect.stringContaining('SIGKILL') as string });
  await next;
  expect(await readdir(folder)).toEqual(['next.mp4']);
});

test('an error keeps its code and its advice across the process boundary', async () => {
  await expect(pool.render(picture({ startFramePath: join(folder, 'absent.png') }), join(folder, 'x.mp4'))).rejects.toMatchObject({ code: 'MEDIA_IMAGE_UNREADABLE', next: expect.any(String) as string });
  await pool.render(picture(), join(folder, 'after.mp4'));
});

test('an abort stops a running clip and one that waits, with the caller’s own reason', async () => {
  const running = new AbortController();
  const waiting = new AbortController();
  const reason = new Error('not needed any more');
  const first = pool.render(picture({ frameCount: 5000 }), join(folder, 'running.mp4'), { signal: running.signal, onProgress: () => running.abort(reason) });
  const second = pool.render(picture(), join(folder, 'waiting.mp4'), { signal: waiting.signal });
  waiting.abort(reason);
  await expect(second).rejects.toBe(reason);
  await expect(first).rejects.toBe(reason);
  expect(await readdir(folder)).toEqual([]);
});

test('a whole film of pictures waits on one signal without a warning', async () => {
  const warnings: string[] = [];
  const onWarning = ({ name }: Error): number => warnings.push(name);
  process.on('warning', onWarning);
  const stop = new AbortController();
  const rendered = Array.from({ length: 12 }, async (_, index) => await pool.render(picture({ frameCount: 2 }), join(folder, `${index}.mp4`), { signal: stop.signal }));
  await Promise.all(rendered);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

test('close ends every child, fails what is left and leaves no half file', async () => {
  let started = (): void => undefined;
  const underway = new Promise<void>((resolve) => (started = resolve));
  const running = pool.render(picture({ frameCount: 5000 }), join(folder, 'running.mp4'), { onProgress: () => started() });
  const waiting = pool.render(picture(), join(folder, 'waiting.mp4'));
  const both = Promise.all([running, waiting].map((job) => expect(job).rejects.toMatchObject({ code: 'MEDIA_POOL_CLOSED' })));
  await underway;
  const children = [...pool.processIds];
  await pool.close();
  await both;
  expect(children.every(gone)).toBe(true);
  expect(await readdir(folder)).toEqual([]);
  await expect(pool.render(picture(), join(folder, 'late.mp4'))).rejects.toMatchObject({ code: 'MEDIA_POOL_CLOSED' });
});

test('a program that only has an idle pool ends by itself, and its children with it', async () => {
  const script = join(folder, 'script.mts');
  await writeFile(
    script,
    `const { createRenderPool } = await import(${JSON.stringify(fileURLToPath(new URL('./render-pool.ts', import.meta.url)))});
     const pool = createRenderPool({ size: 1 });
     await pool.render(${JSON.stringify(picture())}, ${JSON.stringify(join(folder, 'clip.mp4'))});
     console.log(pool.processIds[0]);`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', import.meta.resolve('tsx'), script]);
  expect((await probeVideo(join(folder, 'clip.mp4'))).frameCount).toBe(12);
  await expect.poll(() => gone(Number(stdout)), { timeout: 10_000 }).toBe(true);
});
