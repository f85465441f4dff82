import { useEffect, useEffectEvent, useState } from 'react';
import { ApiFailure } from './call.ts';

/** How long somebody pauses before what they wrote is asked about. */
const PAUSE_MS = 600;

export interface AnswerAfterPause<Answer> {
  /** The last answer there was, and what it was asked about. */
  answered?: { about: string; answer: Answer };
  /** Why there is none to the newest question. */
  failure?: ApiFailure;
  /** A newer answer is awaited. */
  pending: boolean;
}

/**
 * Asks about what somebody is writing, at every pause. A question that was overtaken is given up.
 * @param about tells questions apart; missing: there is nothing to ask.
 */
export function useAfterPause<Answer>(about: string | undefined, ask: (signal: AbortSignal) => Promise<Answer>): AnswerAfterPause<Answer> {
  const [state, setState] = useState<Omit<AnswerAfterPause<Answer>, 'pending'> & { asked: string }>();
  const askNow = useEffectEvent(ask);
  useEffect(() => {
    if (about === undefined) return undefined;
    const aborter = new AbortController();
    const timer = window.setTimeout(() => {
      askNow(aborter.signal)
        .then((answer) => setState({ asked: about, answered: { about, answer } }))
        .catch((error: unknown) => {
          // The last answer stays in sight beside what is wrong now.
          if (error instanceof ApiFailure) setState((before) => ({ ...before, asked: about, failure: error }));
        });
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      aborter.abort();
    };
  }, [about]);
  if (about === undefined) return { pending: false };
  const { asked, ...rest } = state ?? { asked: undefined };
  return { ...rest, pending: asked !== about };
}
