import { chooseTake } from '../generation/index.ts';
import { findShot, projectTitle } from '../project/index.ts';
import { openProject } from './choose-project.ts';
import { sayContinuing } from './continuing-words.ts';
import type { ProjectOption } from './film-options.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';

/** `select SHOT TAKE`: which take the film shows. */
export async function selectCommand(session: Session, shotWord: string, takeWord: string, options: ProjectOption): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const { project, prompts } = await openProject(session, studio, options.project);
    const shot = findShot(shotWord, prompts);
    const number = Number(/^\s*T?(\d+)\s*$/i.exec(takeWord)?.[1] ?? Number.NaN);
    await chooseTake(studio.store, { projectId: project.id, engine: project.engine }, shot, number, takeWord);
    session.say(`${projectTitle(project)}: ${shot.name} shows take ${number} now. Run film again to cut it in.`);
    await sayContinuing(session, studio, { project, engine: project.engine }, shot);
    session.emit('selected', { project: project.name, shot: shot.name, take: number });
    return { exit: 0 };
  });
}
