import { currentTakes, loadShots, unsentRetakes } from '../generation/index.ts';
import { findShot, projectTitle } from '../project/index.ts';
import { openProject } from './choose-project.ts';
import { bringIn } from './generate-command.ts';
import type { SpendOptions } from './film-options.ts';
import { sayContinuing, sayPriceOfContinuing } from './continuing-words.ts';
import { prepareProject } from './project-engine.ts';
import { sayHowToWithdraw } from './withdraw-words.ts';
import { withStoppableStudio, type CommandResult, type Session } from './session.ts';

/** `retake SHOT`: one more take of a shot, selected when it is ready. */
export async function retakeCommand(session: Session, word: string, options: SpendOptions): Promise<CommandResult> {
  return await withStoppableStudio(session, async (studio) => {
    const found = await openProject(session, studio, options.project);
    const { project, engine } = prepareProject(studio, found.project, options);
    const shot = findShot(word, await loadShots(studio.store, engine, project.id));
    session.useEngine(engine);
    session.say(`Film: ${projectTitle(project)}, shot ${shot.name}`);
    const takesBefore = currentTakes(shot, await studio.store.takes.list([shot.id], engine));
    const before = takesBefore.find((take) => take.selected);
    await sayPriceOfContinuing(session, studio, { project, engine }, shot);
    const result = await bringIn(session, studio, { project, engine, prompts: [shot], shotIds: [shot.id], newTake: true }, options);
    const selected = (await studio.store.takes.list([shot.id], engine)).find((take) => take.selected);
    if (result.exit === 0 && selected) {
      session.say(`${shot.name} now shows take ${selected.number}. Run film again to cut it in${before ? `; directorstudio select ${shot.name} ${before.number} goes back` : ''}.`);
      await sayContinuing(session, studio, { project, engine }, shot);
    }
    const waits = unsentRetakes(shot, engine, await studio.store.takes.list([shot.id], engine)).length > 0;
    if (result.exit === 1 && waits) sayHowToWithdraw(session, [shot.name]);
    return result;
  });
}
