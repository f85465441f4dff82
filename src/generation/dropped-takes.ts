import type { Engine } from '../protocol/shot-settings.ts';
import type { Store, Take } from '../store/index.ts';
import { withParents } from './continuity.ts';
import type { PromptToFilm } from './current-takes.ts';
import { fingerprintOf } from './fingerprint.ts';
import { withdrawRetake } from './withdraw-retake.ts';

/** A planned shot that may want fewer takes than before. */
export type PromptWithTakesBefore = PromptToFilm & { takesWantedBefore?: number };

/** Takes that a plan asked for before, that it asks for no more, and that were not sent. Each shot comes with the clip that it starts from. */
export async function takesToDrop(store: Store, engine: Engine, prompts: readonly PromptWithTakesBefore[]): Promise<Take[]> {
  const fewer = new Map(prompts.flatMap((prompt) => (prompt.id !== undefined && (prompt.takesWantedBefore ?? 0) > prompt.takesWanted ? [[prompt.id, prompt] as const] : [])));
  if (fewer.size === 0) return [];
  const takes = await store.takes.list([...fewer.keys()], engine);
  return takes.filter(({ shotId, generation }) => {
    const prompt = fewer.get(shotId);
    return prompt !== undefined && generation.state.status === 'waiting' && fingerprintsDropped(prompt, engine).includes(generation.fingerprint);
  });
}

function fingerprintsDropped({ settings, takesWanted, takesWantedBefore = 0 }: PromptWithTakesBefore, engine: Engine): string[] {
  return Array.from({ length: takesWantedBefore - takesWanted }, (_, index) => fingerprintOf(settings, engine, takesWanted + index + 1));
}

/**
 * Gives those up, of all shots of a film in order; one that a program is about to send stays. A kill in between leaves the others waiting under the plan as it
 * was. @returns how many were given up.
 */
export async function dropTakes(store: Store, engine: Engine, prompts: readonly PromptWithTakesBefore[]): Promise<number> {
  if (prompts.every(({ takesWantedBefore }) => takesWantedBefore === undefined)) return 0;
  let dropped = 0;
  for (const take of await takesToDrop(store, engine, await withParents(store, engine, prompts))) {
    const end = await withdrawRetake(store, take);
    if (end === 'withdrawn' || end === 'left') dropped += 1;
  }
  return dropped;
}
