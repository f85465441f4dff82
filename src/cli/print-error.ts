import { messageOf, StudioError } from '../lib/errors.ts';
import { ERROR_LABELS, errorWords } from './error-words.ts';
import { printable } from './printable.ts';
import type { Session } from './session.ts';

const A_BUG = {
  code: 'BUG',
  message: 'Something went wrong that should not be possible. This is a bug in DirectorStudio:',
  next: 'Please report it with the lines above. What was paid for is written down; directorstudio resume goes on with it.',
};

/** Says what went wrong and what to do; a bug keeps its stack. Also a line of `--json`. */
export function printError(session: Session, error: unknown): void {
  const { talkColours: colours, locale } = session;
  const labels = ERROR_LABELS[locale];
  if (StudioError.is(error)) {
    const words = errorWords(error, locale);
    // A "no" of theirs is no error of anybody's.
    const declined = error.code === 'DECLINED';
    session.tell(`${declined ? '' : `${colours.red(labels.error)} `}${printable(words.what)}`);
    for (const line of words.details) session.tell(`  ${printable(line)}`);
    if (words.next !== undefined && !declined) session.tell(`${colours.bold(labels.next)} ${printable(words.next)}`);
    session.emit('error', { code: error.code, message: error.message, ...(error.next === undefined ? {} : { next: error.next }) });
    return;
  }
  const { what, next } = errorWords(A_BUG, locale);
  session.tell(colours.red(what));
  session.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  session.tell(`${colours.bold(labels.next)} ${next}`);
  session.emit('error', { code: A_BUG.code, message: messageOf(error), next: 'Please report it with the text on standard error.' });
}
