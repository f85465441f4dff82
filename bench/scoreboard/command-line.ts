import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SandboxProcess } from '../sandbox-process.ts';

const bin = fileURLToPath(new URL('../../dist/bin/directorstudio.js', import.meta.url));

/** The command line as it is installed, over a home of its own and with the sandbox in place of Kling. */
export interface RunningCommand extends AsyncDisposable {
  pid: number;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  /** Throws when it has ended by itself, with what it said. */
  requireAlive(): void;
}

export function startCommand(words: readonly string[], home: string, kling: SandboxProcess): RunningCommand {
  const env = { ...process.env, DIRECTORSTUDIO_HOME: home, DIRECTORSTUDIO_KEYCHAIN: 'off', KLING_API_KEY: kling.apiKey, KLING_BASE_URL: kling.baseUrl };
  const child: ChildProcess = spawn(process.execPath, [bin, ...words], { cwd: home, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-2_000)));
  const ended = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    pid: child.pid ?? 0,
    kill,
    requireAlive() {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`directorstudio ${words[0]} ended with ${child.exitCode ?? child.signalCode}: ${said}`);
    },
    [Symbol.asyncDispose]: kill,
  };
}

/** Resident memory now, in bytes, and processor time so far, in milliseconds. Linux only: it reads /proc. */
export function usageOf(pid: number): { residentBytes: number; cpuMs: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const residentKb = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
  // The second field is the program's name in brackets, which may hold blanks.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { residentBytes: residentKb * 1024, cpuMs: ticks * 10 };
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
