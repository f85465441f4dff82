import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { systemClock, type Clock } from '../lib/clock.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/index.ts';
import type { StudioConfig } from '../studio.ts';
import { main } from './main.ts';
import type { Input, Output } from './session.ts';

/** What one start of the program did. */
export interface CliRun {
  exit: number;
  out: string;
  err: string;
  /** Standard output read as JSON Lines. */
  json(): Record<string, unknown>[];
}

export interface KeyPress {
  when: RegExp;
  /** `null`: the terminal goes away. */
  press: string | null;
  /** Done before they are pressed, while the question is open. */
  first?: () => Promise<unknown>;
}

export interface CliRunOptions {
  env?: Record<string, string | undefined>;
  /** Standard input, piped; default empty. */
  stdin?: string | Buffer;
  /** Both ends are a terminal of this size. */
  terminal?: { columns: number; rows: number };
  /** On a terminal: keys pressed before the program asks anything. */
  typedAhead?: string;
  /** On a terminal: keys pressed once when the words are shown; several, each after the last, when they are shown since then. */
  keys?: KeyPress | KeyPress[];
  /** Ctrl-C when either output shows the words. */
  interruptWhen?: RegExp;
  /** Ctrl-C when this is aborted. */
  stopSignal?: AbortSignal;
  /** Called with all that was printed so far, at every change. */
  onPrint?: (printed: string) => void;
  /** Plays the browser. */
  openPage?: (url: string) => void;
  studio?: Partial<StudioConfig>;
}

/** A folder with a home in it, and a sandbox that plays Kling for whoever uses {@link CliLab.klingEnv}. */
export interface CliLab extends AsyncDisposable {
  folder: string;
  home: string;
  kling: Sandbox;
  klingEnv: Record<string, string>;
  /** Lets time pass at that Kling: what runs there is done an hour later. */
  letKlingFinish(): void;
  run(words: readonly string[], options?: CliRunOptions): Promise<CliRun>;
  write(name: string, content: string | Uint8Array): Promise<string>;
  read(name: string): Promise<Buffer>;
}

/** The waits of the state machine, short enough for a test. */
const FAST: StudioConfig['timings'] = {
  lookWaitMs: 60,
  lookGiveUpMs: 600,
  backoffFirstMs: 10,
  backoffLongestMs: 80,
  pollIntervalMs: 15,
  slotRetryMs: 30,
  followIntervalMs: 15,
  stopGraceMs: 1_000,
};

export async function openCliLab(options: Partial<SandboxOptions> = {}): Promise<CliLab> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-cli-'));
  const home = join(folder, 'home');
  let laterMs = 0;
  const clock: Clock = { ...systemClock, now: () => Date.now() + laterMs };
  const kling = await startSandbox({ dataFolder: join(folder, 'kling'), clips: 'tiny', speed: Number.POSITIVE_INFINITY, clock, ...options });
  return {
    folder,
    home,
    kling,
    klingEnv: { KLING_API_KEY: kling.apiKey, KLING_BASE_URL: kling.baseUrl },
    letKlingFinish: () => {
      laterMs += 3_600_000;
    },
    run: async (words, runOptions = {}) => await runCli(words, { folder, home, ...runOptions }),
    write: async (name, content) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    read: async (name) => await readFile(join(folder, name)),
    async [Symbol.asyncDispose]() {
      await kling.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Paragraphs of that many different shots. */
export function scriptOf(count: number): string {
  return Array.from({ length: count }, (_, index) => `Shot ${index + 1}: a paper boat crosses puddle number ${index + 1} at dawn.`).join('\n\n');
}

async function runCli(words: readonly string[], options: CliRunOptions & { folder: string; home: string }): Promise<CliRun> {
  const interrupt = new AbortController();
  options.stopSignal?.addEventListener('abort', () => interrupt.abort(new Error('Ctrl-C')), { once: true });
  let printed = '';
  let sinceKeys = '';
  const keys = options.keys === undefined ? [] : [options.keys].flat();
  const stdin: Input = options.terminal ? new PassThrough() : Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]);
  if (options.terminal) {
    stdin.isTTY = true;
    stdin.setRawMode = () => {};
    if (options.typedAhead !== undefined) (stdin as PassThrough).write(options.typedAhead);
  }
  const onText = (text: string) => {
    printed += text;
    options.onPrint?.(printed);
    if (options.interruptWhen?.test(printed)) interrupt.abort(new Error('Ctrl-C'));
    sinceKeys += text;
    const [next] = keys;
    if (!next?.when.test(sinceKeys)) return;
    keys.shift();
    sinceKeys = '';
    // Pressed when the question has been asked, not while it is being printed.
    setImmediate(() => void pressKeys(stdin as PassThrough, next));
  };
  const stdout = screen(options.terminal, onText);
  const stderr = screen(options.terminal, onText);
  const exit = await main({
    argv: words,
    env: { DIRECTORSTUDIO_KEYCHAIN: 'off', ...options.env },
    cwd: options.folder,
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    interrupt: interrupt.signal,
    ...(options.openPage ? { openPage: options.openPage } : {}),
    studio: { home: options.home, timings: FAST, sandbox: { clips: 'tiny', speed: Number.POSITIVE_INFINITY }, ...options.studio },
  });
  stdin.destroy();
  const out = stdout.text();
  return {
    exit,
    out,
    err: stderr.text(),
    json: () =>
      out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

async function pressKeys(stdin: PassThrough, { press, first }: KeyPress): Promise<void> {
  await first?.();
  if (press === null) stdin.end();
  else stdin.write(press);
}

function screen(terminal: CliRunOptions['terminal'], onText: (text: string) => void): { stream: Output; text: () => string } {
  let text = '';
  const stream: Output = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      onText(String(chunk));
      done();
    },
  });
  if (terminal) Object.assign(stream, { isTTY: true, ...terminal });
  return { stream, text: () => text };
}
