import { currentTakes, loadShots } from '../generation/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Project } from '../store/index.ts';
import type { Studio } from '../studio.ts';

/** The shots with a take that is not over, made with their settings as they are, in film order. No other take is read. */
export async function openShots(studio: Studio, project: Project, engine: Engine): Promise<string[]> {
  const prompts = await loadShots(studio.store, engine, project.id);
  const byId = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const takes = await studio.store.takes.listUnfinished(project.id, engine);
  const open = new Set(
    takes.flatMap((take) => {
      const prompt = byId.get(take.shotId);
      return prompt && currentTakes(prompt, [take]).length > 0 ? prompt.id : [];
    }),
  );
  return prompts.flatMap(({ id }) => (open.has(id) ? id : []));
}
