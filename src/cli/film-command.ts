import type { FilmPlan } from '../project/index.ts';
import type { Project, ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { makeFilm } from './make-film.ts';
import { checkFilmPath, filmPath, practicePath } from './output-path.ts';
import { planRequest, sayPlan } from './plan-words.ts';
import type { FilmOptions } from './program-films.ts';
import { agreeOnCost, chosenShots, type Shots } from './run-shots.ts';
import { readScriptFile } from './script-file.ts';
import { throwIfStopped, withStudio, type CommandResult, type Session } from './session.ts';
import { capUnits } from './spend.ts';

/** `film SCRIPT`: plan, agree on the cost, generate, cut. Nothing is saved of a plan whose cost was refused. */
export async function filmCommand(session: Session, word: string, options: FilmOptions): Promise<CommandResult> {
  const script = await readScriptFile(session, word);
  return await withStudio(session, async (studio) => {
    const plan = await studio.plan(planRequest(script, options));
    const engine = studio.engineFor(plan.project, { sandbox: options.sandbox === true });
    session.useEngine(engine);
    // Practice with Kling's film: it stays where and as it is.
    const practice = engine === 'sandbox' && plan.project?.engine === 'kling';
    const usualPath = filmPath(session.deps.cwd, script.name, options.output);
    const outputPath = practice && options.output === undefined ? practicePath(usualPath) : usualPath;
    await checkFilmPath(outputPath, script.path);
    if (outputPath !== usualPath) session.say(`This is a practice film of a Kling film, so it goes to ${outputPath}; ${usualPath} stays as it is.`);
    sayPlan(session, plan);
    throwIfStopped(session);
    const before = await remember(studio, plan);
    const { project, prompts } = await savePlan(studio, plan, options);
    let shots: Shots;
    try {
      shots = { project, engine, ...chosenShots(prompts, options.shots) };
      await agreeOnCost(session, studio, shots, options);
    } catch (error) {
      await before.restore(project.id);
      throw error;
    }
    // From here a killed run is finished by `resume`, up to the cut. A run of some shots is not meant to end in a film.
    if (shots.shotIds === undefined && !practice) await studio.store.projects.updateProject(project.id, { outputPath });
    return await makeFilm(session, studio, { ...shots, outputPath, partial: options.partial === true }, options);
  });
}

/** The project is Kling's only once the cost is agreed on: a kill at the question must not make a key necessary. */
async function savePlan(studio: Studio, plan: FilmPlan, options: FilmOptions): Promise<{ project: Project; prompts: ProjectPrompt[] }> {
  const saved = await studio.savePlan(plan, plan.project?.engine ?? 'sandbox');
  if (options.cap === undefined) return saved;
  await studio.store.projects.updateProject(saved.project.id, { capUnits: capUnits(options.cap) });
  return { ...saved, project: await studio.store.projects.getProject(saved.project.id) };
}

/** How the project was before this plan, and the way back: a refused cost leaves everything as it was. */
async function remember(studio: Studio, plan: FilmPlan): Promise<{ restore(projectId: string): Promise<void> }> {
  const { projects } = studio.store;
  const old = plan.project;
  if (!old) return { restore: async (projectId) => await projects.removeProject(projectId) };
  const prompts = await projects.loadPromptList(old.id);
  return {
    async restore() {
      await projects.savePromptList(old.id, prompts);
      await projects.updateProject(old.id, { capUnits: old.capUnits ?? null, filmSettings: old.filmSettings });
    },
  };
}
