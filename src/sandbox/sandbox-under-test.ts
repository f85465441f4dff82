import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Clock } from '../lib/clock.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { startSandbox } from './start-sandbox.ts';

/** For tests: a clock that moves only by hand. */
export interface HandClock extends Clock {
  /** Goes forward by this many milliseconds and wakes who has slept long enough. */
  pass(ms: number): void;
  /** How many sleep. */
  sleeping(): number;
}

export function createHandClock(startMs = Date.UTC(2026, 10, 20)): HandClock {
  let nowMs = startMs;
  const sleepers = new Set<{ wakesAtMs: number; wake: () => void }>();
  return {
    now: () => nowMs,
    monotonic: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const sleeper = { wakesAtMs: nowMs + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason as Error);
        });
      });
    },
    pass: (ms) => {
      nowMs += ms;
      for (const sleeper of [...sleepers].filter(({ wakesAtMs }) => wakesAtMs <= nowMs)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    sleeping: () => sleepers.size,
  };
}

/** For tests: a folder that is removed at the end of the block. */
export async function makeFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'sandbox-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** An answer read whole. `body` is the JSON, or undefined for anything else. */
export interface Answered {
  status: number;
  text: string;
  body: { code: number; message: string; request_id?: string; data?: unknown } | undefined;
}

/** For tests: no client of ours in between; plain HTTP, or without a socket where the sandbox has none. */
export async function request(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<Answered> {
  const headers = { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' };
  const response = await viaOf(sandbox)(path.startsWith('http') ? path : sandbox.baseUrl + path, { headers, ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, text, body: isJson ? (JSON.parse(text) as Answered['body']) : undefined };
}

export function viaOf(sandbox: Sandbox): typeof fetch {
  return new URL(sandbox.baseUrl).port === '2' ? sandbox.fetch : fetch;
}

export const TURBO = { model_name: 'kling-v2-5-turbo', prompt: 'A paper boat crosses a puddle at dawn' };

export async function create(sandbox: Sandbox, body: unknown = TURBO, product = 'text2video'): Promise<Answered> {
  return await request(sandbox, `/v1/videos/${product}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
}

/** The parts of a task's record that tests look at. */
export interface TaskData {
  task_id: string;
  task_status: string;
  task_status_msg?: string;
  task_info: { external_task_id?: string };
  task_result?: { videos: { id: string; url: string; duration: string; watermark_url?: string }[] };
  final_unit_deduction?: string;
  created_at: number;
  updated_at: number;
}

export async function query(sandbox: Sandbox, id: string, product = 'text2video'): Promise<TaskData> {
  return (await request(sandbox, `/v1/videos/${product}/${id}`)).body?.data as TaskData;
}

/** Tiny clips at Kling's pace over a clock moved by hand, in a folder of its own. */
export async function sandboxUnderTest(
  options: Partial<SandboxOptions> = {},
): Promise<{ sandbox: Sandbox; clock: HandClock; folder: string } & AsyncDisposable> {
  const folder = await makeFolder();
  const clock = createHandClock();
  const sandbox = await startSandbox({ dataFolder: folder.path, clips: 'tiny', clock, random: () => 0.5, ...options });
  return {
    sandbox,
    clock,
    folder: folder.path,
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Without a socket and a folder, over a clock moved by hand: as many as one likes. */
export async function sandboxInMemory(options: SandboxOptions = {}): Promise<{ sandbox: Sandbox; clock: HandClock } & AsyncDisposable> {
  const clock = createHandClock();
  const sandbox = await startSandbox({ listen: false, tasksIn: 'memory', clips: 'tiny', clock, seed: 'test', ...options });
  return { sandbox, clock, [Symbol.asyncDispose]: () => sandbox.close() };
}

/** A mid-grey PNG of this size, as Kling wants it in a body. */
export function pngBase64(width: number, height: number): string {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8); // bits; colour type 0 is grey
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0; // no filter
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]).toString('base64');
}
