import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FilmProcessOrder, FilmProcessResult } from './film-process.ts';

export interface FilmProcess {
  /** Lets it work. */
  go(): void;
  /** What it said at its end; `undefined` when it died. */
  end: Promise<FilmProcessResult | undefined>;
}

/** Starts a process that makes a film; resolves when it stands at the start line. */
export async function startFilmProcess(order: FilmProcessOrder): Promise<FilmProcess> {
  const script = fileURLToPath(new URL('./film-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(order)], { stdio: ['pipe', 'pipe', 'pipe'] });
  // A process that dies does not read what is written to it.
  child.stdin.on('error', () => {});
  let said = '';
  let complained = '';
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (complained += piece.toString()));
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const end = exited.then(([code, signal]) => {
    if (signal === 'SIGKILL') return undefined;
    if (code !== 0) throw new Error(`the film process ended with ${code ?? signal}: ${complained}`);
    return JSON.parse(said.trim().split('\n').at(-1) ?? '') as FilmProcessResult;
  });
  while (!said.includes('ready\n')) await Promise.race([once(child.stdout, 'data'), end]);
  return { go: () => child.stdin.write('go\n'), end };
}
