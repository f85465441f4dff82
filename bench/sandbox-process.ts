import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startSandbox, type SandboxOptions } from '../src/sandbox/index.ts';

/** A sandbox in a process of its own: its work is not counted as that of whoever films with it. */
export interface SandboxProcess extends AsyncDisposable {
  baseUrl: string;
  apiKey: string;
}

export async function startSandboxProcess(options: SandboxOptions): Promise<SandboxProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  return {
    ...(JSON.parse(line) as { baseUrl: string; apiKey: string }),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // JSON has no Infinity: no speed given is the highest.
  const sandbox = await startSandbox({ speed: Number.POSITIVE_INFINITY, ...(JSON.parse(process.argv[2] ?? '{}') as SandboxOptions) });
  process.stdout.write(`${JSON.stringify({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey })}\n`);
  process.stdin.resume();
  process.stdin.once('end', () => void sandbox.close());
}
