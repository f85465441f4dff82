import { StudioError } from '../lib/errors.ts';
import { throwIfStopped, type Session } from './session.ts';

/**
 * Asks a yes-or-no question on the terminal; the answer is no unless it is yes.
 * @throws StudioError with `refusal` when nobody can be asked; the stop's reason after Ctrl-C.
 */
export async function ask(session: Session, question: string, refusal: StudioError): Promise<boolean> {
  const { stdin, stderr } = session.deps;
  if (stdin.isTTY !== true || stderr.isTTY !== true) throw refusal;
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: question, initialValue: false, input: stdin, output: stderr, signal: session.signal });
  // Ctrl-C at the question comes as a key, not as a signal: the terminal is read letter by letter there.
  if (isCancel(answer)) {
    session.stop(new Error('Stopped at the question'));
    throwIfStopped(session);
  }
  return answer === true;
}

/** The person said no; nothing was spent. */
export function declined(what: string): StudioError {
  return new StudioError('DECLINED', `Not done: ${what}`);
}
