import { StudioError } from '../lib/errors.ts';
import { throwIfStopped, type Input, type Session } from './session.ts';

/** Words that answer a question; nothing else does, least of all an empty line. */
const ANSWERS: Readonly<Record<string, boolean>> = { y: true, yes: true, n: false, no: false };
/** Keys typed ahead come at once; what comes later than this, in milliseconds, is meant for the question. */
const TYPED_AHEAD_QUIET_MS = 50;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/**
 * Asks a yes-or-no question on the terminal. Only a typed y, yes, n or no (in any case) and Enter answer it, everything
 * else is asked again: an Enter too many must not spend money. What was typed before the question is thrown away. The end
 * of the input (Ctrl-D) is a no.
 * @throws StudioError with `refusal` when nobody can be asked; the stop's reason after Ctrl-C.
 */
export async function ask(session: Session, question: string, refusal: StudioError): Promise<boolean> {
  const { stdin, stderr } = session.deps;
  if (stdin.isTTY !== true || stderr.isTTY !== true) throw refusal;
  const { isCancel, text } = await import('@clack/prompts');
  if ((await typedAhead(stdin)).includes(CTRL_C)) {
    stdin.setRawMode?.(false);
    return stopAtQuestion(session);
  }
  const end = watchForEnd(stdin);
  try {
    let message = `${question} (yes or no)`;
    for (;;) {
      const answer = await text({ message, input: stdin, output: stderr, signal: AbortSignal.any([session.signal, end.signal]) });
      if (end.signal.aborted) return false;
      // Ctrl-C at the question comes as a key, not as a signal: the terminal is read letter by letter there.
      if (isCancel(answer)) return stopAtQuestion(session);
      const word = (answer ?? '').trim().toLowerCase();
      const meant = Object.hasOwn(ANSWERS, word) ? ANSWERS[word] : undefined;
      if (meant !== undefined) return meant;
      message = `Type yes or no. ${question}`;
    }
  } finally {
    end.stopWatching();
  }
}

/** The person said no; nothing was spent. */
export function declined(what: string): StudioError {
  return new StudioError('DECLINED', `Not done: ${what}`);
}

function stopAtQuestion(session: Session): false {
  session.stop(new Error('Stopped at the question'));
  throwIfStopped(session);
  return false;
}

/** Reads away what lies in the terminal already, and says what it was. Leaves the terminal in raw mode, paused. */
async function typedAhead(stdin: Input): Promise<string> {
  // Raw mode hands out a line that has no Enter yet as well.
  stdin.setRawMode?.(true);
  let typed = '';
  await new Promise<void>((resolve) => {
    const done = () => {
      stdin.off('data', onData);
      stdin.pause();
      resolve();
    };
    let quiet = setTimeout(done, TYPED_AHEAD_QUIET_MS);
    const onData = (chunk: unknown) => {
      typed += String(chunk);
      clearTimeout(quiet);
      quiet = setTimeout(done, TYPED_AHEAD_QUIET_MS);
    };
    stdin.on('data', onData);
    stdin.resume();
  });
  return typed;
}

/** The prompt itself would wait for ever on an input that has ended. */
function watchForEnd(stdin: Input): { signal: AbortSignal; stopWatching(): void } {
  const ended = new AbortController();
  const onEnd = () => ended.abort(new Error('The input ended'));
  const onKey = (letter: string | undefined) => {
    if (letter === CTRL_D) onEnd();
  };
  stdin.on('end', onEnd).on('close', onEnd).on('keypress', onKey);
  if (stdin.readableEnded || stdin.destroyed) onEnd();
  return {
    signal: ended.signal,
    stopWatching: () => void stdin.off('end', onEnd).off('close', onEnd).off('keypress', onKey),
  };
}
