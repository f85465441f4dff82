import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DurationPlan } from './scoreboard/durations.ts';
import { startSandbox, type FaultKind, type FaultOptions, type RequestEntry, type Sandbox, type SandboxOptions, type SandboxRecord } from '../src/sandbox/index.ts';

/** A sandbox in a process of its own: its work is not counted as that of whoever films with it. */
export interface SandboxProcess extends AsyncDisposable {
  baseUrl: string;
  apiKey: string;
  accessKey: string;
  secretKey: string;
  record(): Promise<SandboxRecord>;
  /** The last 10,000. */
  requests(): Promise<RequestEntry[]>;
  setSlots(slots: number): Promise<void>;
  failNext(kind: FaultKind, options: FaultOptions): Promise<void>;
}

/** What a process can be started with; a function cannot be sent to one, so durations are said in words. */
export type SandboxProcessOptions = Omit<SandboxOptions, 'durationsMs' | 'clock' | 'random' | 'onRequest'> & { durations?: DurationPlan };

/** What may be asked of it from outside. */
interface Questions {
  record: [];
  requests: [];
  setSlots: [number];
  failNext: [FaultKind, FaultOptions];
}

type Answer = { id: number; result?: unknown; error?: string };

export async function startSandboxProcess(options: SandboxProcessOptions): Promise<SandboxProcess> {
  // `advanced` carries what JSON has no words for, such as Infinity.
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  child.send(options);
  const [address] = (await Promise.race([once(child, 'message'), diedEarly(child)])) as [Pick<SandboxProcess, 'baseUrl' | 'apiKey' | 'accessKey' | 'secretKey'>];
  const ask = asker(child);
  return {
    ...address,
    record: async () => (await ask('record')) as SandboxRecord,
    requests: async () => (await ask('requests')) as RequestEntry[],
    setSlots: async (slots) => void (await ask('setSlots', slots)),
    failNext: async (kind, faultOptions) => void (await ask('failNext', kind, faultOptions)),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function asker(child: ChildProcess) {
  let asked = 0;
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  child.on('message', ({ id, result, error }: Answer) => {
    const question = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) question?.resolve(result);
    else question?.reject(new Error(error));
  });
  child.once('exit', () => waiting.forEach(({ reject }) => reject(new Error('The sandbox ended.'))));
  return async <Name extends keyof Questions>(name: Name, ...args: Questions[Name]): Promise<unknown> => {
    asked += 1;
    const id = asked;
    return await new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.send({ id, name, args });
    });
  };
}

async function diedEarly(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('The sandbox did not start; its reason is above.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [{ durations, ...options }] = (await once(process, 'message')) as [SandboxProcessOptions];
  const { durationOf } = await import('./scoreboard/durations.ts');
  const durationsMs = durations && { durationsMs: ({ prompt }: { prompt: string }) => durationOf(durations, prompt) };
  // No speed given is the highest.
  const sandbox = await startSandbox({ speed: Number.POSITIVE_INFINITY, ...options, ...durationsMs });
  process.on('message', ({ id, name, args }: { id: number; name: keyof Questions; args: unknown[] }) => {
    try {
      process.send?.({ id, result: answer(sandbox, name, args) });
    } catch (error) {
      process.send?.({ id, error: String(error) });
    }
  });
  process.once('disconnect', () => void sandbox.close());
  const { baseUrl, apiKey, accessKey, secretKey } = sandbox;
  process.send?.({ baseUrl, apiKey, accessKey, secretKey });
}

function answer(sandbox: Sandbox, name: keyof Questions, args: unknown[]): unknown {
  switch (name) {
    case 'record':
      return sandbox.record();
    case 'requests':
      return sandbox.requests();
    case 'setSlots':
      return sandbox.setSlots(...(args as Questions['setSlots']));
    case 'failNext':
      return sandbox.failNext(...(args as Questions['failNext']));
    default:
      return name satisfies never;
  }
}
