import { StudioError } from '../lib/errors.ts';
import { currentTakes, loadShots, selectTakes } from '../generation/index.ts';
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
    const takes = await studio.store.takes.list([shot.id], project.engine);
    const take = takes.find((each) => each.number === number);
    if (!take) {
      const there = takes.length === 0 ? 'it has none yet' : `it has ${takes.map((each) => each.number).join(', ')}`;
      throw new StudioError('TAKE_UNKNOWN', `${shot.name} has no take "${takeWord}": ${there}.`, { next: 'directorstudio status shows the takes of every shot.' });
    }
    if (take.generation.state.status !== 'completed') {
      throw new StudioError('TAKE_NOT_READY', `Take ${number} of ${shot.name} is not ready, so the film cannot show it.`, { next: 'directorstudio resume brings it in.' });
    }
    if (currentTakes(shot, [take]).length === 0) {
      throw new StudioError('TAKE_OF_OTHER_WORDS', `Take ${number} of ${shot.name} was made when the shot had other words or settings, so the film as it is written now cannot show it.`, {
        next: `directorstudio history ${shot.name} shows its words: put them back into the script and run film again, which costs nothing.`,
      });
    }
    await studio.store.takes.select(shot.id, project.engine, number);
    // Shots that continue it show the take that was made from this one, where there is one.
    await selectTakes(studio.store, project.engine, await loadShots(studio.store, project.engine, project.id), { newest: false });
    session.say(`${projectTitle(project)}: ${shot.name} shows take ${number} now. Run film again to cut it in.`);
    await sayContinuing(session, studio, { project, engine: project.engine }, shot);
    session.emit('selected', { project: project.name, shot: shot.name, take: number });
    return { exit: 0 };
  });
}
