import { currentTakes, earlierTakesAtKling, loadShots, refusalOf, type GenerateRequest, type RunForecast, type RunReport } from '../generation/index.ts';
import { parseShotSelection, readStored } from '../project/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { RunSummary } from '../protocol/events.ts';
import { takesByShot, type Project, type ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { refuseWithoutNeeds } from './continuing-words.ts';
import { capUnits, consentToCost, sayCost, type SpendingProject } from './spend.ts';
import { showProgress } from './show-progress.ts';
import { openOrchestrator } from './key-words.ts';
import { throwIfStopped, type Session } from './session.ts';
import type { SpendOptions } from './film-options.ts';

/** What is to be brought in. */
export interface Shots {
  project: Project;
  engine: Engine;
  /** The shots this run is about, in film order. */
  prompts: readonly ProjectPrompt[];
  /** Missing: every shot of the film. */
  shotIds?: readonly string[];
  newTake?: boolean;
}

/** The shots of `--shots`, or all. @throws StudioError SHOT_UNKNOWN, SHOT_SELECTION_INVALID. */
export function chosenShots(prompts: readonly ProjectPrompt[], words: string | undefined): Pick<Shots, 'prompts' | 'shotIds'> {
  if (words === undefined) return { prompts };
  const chosen = parseShotSelection(words, prompts);
  return { prompts: chosen, shotIds: chosen.map(({ id }) => id) };
}

export type RunOptions = Pick<SpendOptions, 'yes' | 'retries' | 'concurrency' | 'cap'> & { shots?: string };

/**
 * Says the cost, finds out whether Kling takes the key where something would be sent, and asks for the money; nothing is begun.
 * @throws as {@link consentToCost} does; KlingError when Kling refuses the key or cannot be reached.
 */
export async function agreeOnCost(session: Session, studio: Studio, shots: Shots, options: RunOptions): Promise<void> {
  const forecast = await studio.forecast(shots.engine, requestOf(shots, options));
  const refusal = refusalOf(await readStored(shotsToSend(shots.prompts, forecast)), { stored: true });
  if (refusal) throw refusal;
  await agreeOnForecast(session, studio, shots, forecast, options);
}

/** Those that something would be paid for. */
export function shotsToSend<Shot extends { name: string }>(shots: readonly Shot[], { toMake }: RunForecast): Shot[] {
  const names = new Set(toMake.map(({ shot }) => shot));
  return shots.filter(({ name }) => names.has(name));
}

/** The same for shots that are only planned: nothing is saved before the cost is agreed on. */
export async function agreeOnForecast(
  session: Session,
  studio: Studio,
  film: { project: SpendingProject; engine: Engine },
  forecast: RunForecast,
  options: RunOptions,
): Promise<void> {
  if (options.shots !== undefined) refuseWithoutNeeds(film.engine, forecast);
  const mostUnits = await sayCost(session, studio, film.project, film.engine, forecast);
  throwIfStopped(session);
  // Nobody is asked for money that a wrong key could not spend.
  if (film.engine === 'kling' && (forecast.toMake.length > 0 || forecast.atKling > 0)) await openOrchestrator(session, studio, film.engine);
  throwIfStopped(session);
  await consentToCost(session, film.engine, mostUnits, options);
}

/** Brings the shots in, with progress. Where all is there already, nobody is asked: no sandbox starts, no key is checked. */
export async function runShots(session: Session, studio: Studio, shots: Shots, options: RunOptions): Promise<RunReport> {
  throwIfStopped(session);
  if (options.cap !== undefined) await studio.store.projects.updateProject(shots.project.id, { capUnits: capUnits(options.cap) });
  const there = await takesIfAllThere(studio, shots);
  if (there !== undefined) return { takes: [], stopped: false, summary: allThere(shots, there) };

  const orchestrator = await openOrchestrator(session, studio, shots.engine);
  throwIfStopped(session);
  // Kling's from here on, also after a look at it in the sandbox; not before, because a key that Kling refuses must not
  // make a key necessary.
  if (shots.engine === 'kling' && shots.project.engine !== 'kling') await studio.store.projects.updateProject(shots.project.id, { engine: 'kling' });
  const expectedTakes = shots.newTake === true ? shots.prompts.length : shots.prompts.reduce((sum, { takesWanted }) => sum + Math.max(1, takesWanted), 0);
  const display = await showProgress(session, { engine: shots.engine, project: shots.project, expectedTakes });
  const stopListening = orchestrator.on((event) => display.event(event));
  try {
    const concurrency = options.concurrency === undefined ? {} : { concurrency: options.concurrency };
    return await orchestrator.generateAll({ ...requestOf(shots, options), ...concurrency, signal: session.signal });
  } finally {
    stopListening();
    display.close();
  }
}

function requestOf({ project, shotIds, newTake }: Shots, { retries }: RunOptions): GenerateRequest {
  return {
    projectId: project.id,
    ...(shotIds === undefined ? {} : { shotIds }),
    ...(newTake === true ? { newTake } : {}),
    ...(retries === undefined ? {} : { retries }),
  };
}

const SHOTS_A_LOOK = 100;

/** How many takes the shots have, when every one that is wanted is ready, one is selected, and their files are there. */
async function takesIfAllThere(studio: Studio, shots: Shots): Promise<number | undefined> {
  if (shots.newTake === true) return undefined;
  const chosen = new Set(shots.prompts.map(({ id }) => id));
  const prompts = (await loadShots(studio.store, shots.engine, shots.project.id)).filter(({ id }) => chosen.has(id));
  let amount = 0;
  // Of a large film that is far from ready nothing more is read than its beginning.
  for (let start = 0; start < prompts.length; start += SHOTS_A_LOOK) {
    const there = await takesIfThere(studio, shots.engine, prompts.slice(start, start + SHOTS_A_LOOK));
    if (there === undefined) return undefined;
    amount += there;
  }
  // All that is shown is there, and something of earlier words is at Kling: a run fetches it.
  if ((await earlierTakesAtKling(studio.store, shots.engine, shots.project.id)).length > 0) return undefined;
  return amount;
}

async function takesIfThere(studio: Studio, engine: Engine, prompts: readonly ProjectPrompt[]): Promise<number | undefined> {
  const byShot = takesByShot(await studio.store.takes.list(prompts.map(({ id }) => id), engine));
  let amount = 0;
  for (const prompt of prompts) {
    const current = currentTakes(prompt, byShot.get(prompt.id) ?? []);
    const selected = current.find((take) => take.selected);
    const ready = current.every(({ generation }) => generation.state.status === 'completed');
    if (!selected || !ready || current.length < prompt.takesWanted) return undefined;
    for (const { generation } of current) if (!(await studio.cache.find(generation.fingerprint))) return undefined;
    amount += current.length;
  }
  return amount;
}

function allThere(shots: Shots, takes: number): RunSummary {
  return { shots: shots.prompts.length, completed: shots.prompts.length, failed: 0, waiting: 0, cached: takes, generated: 0, estimateUnits: 0, billedUnits: 0 };
}
