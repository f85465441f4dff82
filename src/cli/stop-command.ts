import { withStudio, type CommandResult, type Session } from './session.ts';
import { requestStop } from '../generation/stop-request.ts';

/** `stop`: asks the runs of other processes under this home to stop in order. */
export async function stopCommand(session: Session): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    await requestStop(studio.home);
    session.say(`Asked every run under ${studio.home} to stop; each reads the answers under way first.`);
    session.say('What is at Kling goes on there (still billed, the clips are kept). To go on: directorstudio resume');
    return { exit: 0 };
  });
}
