import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KlingAPIClient, type KlingTask } from '../kling/index.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { TaskPoller } from './task-poller.ts';
import { DEFAULT_TIMINGS } from './timings.ts';

let folder: string;
let sandbox: Sandbox;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poller-'));
  sandbox = await startSandbox({ dataFolder: folder, clips: 'tiny', speed: Infinity, slots: 200 });
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const timings = { ...DEFAULT_TIMINGS, pollIntervalMs: 5 };

test('with a key pair, tasks that the list does not show are asked for in turn: those that take long starve nobody', async () => {
  // A Kling whose list shows only foreign tasks. The first five of ours never end.
  const answer = (taskId: string) => ({ task_id: taskId, task_status: Number(taskId) < 5 ? 'processing' : 'succeed', task_result: { videos: [{ id: taskId, url: 'https://clip.invalid/' }] } });
  const server = createServer((request, response) => {
    const taskId = /text2video\/(\d+)$/.exec(request.url ?? '')?.[1];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ code: 0, message: 'SUCCEED', data: taskId === undefined ? [answer('999')] : answer(taskId) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new KlingAPIClient({ credentials: { accessKey: 'access', secretKey: 'secret' }, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const poller = new TaskPoller(client, systemClock, timings);
  const stop = new AbortController();
  const watches = Array.from({ length: 7 }, (_, task) => poller.watch({ taskId: String(task), kind: 'text2video', known: 'processing', submittedAtMs: Date.now() }, stop.signal));
  expect(await Promise.all(watches.slice(5))).toMatchObject([{ taskId: '5' }, { taskId: '6' }]);
  stop.abort(new Error('enough'));
  await Promise.allSettled(watches);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

test('when the last watcher leaves, no pause keeps the program', async () => {
  const pauses: { ms: number; ended: boolean }[] = [];
  const clock: Clock = {
    ...systemClock,
    sleep: async (ms, signal) => {
      if (ms === 0) return await systemClock.sleep(0, signal);
      const pause = { ms, ended: false };
      pauses.push(pause);
      await new Promise<void>((_, reject) => {
        signal?.addEventListener('abort', () => {
          pause.ended = true;
          reject(new Error('woken'));
        });
      });
    },
  };
  const client = new KlingAPIClient({ credentials: { apiKey: sandbox.apiKey }, baseUrl: sandbox.baseUrl });
  sandbox.failNext('poll-502', { times: 1 });
  const stop = new AbortController();
  const { taskId } = await client.create({ kind: 'text2video', model: 'kling-v2-5-turbo', prompt: 'a kite', durationS: 5 });
  const watching = new TaskPoller(client, clock, timings).watch({ taskId, kind: 'text2video', known: 'submitted', submittedAtMs: Date.now() }, stop.signal);
  await expect.poll(() => pauses.length).toBe(1);
  stop.abort(new Error('enough'));
  await expect(watching).rejects.toThrow('enough');
  expect(pauses).toEqual([{ ms: expect.any(Number) as number, ended: true }]);
});

test('news that was heard before anybody watched is told once, without a question; what was no news is asked about', async () => {
  const client = new KlingAPIClient({ credentials: { apiKey: sandbox.apiKey }, baseUrl: sandbox.baseUrl });
  const create = async (prompt: string) => (await client.create({ kind: 'text2video', model: 'kling-v2-5-turbo', prompt, durationS: 5 })).taskId;
  const taskIds = [await create('a kite'), await create('a boat')];
  let tasks = await client.findTasks({ taskIds });
  while (tasks.some(({ status }) => status !== 'succeeded')) tasks = await client.findTasks({ taskIds });
  const [kite, boat] = tasks as [KlingTask, KlingTask];
  const before = sandbox.requestCount;
  const poller = new TaskPoller(client, systemClock, timings, { tasks: [kite, { ...boat, status: 'processing' }], askedAtMs: systemClock.monotonic() });
  const watch = async ({ taskId }: KlingTask) => await poller.watch({ taskId, kind: 'text2video', known: 'processing', submittedAtMs: Date.now() }, new AbortController().signal);
  expect(await watch(kite)).toBe(kite);
  expect(sandbox.requestCount).toBe(before);
  // Whoever comes back with it, for whatever reason, gets a fresh answer.
  expect(await watch(kite)).not.toBe(kite);
  expect(sandbox.requestCount).toBe(before + 1);
  expect(await watch(boat)).toMatchObject({ taskId: boat.taskId, status: 'succeeded' });
  expect(sandbox.requestCount).toBe(before + 2);
});
