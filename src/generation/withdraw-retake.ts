import type { Engine } from '../protocol/shot-settings.ts';
import type { ProjectPrompt, Store, Take } from '../store/index.ts';
import { commitEvent } from './drive-context.ts';
import { fingerprintOf } from './fingerprint.ts';
import { DEFAULT_TIMINGS } from './timings.ts';

/**
 * What became of a retake that is not wanted any more. `withdrawn`: given up before anything was sent. `left`: another shot
 * wants the same picture, so only this shot gave it up. `at work`: a living process drives it. `sent`: it is beyond recall.
 */
export type WithdrawEnd = 'withdrawn' | 'left' | 'at work' | 'sent';

/** The takes of a shot beyond those that its plan asks for, of the present words or of earlier ones, that wait unsent. */
export function unsentRetakes(prompt: Pick<ProjectPrompt, 'settings' | 'takesWanted'>, engine: Engine, takes: readonly Take[]): Take[] {
  const waiting = takes.filter(({ generation }) => generation.state.status === 'waiting');
  if (waiting.length === 0) return [];
  const planned = new Set(Array.from({ length: prompt.takesWanted }, (_, index) => fingerprintOf(prompt.settings, engine, index + 1)));
  return waiting.filter(({ generation }) => !planned.has(generation.fingerprint));
}

/**
 * Gives up a take that waits. Nothing of a waiting take is at Kling; one that was sent meanwhile, or may have been, is left
 * as it is. A kill before the commit leaves it waiting, after it withdrawn; its lease dies with the process.
 */
export async function withdrawRetake(store: Store, take: Take): Promise<WithdrawEnd> {
  const generation = await store.ledger.claim(take.generation.id);
  if (!generation) return 'at work';
  let written = generation;
  try {
    if (generation.state.status !== 'waiting') return 'sent';
    if ((await store.takes.placesOf(generation.id)).length > 1) {
      await store.takes.leave(take.id);
      return 'left';
    }
    written = await commitEvent(generation, { type: 'cancel' }, { ledger: store.ledger, timings: DEFAULT_TIMINGS, report: () => {} });
    return 'withdrawn';
  } finally {
    await store.ledger.release(written);
  }
}
