import { CommanderError } from 'commander';
import { StudioError } from '../lib/errors.ts';
import { printError } from './print-error.ts';
import { buildProgram } from './program.ts';
import { createSession, SANDBOX_BANNER, type CommandResult, type ExitCode, type MainDeps, type Session } from './session.ts';
import { typedCommand } from './typed-command.ts';
import { withUsableSize } from './terminal-size.ts';

export type { MainDeps } from './session.ts';

/**
 * The command line as a function: reads the words, does the work, returns the exit code. Results go to standard output,
 * talk to standard error; with `--json` standard output holds JSON Lines only.
 */
export async function main(given: MainDeps): Promise<ExitCode> {
  const deps = { ...given, stdout: withUsableSize(given.stdout), stderr: withUsableSize(given.stderr) };
  // A word that does not parse is answered in the form that was asked for, before the options are known.
  let session = createSession(deps, { json: deps.argv.includes('--json') });
  let result: CommandResult;
  try {
    let commandResult: CommandResult | undefined;
    const program = buildProgram({
      stdout: deps.stdout,
      stderr: deps.stderr,
      typed: typedCommand(deps.env),
      run: async (options, action) => {
        session = createSession(deps, options);
        commandResult = await action(session);
      },
    });
    await program.parseAsync(deps.argv.length === 0 ? ['--help'] : [...deps.argv], { from: 'user' });
    result = commandResult ?? { exit: 0 };
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    result = { exit: failure(session, error), summary: session.counted };
  }
  if (session.engine === 'sandbox') session.say(session.colours.yellow(SANDBOX_BANNER));
  const zero = { shots: 0, completed: 0, failed: 0, waiting: 0, cached: 0, generated: 0, estimateUnits: 0, billedUnits: 0 };
  session.emit('summary', { ...zero, ...result.summary, film: result.film ?? null, exit: result.exit });
  return result.exit;
}

function failure(session: Session, error: unknown): ExitCode {
  if (session.signal.aborted) {
    if (!isTheStop(session, error)) printError(session, error);
    session.tell('Stopped. Nothing was under way that could be lost.');
    return 130;
  }
  if (error instanceof CommanderError) {
    // Help was printed because a word is missing (`directorstudio cache`).
    if (error.code === 'commander.help') session.emit('error', { code: 'USAGE', message: 'A word is missing.', next: 'directorstudio --help shows the words.' });
    else printError(session, usageError(error));
  } else printError(session, error);
  return 2;
}

function isTheStop(session: Session, error: unknown): boolean {
  return error === session.signal.reason || (error instanceof Error && error.name === 'AbortError') || (StudioError.is(error) && error.code === 'RUN_STOPPED');
}

function usageError(error: CommanderError): StudioError {
  const message = error.message.replace(/^error: /, '').replace(/\n\((Did you mean [^)]*)\)$/, '. $1');
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return new StudioError('USAGE', /[.?!]$/.test(sentence) ? sentence : `${sentence}.`, { next: 'directorstudio --help shows the words, directorstudio WORD --help the options of one.' });
}
