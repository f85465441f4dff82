import { cutDigest, missingShots, planCut, underRecipe } from '../film/index.ts';
import { earlierTakesAtKling, loadShots } from '../generation/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { RunSummary } from '../protocol/events.ts';
import type { Project, ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { chooseProject } from './choose-project.ts';
import { projectTitle } from '../project/index.ts';
import { bringIn } from './generate-command.ts';
import { makeFilm } from './make-film.ts';
import { filmRecordAt } from './film-record.ts';
import { openShots } from './open-shots.ts';
import { checkFilmPath, practicePath } from './output-path.ts';
import { printError } from './print-error.ts';
import type { ResumeOptions } from './film-options.ts';
import { prepareProject } from './project-engine.ts';
import { agreeOnCost } from './run-shots.ts';
import { withStoppableStudio, type CommandResult, type ExitCode, type Session } from './session.ts';
import { StudioError } from '../lib/errors.ts';

type Cut = ReturnType<typeof planCut>;

/** What a film would show now. It takes reading all takes, so it is asked only when the film itself is in question. */
type CutOf = (engine: Engine) => Promise<Cut>;

interface Unfinished {
  project: Project;
  engine: Engine;
  prompts: ProjectPrompt[];
  /** Shots with a take that is not over; none where only clips of earlier words are to be fetched. */
  shotIds: string[];
  /** The film that was to be cut and is not, or no longer fits. */
  outputPath?: string;
}

/** `resume`: goes on with everything that is unfinished under this home, up to the films it was for. */
export async function resumeCommand(session: Session, options: ResumeOptions): Promise<CommandResult> {
  return await withStoppableStudio(session, async (studio) => {
    await studio.askAhead();
    const projects = options.project === undefined ? await studio.store.projects.listProjects() : [await chooseProject(session, studio, options.project)];
    const unfinished: Unfinished[] = [];
    for (const project of projects) unfinished.push(...(await unfinishedOf(studio, project)));
    if (unfinished.length === 0) {
      session.say(`Nothing is unfinished ${options.project === undefined ? `under ${studio.home}` : 'in this film'}.`);
      return { exit: 0 };
    }
    let result: CommandResult = { exit: 0 };
    for (const each of unfinished) {
      const next = await goOn(session, studio, each, options);
      result = { ...result, ...next, exit: worse(result.exit, next.exit), summary: added(result.summary, next.summary) };
      if (next.exit === 130) break;
    }
    return result;
  });
}

async function goOn(session: Session, studio: Studio, unfinished: Unfinished, options: ResumeOptions): Promise<CommandResult> {
  const { prompts, shotIds, outputPath } = unfinished;
  try {
    const { project, engine } = prepareProject(studio, unfinished.project, { ...options, sandbox: unfinished.engine === 'sandbox' });
    session.useEngine(engine);
    session.say(`Going on with ${projectTitle(project)}.`);
    if (outputPath === undefined) {
      const result = await bringIn(session, studio, { project, engine, prompts: prompts.filter(({ id }) => shotIds.includes(id)), shotIds }, options);
      if (result.exit === 0) session.say('Its clips are there. directorstudio film SCRIPT cuts the film.');
      return result;
    }
    await checkFilmPath(outputPath, project.scriptPath);
    const film = { project, engine, prompts, outputPath, partial: options.partial === true };
    await agreeOnCost(session, studio, film, options);
    return await makeFilm(session, studio, film, options);
  } catch (error) {
    // One film that cannot go on keeps no other waiting.
    if (session.signal.aborted || !StudioError.is(error)) throw error;
    printError(session, error);
    return error.code === 'PROMPTS_REFUSED' ? await withoutRefused(session, studio, unfinished, error, options) : { exit: 2 };
  }
}

/** Shots that are not sent keep no other waiting, and above all none that is at Kling. */
async function withoutRefused(session: Session, studio: Studio, unfinished: Unfinished, refusal: StudioError, options: ResumeOptions): Promise<CommandResult> {
  const refused = new Set(refusal.detail['shots'] as readonly string[]);
  const prompts = unfinished.prompts.filter(({ id, name }) => unfinished.shotIds.includes(id) && !refused.has(name));
  if (prompts.length === 0) return { exit: 2 };
  session.say(`The other ${prompts.length === 1 ? 'shot goes' : 'shots go'} on without ${refused.size === 1 ? 'it' : 'them'}.`);
  const { project, engine } = prepareProject(studio, unfinished.project, { ...options, sandbox: unfinished.engine === 'sandbox' });
  const result = await bringIn(session, studio, { project, engine, prompts, shotIds: prompts.map(({ id }) => id) }, options);
  return { ...result, exit: worse(1, result.exit) };
}

async function unfinishedOf(studio: Studio, project: Project): Promise<Unfinished[]> {
  const prompts = await studio.store.projects.loadPromptList(project.id);
  if (prompts.length === 0) return [];
  const engines: Engine[] = project.engine === 'kling' ? ['kling', 'sandbox'] : ['sandbox', 'kling'];
  const found: Unfinished[] = [];
  for (const engine of engines) {
    const shotIds = await openShots(studio, project, engine);
    // Clips of earlier words are paid for as well.
    if (shotIds.length > 0 || (await earlierTakesAtKling(studio.store, engine, project.id)).length > 0) found.push({ project, engine, prompts, shotIds });
  }
  const { outputPath } = project;
  if (outputPath === undefined) return found;
  const cutOf: CutOf = async (engine) => planCut({ prompts: await loadShots(studio.store, engine, project.id), takes: await studio.store.takes.list(prompts.map(({ id }) => id), engine), edit: await studio.store.edits.find(project.id), cast: project.castAndLook.cast });
  const practiceWanted = await isPracticeWanted(studio, project, outputPath, cutOf);
  if (found.length === 0 && (await isFilmWanted(studio, project, outputPath, cutOf, practiceWanted))) found.push({ project, engine: project.engine, prompts, shotIds: [] });
  if (practiceWanted && found.every(({ engine }) => engine !== 'sandbox')) found.push({ project, engine: 'sandbox', prompts, shotIds: [] });
  // Practice with a Kling film goes beside it; a sandbox film has its place to itself.
  return found.map((each) => ({ ...each, outputPath: project.engine === 'kling' && each.engine === 'sandbox' ? practicePath(outputPath) : outputPath }));
}

/** Whether a practice film beside Kling's was asked for, and only its cut is missing or no longer fits. */
async function isPracticeWanted(studio: Studio, project: Project, path: string, cutOf: CutOf): Promise<boolean> {
  const record = project.engine === 'kling' ? await filmRecordAt(studio, practicePath(path)) : undefined;
  if (record === undefined) return false;
  const shots = await cutOf('sandbox');
  return missingShots(shots).length === 0 && record.planDigest !== cutDigest(shots, await underRecipe(project.filmSettings));
}

/** Whether the film at its place is not the one of the present takes, though all that was begun has come in. */
async function isFilmWanted(studio: Studio, project: Project, path: string, cutOf: CutOf, practiceWanted: boolean): Promise<boolean> {
  const under = await underRecipe(project.filmSettings);
  const wasCut = async (at: string, shots: Cut) => (await filmRecordAt(studio, at))?.planDigest === cutDigest(shots, under);
  const shots = await cutOf(project.engine);
  // Whoever moved it away since does not want it again.
  if (await wasCut(path, shots)) return false;
  // Only the cut is missing, which costs nothing.
  if (missingShots(shots).length === 0) return true;
  // What was asked for last is the other engine's film, and it is there or only wants its cut: no money is asked for on top of it.
  if (practiceWanted) return false;
  const others = await cutOf(project.engine === 'kling' ? 'sandbox' : 'kling');
  return !(await wasCut(path, others)) && !(await wasCut(practicePath(path), others));
}

const EXIT_RANK: Record<ExitCode, number> = { 0: 0, 1: 1, 2: 2, 130: 3 };

function worse(a: ExitCode, b: ExitCode): ExitCode {
  return EXIT_RANK[a] >= EXIT_RANK[b] ? a : b;
}

function added(a: Partial<RunSummary> = {}, b: Partial<RunSummary> = {}): Partial<RunSummary> {
  const names = ['shots', 'completed', 'failed', 'waiting', 'cached', 'generated', 'estimateUnits', 'billedUnits'] as const;
  return Object.fromEntries(names.map((name) => [name, Math.round(((a[name] ?? 0) + (b[name] ?? 0)) * 10_000) / 10_000]));
}
