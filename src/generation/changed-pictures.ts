import { StudioError } from '../lib/errors.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { pictureKey, takesByShot, type ProjectPrompt, type Store, type Take } from '../store/index.ts';
import { withParents } from './continuity.ts';
import { currentTakes } from './current-takes.ts';
import { withdrawRetake } from './withdraw-retake.ts';

/**
 * The shots that show another picture after a change: their own is another, or that of the shot they go on from. Each comes
 * with the clip it starts from then. @param before @param after the film's shots in order, as they are stored and as they will be.
 */
export async function changedPictures(store: Store, engine: Engine, before: readonly ProjectPrompt[], after: readonly ProjectPrompt[]): Promise<ProjectPrompt[]> {
  const then = await withParents(store, engine, before);
  const now = await withParents(store, engine, after);
  return now.filter((prompt, index) => prompt !== then[index] && pictureKey(prompt.settings) !== pictureKey(then[index]?.settings ?? prompt.settings));
}

/**
 * The takes of these shots that wait unsent and show other pictures than theirs: nobody asks for them any more.
 * @throws StudioError SHOT_AT_WORK while a living program is about to send one: it would be paid for.
 */
export async function unsentOfOldWords(store: Store, engine: Engine, prompts: readonly ProjectPrompt[]): Promise<Take[]> {
  const takes = takesByShot(await store.takes.list(prompts.map(({ id }) => id), engine));
  const unsent = prompts.flatMap((prompt) => {
    const own = takes.get(prompt.id) ?? [];
    const current = new Set(currentTakes(prompt, own));
    return own.filter((take) => take.generation.state.status === 'waiting' && !current.has(take)).map((take) => ({ prompt, take }));
  });
  const driven = store.ledger.drivenNow(unsent.map(({ take }) => take.generation));
  const atWork = unsent.find(({ take }) => driven.has(take.generation.id));
  if (atWork) {
    throw new StudioError('SHOT_AT_WORK', `${atWork.prompt.name} is about to be sent with the words and settings it has now.`, { next: 'Stop that work, or wait until it is sent; then change the shot. Nothing was changed.', detail: { shot: atWork.prompt.name } });
  }
  return unsent.map(({ take }) => take);
}

/** Gives such takes up. One that is sent at this very moment stays, and is billed. */
export async function giveUp(store: Store, takes: readonly Take[]): Promise<void> {
  for (const take of takes) await withdrawRetake(store, take);
}
