import { pictureKey, type ProjectPrompt, type Take } from '../store/index.ts';

/** As much of a shot as decides its takes: a stored one, or one that is only planned. */
export type PromptToFilm = Pick<ProjectPrompt, 'name' | 'settings' | 'takesWanted'> & Partial<Pick<ProjectPrompt, 'id' | 'projectId' | 'outS'>>;

/** The takes of a shot that show its picture as it is asked for now. */
export function currentTakes(prompt: Pick<ProjectPrompt, 'settings'>, takes: readonly Take[]): Take[] {
  if (takes.length === 0) return [];
  const key = pictureKey(prompt.settings);
  return takes.filter((take) => pictureKey(take.generation.request) === key);
}
