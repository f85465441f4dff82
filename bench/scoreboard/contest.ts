import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SandboxProcess } from '../sandbox-process.ts';

export type Contestant = 'ours' | 'kling-api' | 'fetch loop';

/** What every contestant is given; what it makes of it is its own affair. */
export interface Job {
  contestant: Contestant;
  baseUrl: string;
  apiKey: string;
  accessKey: string;
  secretKey: string;
  /** An empty folder for what it keeps. */
  folder: string;
  /** Where the rivals are installed. */
  rivalsFolder: string;
  prompts: readonly string[];
  /** Shots at once, for those who must be told; Infinity: all. Ours finds it out. */
  limit: number;
  /** Ours alone: films this first, in the same store, and is measured after it. */
  warmUp?: readonly string[];
  /** Ours alone: pauses between polls, in milliseconds; default ours. */
  pollIntervalMs?: number;
}

/** How a contestant tells what became of a shot, by its index. */
export interface Tell {
  begin(): void;
  /** It knows that Kling's work on it is done; ours has written that down. */
  noticed(shot: number): void;
  delivered(shot: number): void;
  failed(shot: number, error: unknown): void;
}

export type Message =
  /** What came before it does not count. */
  | { type: 'begin'; atMs: number }
  | { type: 'noticed'; shot: number; atMs: number }
  | { type: 'settled'; shot: number; delivered: boolean; atMs: number; why?: string }
  /** From begin to the end of all: processor time (user and system) and wall time, in milliseconds. */
  | { type: 'done'; cpuMs: number; wallMs: number };

/** What a contestant made of its job. Times are wall-clock milliseconds. */
export interface Contest {
  delivered: number;
  beganAtMs: number;
  /** When the contestant knew that a shot's task had ended, by the shot's index. */
  noticedAtMs: ReadonlyMap<number, number>;
  /** When each delivered shot was there, by its index. */
  deliveredAtMs: ReadonlyMap<number, number>;
  lastAtMs: number;
  /** Reasons of those that were not delivered, counted. */
  failures: ReadonlyMap<string, number>;
  cpuMs: number;
  wallMs: number;
}

/** Runs a contestant in a process of its own. @param onSettled called with the number of shots that are delivered or given up. */
export async function contest(job: Omit<Job, 'baseUrl' | 'apiKey' | 'accessKey' | 'secretKey'>, kling: SandboxProcess, onSettled: (settled: number) => void = () => {}): Promise<Contest> {
  const { baseUrl, apiKey, accessKey, secretKey } = kling;
  const child = fork(fileURLToPath(new URL('contestant.ts', import.meta.url)), { execArgv: ['--import', 'tsx'], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const noticedAtMs = new Map<number, number>();
  const deliveredAtMs = new Map<number, number>();
  const failures = new Map<string, number>();
  const end = { beganAtMs: Number.NaN, lastAtMs: Number.NaN, cpuMs: Number.NaN, wallMs: Number.NaN };
  const settled = new Set<number>();
  child.on('message', (message: Message) => {
    if (message.type === 'begin') {
      end.beganAtMs = message.atMs;
      return;
    }
    if (message.type === 'noticed') {
      noticedAtMs.set(message.shot, message.atMs);
      return;
    }
    if (message.type === 'done') {
      Object.assign(end, { cpuMs: message.cpuMs, wallMs: message.wallMs });
      return;
    }
    end.lastAtMs = message.atMs;
    settled.add(message.shot);
    if (message.delivered) deliveredAtMs.set(message.shot, message.atMs);
    else failures.set(message.why ?? 'no reason', (failures.get(message.why ?? 'no reason') ?? 0) + 1);
    onSettled(settled.size);
  });
  child.send({ ...job, baseUrl, apiKey, accessKey, secretKey } satisfies Job);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${job.contestant} ended with code ${code}; its reason is above.`);
  return { delivered: deliveredAtMs.size, noticedAtMs, deliveredAtMs, failures, ...end };
}

/** All that can still be charged has been charged: no task runs any more. @returns how many were charged. */
export async function chargedInTheEnd(kling: SandboxProcess): Promise<number> {
  for (;;) {
    const { tasks, charges } = await kling.record();
    if (tasks.every(({ status }) => status === 'succeed' || status === 'failed')) return charges.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
