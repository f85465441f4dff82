import { Command } from 'commander';
import { addKeepingCommands } from './program-keeping.ts';
import { addFilmCommands } from './program-films.ts';
import { addCommonOptions } from './program-help.ts';
import type { Run } from './program-run.ts';
import { programVersion } from './program-version.ts';
import type { Output } from './session.ts';
import { withTypedCommand } from './typed-command.ts';

export interface ProgramParts {
  stdout: Output;
  stderr: Output;
  /** How a person types the command. */
  typed: string;
  run: Run;
}

/** Every word, option and example; no work in here, so that `--help` is quick. */
export function buildProgram(parts: ProgramParts): Command {
  const program = new Command('directorstudio');
  program
    .description('A script becomes a film, shot by shot, with Kling AI video.\nWithout a Kling key everything runs in the sandbox: practice clips, play money.')
    .version(programVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [word]', 'show the help of a word')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void parts.stdout.write(withTypedCommand(text, parts.typed)),
      writeErr: (text) => void parts.stderr.write(withTypedCommand(text, parts.typed)),
      // Errors come out as exceptions and are printed in one place, main.ts.
      outputError: () => {},
      getOutHelpWidth: () => parts.stdout.columns ?? 100,
      getErrHelpWidth: () => parts.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'after',
      `
A first film:
  directorstudio plan story.txt             the shots, the model and the cost; spends nothing
  directorstudio animatic story.txt         the same as drawings, to time the film by
  directorstudio film story.txt             the film, as story.mp4 beside you
  directorstudio status                     where every shot stands
  directorstudio retake 3                   another take of shot 3, then film again

Exit codes: 0 done · 1 done, but something failed or waits · 2 could not run · 130 stopped (work parked)
Environment:
  KLING_API_KEY, or KLING_ACCESS_KEY and KLING_SECRET_KEY   your key at Kling; wins over a stored one
  KLING_BASE_URL                                            the address it belongs to
  DIRECTORSTUDIO_HOME                                       where everything is kept
  DIRECTORSTUDIO_KEYCHAIN=off                               leave the system's keychain alone
  NO_COLOR                                                  no colours
  LC_ALL, LC_MESSAGES, LANG                                 errors in German for de, else in English`,
    );
  addCommonOptions(program);
  addFilmCommands(program, parts.run);
  addKeepingCommands(program, parts.run);
  return program;
}
