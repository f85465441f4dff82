import { realpath } from 'node:fs/promises';
import { cutDigest, planCut } from '../film/index.ts';
import { currentTakes } from '../generation/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { RunSummary } from '../protocol/events.ts';
import { isFinished, type Project, type ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { chooseProject, projectTitle } from './choose-project.ts';
import { bringIn } from './generate-command.ts';
import { makeFilm } from './make-film.ts';
import { checkFilmPath } from './output-path.ts';
import { printError } from './print-error.ts';
import type { ResumeOptions } from './program-films.ts';
import { prepareProject } from './project-engine.ts';
import { agreeOnCost } from './run-shots.ts';
import { withStudio, type CommandResult, type ExitCode, type Session } from './session.ts';
import { StudioError } from '../lib/errors.ts';

interface Unfinished {
  project: Project;
  engine: Engine;
  prompts: ProjectPrompt[];
  /** Shots with a take that is not over. */
  shotIds: string[];
  /** The film that was to be cut and is not, or no longer fits. */
  outputPath?: string;
}

/** `resume`: goes on with everything that is unfinished under this home, up to the films it was for. */
export async function resumeCommand(session: Session, options: ResumeOptions): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
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
    const { project, engine } = await prepareProject(studio, unfinished.project, { ...options, sandbox: unfinished.engine === 'sandbox' });
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
    return { exit: 2 };
  }
}

async function unfinishedOf(studio: Studio, project: Project): Promise<Unfinished[]> {
  const prompts = await studio.store.projects.loadPromptList(project.id);
  if (prompts.length === 0) return [];
  const engines: Engine[] = project.engine === 'kling' ? ['kling', 'sandbox'] : ['sandbox', 'kling'];
  const found: Unfinished[] = [];
  const digests: string[] = [];
  for (const engine of engines) {
    const takes = await studio.store.takes.list(prompts.map(({ id }) => id), engine);
    const open = prompts.filter((prompt) => currentTakes(prompt, takes.filter(({ shotId }) => shotId === prompt.id)).some(({ generation }) => !isFinished(generation.state.status)));
    if (open.length > 0) found.push({ project, engine, prompts, shotIds: open.map(({ id }) => id) });
    digests.push(cutDigest(planCut(prompts, takes)));
  }
  if (project.outputPath === undefined || (found.length === 0 && (await wasCutFrom(studio, project.outputPath, digests)))) return found;
  // The film belongs to whoever was at work when it was stopped.
  const [first] = found;
  if (!first) return [{ project, engine: project.engine, prompts, shotIds: [], outputPath: project.outputPath }];
  first.outputPath = project.outputPath;
  return found;
}

/** The film of one of these plans was cut there already; whoever moved it away since does not want it again. */
async function wasCutFrom(studio: Studio, path: string, digests: readonly string[]): Promise<boolean> {
  const record = await studio.store.films.find(await realpath(path).catch(() => path));
  return record !== undefined && digests.includes(record.planDigest);
}

const EXIT_RANK: Record<ExitCode, number> = { 0: 0, 1: 1, 2: 2, 130: 3 };

function worse(a: ExitCode, b: ExitCode): ExitCode {
  return EXIT_RANK[a] >= EXIT_RANK[b] ? a : b;
}

function added(a: Partial<RunSummary> = {}, b: Partial<RunSummary> = {}): Partial<RunSummary> {
  const names = ['shots', 'completed', 'failed', 'waiting', 'cached', 'generated', 'estimateUnits', 'billedUnits'] as const;
  return Object.fromEntries(names.map((name) => [name, Math.round(((a[name] ?? 0) + (b[name] ?? 0)) * 10_000) / 10_000]));
}
