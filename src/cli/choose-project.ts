import { loadShots } from '../generation/index.ts';
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StudioError } from '../lib/errors.ts';
import { nearestWord } from '../lib/nearest-word.ts';
import { projectTitle } from '../project/index.ts';
import type { Project, ProjectPrompt } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import type { Session } from './session.ts';

/**
 * The project a person means: its name, its script's path, or its script's file name where only one has it; without a
 * word, the one touched last.
 * @throws StudioError PROJECT_UNKNOWN, PROJECT_AMBIGUOUS, PROJECT_NONE.
 */
export async function chooseProject(session: Session, studio: Studio, word: string | undefined): Promise<Project> {
  const projects = await studio.store.projects.listProjects();
  const [last] = projects;
  if (!last) throw new StudioError('PROJECT_NONE', `There is no film under ${studio.home} yet.`, { next: 'directorstudio film SCRIPT makes one.' });
  if (word === undefined) return last;
  const path = resolve(session.deps.cwd, word);
  const real = await realpath(path).catch(() => path);
  // A film that is called as its script comes before another of the same script.
  const exact = projects.find(({ name }) => name === word) ?? projects.find(({ name }) => name === real) ?? projects.find(({ scriptPath }) => scriptPath === real);
  if (exact) return exact;
  const byTitle = projects.filter((project) => projectTitle(project) === word);
  if (byTitle[0] && byTitle.length === 1) return byTitle[0];
  if (byTitle.length > 1) {
    throw new StudioError('PROJECT_AMBIGUOUS', `${byTitle.length} films are called ${word}.`, { next: `Give the whole name: ${byTitle.map(({ name }) => name).join(' or ')}` });
  }
  if (await isScript(path)) {
    throw new StudioError('PROJECT_UNKNOWN', `${word} has not been filmed here yet: there is no film of it under ${studio.home}.`, { next: `directorstudio plan ${word} shows what it would make and cost, directorstudio film ${word} makes it.`, detail: { named: word, home: studio.home } });
  }
  const near = nearestWord(word, projects.map(projectTitle));
  throw new StudioError('PROJECT_UNKNOWN', `There is no film "${word}" under ${studio.home}.`, {
    next: near === undefined ? 'directorstudio project list shows them.' : `Did you mean ${near}? directorstudio project list shows them.`,
    detail: { named: word, home: studio.home, ...(near === undefined ? {} : { near }) },
  });
}

async function isScript(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** The project and its shots, each with the clip it starts from, which every word after the first needs. @throws StudioError PROJECT_EMPTY too. */
export async function openProject(session: Session, studio: Studio, word: string | undefined): Promise<{ project: Project; prompts: ProjectPrompt[] }> {
  const project = await chooseProject(session, studio, word);
  const prompts = await loadShots(studio.store, project.engine, project.id);
  if (prompts.length === 0) throw new StudioError('PROJECT_EMPTY', `${projectTitle(project)} has no shots.`, { next: 'directorstudio film SCRIPT plans it anew.' });
  return { project, prompts };
}
