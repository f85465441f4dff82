import type { Readable, Writable } from 'node:stream';
import picocolors from 'picocolors';
import type { Engine } from '../protocol/shot-settings.ts';
import type { RunSummary } from '../protocol/events.ts';
import type { Studio, StudioConfig } from '../studio.ts';
import { sayAskAgain } from './ask-again-words.ts';
import { localeOf, type Locale } from './locale.ts';
import { watchStopRequests } from '../generation/stop-request.ts';
import { typedCommand, withTypedCommand } from './typed-command.ts';

/** A stream that may be a terminal. */
export type Output = Writable & { isTTY?: boolean; columns?: number; rows?: number };
export type Input = Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };

/** All that the command line takes from the outside; `bin.ts` hands in the process's own. */
export interface MainDeps {
  /** Words after the program's name. */
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  stdin: Input;
  stdout: Output;
  stderr: Output;
  /** Aborted by Ctrl-C or SIGTERM: the work is parked and the exit code is 130. */
  interrupt: AbortSignal;
  /** Shows an address to the person at this machine. Missing: nobody sits here. */
  openPage?: (url: string) => void;
  /** For tests: parts of the studio's configuration, over what the command line says. */
  studio?: Partial<StudioConfig>;
}

/** 0 done · 1 done, something failed or waits · 2 could not run · 130 stopped. */
export type ExitCode = 0 | 1 | 2 | 130;

export interface CommandResult {
  exit: ExitCode;
  /** What the last line of `--json` counts; what is missing is 0. */
  summary?: Partial<RunSummary>;
  /** Path of the film that is there now. */
  film?: string;
}

export interface CommonOptions {
  home?: string;
  json?: boolean;
}

export type Colours = ReturnType<typeof picocolors.createColors>;

/** One start of the program: where its words go. */
export interface Session {
  readonly deps: MainDeps;
  readonly json: boolean;
  readonly home: string | undefined;
  /** The language of errors for people; `--json` speaks English. */
  readonly locale: Locale;
  /** Aborted by Ctrl-C, SIGTERM, or `directorstudio stop` from elsewhere. */
  readonly signal: AbortSignal;
  /** Stops the run as Ctrl-C does. */
  stop(reason: Error): void;
  /** A result: standard output, or standard error with `--json`. */
  say(line: string): void;
  /** Talk: standard error. */
  tell(line: string): void;
  /** A line of `--json`; nothing without it. */
  emit(type: string, fields: Readonly<Record<string, unknown>>): void;
  /** For what {@link say} prints. */
  readonly colours: Colours;
  /** For what {@link tell} prints. */
  readonly talkColours: Colours;
  /** What is known already of what the last line of `--json` counts: it is there also when the work is stopped or fails. */
  counts(summary: Partial<RunSummary>): void;
  readonly counted: Partial<RunSummary>;
  /** Called once the engine is known: sandbox runs say so in their first and last line. */
  useEngine(engine: Engine): void;
  readonly engine: Engine | undefined;
  openStudio(): Promise<Studio>;
}

export const SANDBOX_BANNER = 'SANDBOX, not Kling: practice clips made on this machine, paid with play money.';

export function createSession(deps: MainDeps, options: CommonOptions): Session {
  const json = options.json === true;
  const out = json ? deps.stderr : deps.stdout;
  const stopped = new AbortController();
  let engine: Engine | undefined;
  let counted: Partial<RunSummary> = {};
  const colours = coloursFor(out, deps.env);
  const typed = typedCommand(deps.env);
  const write = (stream: Output, line: string) => void stream.write(`${withTypedCommand(line, typed)}\n`);
  const say = (line: string) => write(out, line);
  return {
    deps,
    json,
    home: options.home,
    locale: localeOf(deps.env),
    signal: AbortSignal.any([deps.interrupt, stopped.signal]),
    stop: (reason) => stopped.abort(reason),
    say,
    tell: (line) => write(deps.stderr, line),
    emit(type, fields) {
      if (json) deps.stdout.write(`${JSON.stringify({ v: 1, type, ...fields })}\n`);
    },
    colours,
    talkColours: coloursFor(deps.stderr, deps.env),
    counts(summary) {
      counted = { ...counted, ...summary };
    },
    get counted() {
      return counted;
    },
    useEngine(next) {
      if (next === 'sandbox' && engine === undefined) say(colours.yellow(SANDBOX_BANNER));
      engine = next;
    },
    get engine() {
      return engine;
    },
    async openStudio() {
      const { createStudio } = await import('../studio.ts');
      return await createStudio({ env: deps.env, onAskAgain: (again) => sayAskAgain(this, again), ...(options.home === undefined ? {} : { home: options.home }), ...deps.studio });
    },
  };
}

/** Colour on a terminal only, and never with NO_COLOR (no-color.org); words stand beside every colour. */
export function coloursFor(stream: Output, env: MainDeps['env']): Colours {
  const wanted = stream.isTTY === true && env['TERM'] !== 'dumb';
  return picocolors.createColors(wanted && (env['NO_COLOR'] ?? '') === '');
}

/** Asks whether the run was stopped; a step that has not begun yet is not begun. @throws the signal's reason. */
export function throwIfStopped(session: Session): void {
  session.signal.throwIfAborted();
}

/** Waits for what cannot be stopped itself, no longer than the session goes on. @throws the signal's reason. */
export async function unlessStopped<T>({ signal }: Session, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return await new Promise<T>((resolve, reject) => {
    const onStop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onStop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onStop));
  });
}

/** Opens the studio for some work and closes it in any case. */
export async function withStudio<T>(session: Session, work: (studio: Studio) => Promise<T>): Promise<T> {
  const studio = await session.openStudio();
  try {
    return await work(studio);
  } finally {
    await studio.close();
  }
}

/** The same for work that `directorstudio stop` ends in order, from its first question to Kling to its cut. */
export async function withStoppableStudio<T>(session: Session, work: (studio: Studio) => Promise<T>): Promise<T> {
  return await withStudio(session, async (studio) => {
    const stopLooking = await watchStopRequests(studio.home, () => session.stop(new Error('Stopped by directorstudio stop')));
    try {
      return await work(studio);
    } finally {
      stopLooking();
    }
  });
}
