import type { Generation } from '../store/index.ts';

/**
 * What becomes of a picture that was asked for before. `go on`: from the row's state. `same row`: a refused or cancelled
 * attempt never became a task, so its id is asked with again. `new row`: a task failed, a new attempt with a new id.
 * `over`: it failed, and another attempt might cost; a person must ask for it (`--retries`, `retake`).
 */
export type NextAttempt = 'go on' | 'same row' | 'new row' | 'over';

/**
 * @param retriesLeft automatic new attempts that the user still allows in this run, each of which may cost.
 * @param when at the start of a run a person has just asked for the shot, so everything that cost nothing is tried again.
 */
export function attemptFor(known: Generation | undefined, retriesLeft: number, when: 'start of a run' | 'in a run'): NextAttempt {
  const state = known?.state;
  if (state === undefined) return 'go on';
  if (state.status === 'cancelled') return when === 'start of a run' ? 'same row' : 'over';
  if (state.status !== 'failed') return 'go on';
  if (state.taskId === undefined) return when === 'start of a run' ? 'same row' : 'over';
  if (retriesLeft > 0) return 'new row';
  return when === 'start of a run' && state.charged === 'no' ? 'new row' : 'over';
}
