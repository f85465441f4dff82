import { refusalOf } from '../generation/index.ts';
import { projectTitle, slatesChosen, type PlanRequest } from '../project/index.ts';
import type { Studio } from '../studio.ts';
import { sayAdvice } from './advice-words.ts';
import { sayEditOfPlan } from './edit-words.ts';
import { filmRecordAt, rememberWantedFilm } from './film-record.ts';
import { sayCheckedInBrief } from './finding-words.ts';
import { makeFilm, type FilmToMake } from './make-film.ts';
import { checkFilmPath, filmPath, practicePath } from './output-path.ts';
import { planRequest, sayPlan } from './plan-words.ts';
import { count } from './printable.ts';
import type { FilmOptions } from './film-options.ts';
import { underCap } from './project-engine.ts';
import { agreeOnForecast, chosenShots, shotsToSend } from './run-shots.ts';
import { readScriptFile } from './script-file.ts';
import { throwIfStopped, withStoppableStudio, type CommandResult, type Session } from './session.ts';
import { underOf } from './under-option.ts';

/** `film SCRIPT`: plan, agree on the cost, generate, cut. Nothing is saved before the cost is agreed on. */
export async function filmCommand(session: Session, word: string, options: FilmOptions): Promise<CommandResult> {
  const script = await readScriptFile(session, word);
  return await withStoppableStudio(session, async (studio) => {
    if (options.sandbox !== true) await studio.askAhead();
    return await makeFilm(session, studio, await agreeOnFilm(session, studio, script, options), options);
  });
}

/** Everything before the run. What it read and reckoned with is not held while the run waits for its clips. */
async function agreeOnFilm(session: Session, studio: Studio, script: PlanRequest['script'], options: FilmOptions): Promise<FilmToMake> {
  const plan = await studio.plan({ ...planRequest(script, options, session.deps.cwd), advise: 'new' });
  const engine = studio.engineFor(plan.project, { sandbox: options.sandbox === true });
  session.useEngine(engine);
  // Practice with Kling's film: it stays where and as it is.
  const practice = engine === 'sandbox' && plan.project?.engine === 'kling';
  const usualPath = filmPath(session.deps.cwd, script.name, options.output);
  const outputPath = practice && options.output === undefined ? practicePath(usualPath) : usualPath;
  await checkFilmPath(outputPath, script.path);
  const under = await underOf(session, plan.project?.filmSettings.under, options, outputPath);
  if (outputPath !== usualPath) session.say(`This is a practice film of a Kling film, so it goes to ${outputPath}; ${usualPath} stays as it is.`);
  await sayWhatIsReplaced(session, studio, outputPath, plan.project?.id);
  sayPlan(session, plan);
  await sayEditOfPlan(session, studio, plan);
  sayCheckedInBrief(session, plan);
  sayAdvice(session, plan, engine, { brief: true });
  throwIfStopped(session);
  const only = slatesChosen(options.shots, plan.shots);
  const forecast = await studio.forecastPlan(plan, engine, { ...(options.retries === undefined ? {} : { retries: options.retries }), ...(only ? { only } : {}) });
  // Before a key is tried or a question asked.
  const refusal = refusalOf(shotsToSend(plan.shots, forecast), { strict: options.strict === true, warnings: forecast.toMake.length > 0 ? plan.warnings : [] });
  if (refusal) throw refusal;
  if (only && options.partial !== true && only.length < plan.shots.length) session.say(`Chosen are ${only.length} of ${count(plan.shots.length, 'shot')}: where another has no clip, no film is cut; --partial cuts one with drawings for those.`);
  const spending = underCap({ ...plan.project, name: plan.projectName }, options.cap);
  await agreeOnForecast(session, studio, { project: spending, engine }, forecast, options);
  // A new project is the sandbox's until Kling has taken the key for its first run.
  const { project, prompts, dropped } = await studio.savePlan(plan, plan.project?.engine ?? 'sandbox');
  if (dropped > 0) session.say(`Given up: ${count(dropped, 'further take')} that ${dropped === 1 ? 'was' : 'were'} planned before and not sent. ${dropped === 1 ? 'It costs' : 'They cost'} nothing.`);
  const { under: before, ...settings } = plan.filmSettings;
  if (JSON.stringify(under) !== JSON.stringify(before)) await studio.store.projects.updateProject(project.id, { filmSettings: { ...settings, ...(under && { under }) } });
  const shots = { project, engine, ...chosenShots(prompts, options.shots) };
  // From here a killed run is finished by `resume`, up to the cut. A run of some shots is not meant to end in a film.
  if (shots.shotIds === undefined) {
    // Kling's film keeps its place, so a practice film is remembered by its own.
    if (practice) await rememberWantedFilm(studio, project.id, outputPath);
    else await studio.store.projects.updateProject(project.id, { outputPath });
  }
  return { ...shots, outputPath, partial: options.partial === true };
}

/** Two scripts of one name beside each other, such as a text and its shot list, would write one film. */
async function sayWhatIsReplaced(session: Session, studio: Studio, outputPath: string, projectId: string | undefined): Promise<void> {
  const record = await filmRecordAt(studio, outputPath);
  if (record === undefined || record.projectId === projectId) return;
  const other = (await studio.store.projects.listProjects()).find(({ id }) => id === record.projectId);
  if (other) session.say(session.colours.yellow(`Note: ${outputPath} is the film of ${projectTitle(other)}; this film is written in its place. To keep both: -o another.mp4`));
}
