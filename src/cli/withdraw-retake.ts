import { StudioError } from '../lib/errors.ts';
import { unsentRetakes, withdrawRetake } from '../generation/index.ts';
import { findShot, projectTitle } from '../project/index.ts';
import type { Take } from '../store/index.ts';
import { openProject } from './choose-project.ts';
import type { SpendOptions } from './film-options.ts';
import { takeWords } from './take-words.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';

/** `retake SHOT --withdraw`: gives up the retakes of a shot that wait and were not sent. Needs no key, spends nothing. */
export async function withdrawCommand(session: Session, word: string, options: SpendOptions): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const { project, prompts } = await openProject(session, studio, options.project);
    const shot = findShot(word, prompts);
    const engine = options.sandbox === true ? 'sandbox' : project.engine;
    session.useEngine(engine);
    session.say(`Film: ${projectTitle(project)}, shot ${shot.name}`);
    const takes = await studio.store.takes.list([shot.id], engine);
    const waiting = unsentRetakes(shot, engine, takes);
    if (waiting.length === 0) throw nothingToWithdraw(shot.name, takes);
    for (const take of waiting) {
      const end = await withdrawRetake(studio.store, take);
      if (end === 'at work') {
        throw new StudioError('TAKE_AT_WORK', `A program is at work on take ${take.number} of ${shot.name} at this moment.`, { next: 'directorstudio stop ends it in order; then withdraw the take.' });
      }
      if (end === 'sent') throw nothingToWithdraw(shot.name, await studio.store.takes.list([shot.id], engine));
      session.say(`Take ${take.number} of ${shot.name} is withdrawn: it was never sent and costs nothing.${end === 'left' ? ' Another shot of the same words still waits for its clip.' : ''}`);
      session.emit('withdrawn', { project: project.name, shot: shot.name, take: take.number });
    }
    return { exit: 0 };
  });
}

function nothingToWithdraw(shot: string, takes: readonly Take[]): StudioError {
  const stand = takes.map((take) => `take ${take.number}: ${takeWords(take.generation, 'en').split(':')[0]}`).join(', ');
  return new StudioError('TAKE_NOT_WITHDRAWABLE', `${shot} has no retake that waits unsent (${stand === '' ? 'it has no takes' : stand}).`, {
    next: 'What was sent is billed and its clip is kept. Takes that the film is planned with go with fewer of them (directorstudio film SCRIPT --takes 1), the last one when the words are taken out of the script.',
  });
}
