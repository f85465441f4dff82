import type { Engine } from '../protocol/shot-settings.ts';
import { takesByShot, type ProjectPrompt, type Store } from '../store/index.ts';
import { currentTakes } from './current-takes.ts';

/** A large film's takes are not read all at once. A kill between two pieces: the next run selects the others. */
const SHOTS_A_PIECE = 100;

/**
 * Gives every shot the take that its film shows: the one a person selected, as long as it was made with the shot's
 * settings as they are; else the first that is ready. @param newest select the newest ready take instead (a retake).
 */
export async function selectTakes(store: Store, engine: Engine, prompts: readonly ProjectPrompt[], options: { newest: boolean }): Promise<void> {
  for (let start = 0; start < prompts.length; start += SHOTS_A_PIECE) await selectSome(store, engine, prompts.slice(start, start + SHOTS_A_PIECE), options);
}

async function selectSome(store: Store, engine: Engine, prompts: readonly ProjectPrompt[], options: { newest: boolean }): Promise<void> {
  const takes = await store.takes.list(prompts.map(({ id }) => id), engine);
  const byShot = takesByShot(takes);
  const changes = prompts.flatMap((prompt) => {
    const ready = currentTakes(prompt, byShot.get(prompt.id) ?? []).filter(({ generation }) => generation.state.status === 'completed');
    const wanted = options.newest ? ready.at(-1) : (ready.find(({ selected }) => selected) ?? ready[0]);
    return wanted && !wanted.selected ? [{ shotId: prompt.id, number: wanted.number }] : [];
  });
  if (changes.length === 0) return;
  await store.together(async (writes) => {
    for (const { shotId, number } of changes) await writes.takes.select(shotId, engine, number);
  });
}
