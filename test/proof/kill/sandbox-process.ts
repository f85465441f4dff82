import { startSandbox, type FaultKind, type Sandbox, type SandboxOptions, type SandboxTask } from '../../../src/sandbox/index.ts';

/** A process that plays Kling over HTTP: one sandbox a schedule, each with an account and faults of its own. */
export type SandboxOrder =
  | { open: SandboxOptions & { failing: { kind: FaultKind; times: number }[] } }
  /** What a sandbox has seen; it is closed. */
  | { record: string };

export interface SandboxOpened {
  baseUrl: string;
  apiKey: string;
}

export interface SandboxSeen {
  tasks: SandboxTask[];
  strikes: number;
  downloadsWithKey: number;
}

const sandboxes = new Map<string, Sandbox>();

async function answer(order: SandboxOrder): Promise<SandboxOpened | SandboxSeen> {
  if ('open' in order) {
    const { failing, ...options } = order.open;
    const sandbox = await startSandbox({ tasksIn: 'memory', clips: 'tiny', ...options });
    for (const { kind, times } of failing) sandbox.failNext(kind, { times });
    sandboxes.set(sandbox.baseUrl, sandbox);
    return { baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey };
  }
  const sandbox = sandboxes.get(order.record)!;
  sandboxes.delete(order.record);
  const downloadsWithKey = sandbox.requests().filter(({ route, carriedAuthorization }) => route === 'clip' && carriedAuthorization).length;
  const seen = { tasks: sandbox.tasks(), strikes: sandbox.faultStrikes().length, downloadsWithKey };
  await sandbox.close();
  return seen;
}

process.on('message', ({ id, order }: { id: number; order: SandboxOrder }) => {
  answer(order).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => {
      throw error;
    },
  );
});
