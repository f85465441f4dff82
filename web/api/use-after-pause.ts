import { useEffect, useEffectEvent, useRef, useState } from 'react';
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
 * Asks about what somebody is writing, at every pause, and one question at a time: a long script is read for seconds, and
 * what was written meanwhile is asked about once, when that is over.
 * @param about tells questions apart; missing: there is nothing to ask.
 */
export function useAfterPause<Answer>(about: string | undefined, ask: (signal: AbortSignal) => Promise<Answer>): AnswerAfterPause<Answer> {
  const [state, setState] = useState<Omit<AnswerAfterPause<Answer>, 'pending'> & { asked: string }>();
  const [busy, setBusy] = useState(false);
  const asked = state?.asked;
  const aborter = useRef<AbortController>(undefined);
  const askNow = useEffectEvent(ask);
  useEffect(() => {
    if (about === undefined || busy || about === asked) return undefined;
    const timer = window.setTimeout(() => {
      setBusy(true);
      aborter.current = new AbortController();
      askNow(aborter.current.signal)
        .then((answer) => setState({ asked: about, answered: { about, answer } }))
        .catch((error: unknown) => {
          // The last answer stays in sight beside what is wrong now.
          if (error instanceof ApiFailure) setState((before) => ({ ...before, asked: about, failure: error }));
        })
        .finally(() => setBusy(false));
    }, PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [about, busy, asked]);
  useEffect(() => () => aborter.current?.abort(), []);
  if (about === undefined) return { pending: false };
  const { asked: _, ...rest } = state ?? { asked };
  return { ...rest, pending: asked !== about };
}
