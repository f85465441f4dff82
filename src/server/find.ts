import type { ProjectPrompt, Take } from '../store/index.ts';
import type { Board } from './boards.ts';
import { HttpError } from './errors.ts';
import type { ServerParts } from './server-parts.ts';

/** @throws HttpError SHOT_UNKNOWN. */
export function shotOf(board: Board, shotId: string): ProjectPrompt {
  const shot = board.prompts.get(shotId);
  if (!shot) throw new HttpError(404, 'SHOT_UNKNOWN', 'This film has no such shot.', { next: 'It may have been taken out of the script. Ask for the shots again.' });
  return shot;
}

/** A take and where it belongs. */
export interface FoundTake {
  take: Take;
  board: Board;
  shot: ProjectPrompt;
  /** All of the shot on that engine. */
  takes: Take[];
}

/** @throws HttpError TAKE_UNKNOWN, also where its shot was taken out of the script. */
export async function takeOf({ studio, boards }: Pick<ServerParts, 'studio' | 'boards'>, takeId: string): Promise<FoundTake> {
  const place = await studio.store.takes.placeOfTake(takeId);
  const board = place && (await boards.open(place.projectId));
  const shot = place && board?.prompts.get(place.shotId);
  const takes = shot ? await studio.store.takes.list([shot.id], place.engine) : [];
  const take = takes.find(({ id }) => id === takeId);
  if (!board || !shot || !take) throw new HttpError(404, 'TAKE_UNKNOWN', 'There is no such take.', { next: 'Its shot may have been taken out of the script. Ask for the takes again.' });
  return { take, board, shot, takes };
}
