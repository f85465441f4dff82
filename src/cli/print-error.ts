import { messageOf, StudioError } from '../lib/errors.ts';
import { printable } from './printable.ts';
import type { Session } from './session.ts';

/** Says what went wrong and what to do; a bug keeps its stack. Also a line of `--json`. */
export function printError(session: Session, error: unknown): void {
  const { talkColours: colours } = session;
  if (StudioError.is(error)) {
    // A "no" of theirs is no error of anybody's.
    session.tell(error.code === 'DECLINED' ? printable(error.message) : `${colours.red('Error:')} ${printable(error.message)}`);
    if (error.next !== undefined) session.tell(`${colours.bold('Next:')} ${printable(error.next)}`);
    session.emit('error', { code: error.code, message: error.message, ...(error.next === undefined ? {} : { next: error.next }) });
    return;
  }
  session.tell(colours.red('Something went wrong that should not be possible. This is a bug in DirectorStudio:'));
  session.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  session.tell(`${colours.bold('Next:')} Please report it with the lines above. What was paid for is written down; directorstudio resume goes on with it.`);
  session.emit('error', { code: 'BUG', message: messageOf(error), next: 'Please report it with the text on standard error.' });
}
