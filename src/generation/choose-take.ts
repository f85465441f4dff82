import { StudioError } from '../lib/errors.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { ProjectPrompt, Store } from '../store/index.ts';
import { loadShots } from './continuity.ts';
import { currentTakes } from './current-takes.ts';
import { selectTakes } from './select-takes.ts';

/**
 * The film shows this take from now on; shots that continue it show the take that was made from it, where there is one.
 * @param shot with the clip it starts from. @param word as a person named it, for messages.
 * @throws StudioError TAKE_UNKNOWN, TAKE_NOT_READY, TAKE_OF_OTHER_WORDS.
 */
export async function chooseTake(store: Store, film: { projectId: string; engine: Engine }, shot: ProjectPrompt, number: number, word = String(number)): Promise<void> {
  const { projectId, engine } = film;
  const takes = await store.takes.list([shot.id], engine);
  const take = takes.find((each) => each.number === number);
  if (!take) {
    const there = takes.length === 0 ? 'it has none yet' : `it has ${takes.map((each) => each.number).join(', ')}`;
    throw new StudioError('TAKE_UNKNOWN', `${shot.name} has no take "${word}": ${there}.`, { next: 'directorstudio status shows the takes of every shot.' });
  }
  if (take.generation.state.status !== 'completed') {
    throw new StudioError('TAKE_NOT_READY', `Take ${number} of ${shot.name} is not ready, so the film cannot show it.`, { next: 'directorstudio resume brings it in.' });
  }
  if (currentTakes(shot, [take]).length === 0) {
    throw new StudioError('TAKE_OF_OTHER_WORDS', `Take ${number} of ${shot.name} was made when the shot had other words or settings, so the film as it is written now cannot show it.`, {
      next: `directorstudio history ${shot.name} shows its words: put them back into the script and run film again, which costs nothing.`,
    });
  }
  await store.takes.select(shot.id, engine, number);
  await selectTakes(store, engine, await loadShots(store, engine, projectId), { newest: false });
}
