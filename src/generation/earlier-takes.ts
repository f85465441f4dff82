import type { Engine } from '../protocol/shot-settings.ts';
import type { Store, Take } from '../store/index.ts';
import { loadShots } from './continuity.ts';
import { currentTakes } from './current-takes.ts';

/**
 * Takes of words, settings or shots that a film had before, that are at Kling: they are paid for, so every run of the film
 * fetches them. None is ever sent, for nobody wants them any more.
 * @param inRun generations that the run brings in anyway.
 */
export async function earlierTakesAtKling(store: Store, engine: Engine, projectId: string, inRun: { has(id: string): boolean } = new Set()): Promise<Take[]> {
  const others = (await store.takes.listAtKling(projectId, engine)).filter(({ generation }) => !inRun.has(generation.id));
  // The shots are read only where there is something to ask about: a restart begins with a question to Kling.
  if (others.length === 0) return [];
  const prompts = new Map((await loadShots(store, engine, projectId)).map((prompt) => [prompt.id, prompt]));
  return others.filter((take) => {
    const prompt = prompts.get(take.shotId);
    return prompt === undefined || currentTakes(prompt, [take]).length === 0;
  });
}
