import { StudioError } from '../lib/errors.ts';
import { ask, declined } from './consent.ts';
import { chooseProject } from './choose-project.ts';
import { projectTitle } from '../project/index.ts';
import { count, table } from './printable.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';
import { money } from './spend.ts';

/** `project list`: every film of this home. */
export async function projectListCommand(session: Session): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const projects = await studio.store.projects.listProjects();
    if (projects.length === 0) session.say(`There is no film under ${studio.home} yet. directorstudio film SCRIPT makes one.`);
    const rows: string[][] = [];
    for (const project of projects) {
      const shots = (await studio.store.projects.loadPromptList(project.id)).length;
      const spentUnits = await studio.store.ledger.spentUnits(project.id, project.engine);
      const { name, engine, scriptPath, capUnits, updatedAtMs } = project;
      rows.push([projectTitle(project), count(shots, 'shot'), engine === 'kling' ? 'Kling' : 'sandbox', money(engine, spentUnits), new Date(updatedAtMs).toISOString().slice(0, 16).replace('T', ' '), scriptPath ?? 'from standard input']);
      session.emit('project', { project: name, title: projectTitle(project), engine, shots, spentUnits, capUnits, scriptPath, at: new Date(updatedAtMs).toISOString() });
    }
    for (const line of table(rows)) session.say(line);
    return { exit: 0 };
  });
}

/** `project remove NAME`: forgets the plan; clips and bills stay. */
export async function projectRemoveCommand(session: Session, word: string, yes: boolean): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const project = await chooseProject(session, studio, word);
    const title = projectTitle(project);
    const refusal = new StudioError('CONSENT_NEEDED', `This would forget ${title}, its shots and which takes were selected, and there is no terminal to ask on.`, { next: 'Add --yes.' });
    const agreed = yes || (await ask(session, `Forget ${title}, its shots and its selected takes? Clips stay in the cache, bills in the ledger.`, refusal));
    if (!agreed) throw declined('you said no.');
    await studio.store.projects.removeProject(project.id);
    session.say(`Removed ${title}. Its clips stay in the cache: filming the same script again costs nothing for them.`);
    session.emit('removed', { project: project.name });
    return { exit: 0 };
  });
}
