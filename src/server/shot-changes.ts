import { changedPictures, dropTakes, forecastPlan, giveUp, unsentOfOldWords } from '../generation/index.ts';
import { changeShots, requireAccepted, type ChangedShots, type ShotChange } from '../project/index.ts';
import type { Forecast } from '../protocol/api/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Project, ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { HttpError } from './errors.ts';
import { readPreferences } from './preferences.ts';
import { forecastView } from './views/plan-view.ts';

/** A change of stored shots, looked at and not yet made. */
export interface PlannedChange {
  project: Project;
  engine: Engine;
  /** The film's shots as they are stored. */
  stored: readonly ProjectPrompt[];
  changed: ChangedShots;
  anew: string[];
  forecast: Forecast;
}

const ENGINES: readonly Engine[] = ['kling', 'sandbox'];

/**
 * What a change would do. Saves and spends nothing.
 * @param shotIds missing: every shot. @throws StudioError PROJECT_UNKNOWN, SHOTS_REFUSED; HttpError SHOT_UNKNOWN.
 */
export async function planChange(studio: Studio, projectId: string, shotIds: readonly string[] | undefined, change: ShotChange): Promise<PlannedChange> {
  const { store } = studio;
  const project = await store.projects.getProject(projectId);
  // As they are stored: what the film knows of them beside, which take a shot goes on from, is no part of them.
  const stored = await store.projects.loadPromptList(projectId);
  const known = new Set(stored.map(({ id }) => id));
  if (shotIds?.some((id) => !known.has(id)) === true) throw new HttpError(404, 'SHOT_UNKNOWN', 'This film has no such shot.', { next: 'It may have been taken out of the script. Ask for the shots again.' });
  const changed = await changeShots(project, stored, shotIds === undefined ? known : new Set(shotIds), change);
  const engine = studio.engineFor(project, { sandbox: project.engine === 'sandbox' });
  const anew = (await changedPictures(store, engine, stored, changed.prompts)).map(({ name }) => name);
  const only = [...new Set([...anew, ...changed.changes.map(({ after }) => after.name)])];
  const forecast = await forecastPlan(studio, engine, withTakesBefore(stored, changed.prompts), { only, retries: (await readPreferences(studio.home)).retries });
  return { project, engine, stored, changed, anew, forecast: await forecastView(studio, engine, forecast, project) };
}

/**
 * Makes it: all shots or none, in one commit. A kill before it leaves the shots as they were; one after it leaves takes of the
 * old words waiting that no run asks for, so they cost nothing.
 * @throws StudioError PROMPTS_REFUSED, SHOT_AT_WORK, SHOT_CHANGED: nothing was changed.
 */
export async function saveChange({ store }: Studio, { project, stored, changed }: PlannedChange): Promise<void> {
  requireAccepted(changed);
  if (changed.changes.length === 0) return;
  const unsent = [];
  for (const engine of ENGINES) unsent.push(...(await unsentOfOldWords(store, engine, await changedPictures(store, engine, stored, changed.prompts))));
  // First, so that a kill in between leaves no take that nobody planned.
  for (const engine of ENGINES) await dropTakes(store, engine, withTakesBefore(stored, changed.prompts));
  await store.projects.changePrompts(project.id, changed.changes);
  await giveUp(store, unsent);
}

function withTakesBefore(stored: readonly ProjectPrompt[], prompts: readonly ProjectPrompt[]): (ProjectPrompt & { takesWantedBefore?: number })[] {
  return prompts.map((prompt, index) => {
    const before = stored[index]?.takesWanted ?? 0;
    return before > prompt.takesWanted ? { ...prompt, takesWantedBefore: before } : prompt;
  });
}
