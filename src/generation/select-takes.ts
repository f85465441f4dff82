import type { Engine } from '../protocol/shot-settings.ts';
import type { ProjectPrompt, Store } from '../store/index.ts';
import { currentTakes } from './wanted-takes.ts';

/**
 * Gives every shot the take that its film shows: the one a person selected, as long as it was made with the shot's
 * settings as they are; else the first that is ready. @param newest select the newest ready take instead (a retake).
 */
export async function selectTakes(store: Store, engine: Engine, prompts: readonly ProjectPrompt[], options: { newest: boolean }): Promise<void> {
  const takes = await store.takes.list(prompts.map(({ id }) => id), engine);
  for (const prompt of prompts) {
    const ready = currentTakes(
      prompt,
      takes.filter(({ shotId }) => shotId === prompt.id),
    ).filter(({ generation }) => generation.state.status === 'completed');
    const wanted = options.newest ? ready.at(-1) : (ready.find(({ selected }) => selected) ?? ready[0]);
    if (wanted && !wanted.selected) await store.takes.select(prompt.id, engine, wanted.number);
  }
}
