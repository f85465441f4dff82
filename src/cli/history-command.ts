import { findShot } from '../project/index.ts';
import { openProject, projectTitle } from './choose-project.ts';
import { printable } from './printable.ts';
import type { ProjectOption } from './program-films.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';
import { money } from './spend.ts';
import { takeWords } from './take-words.ts';

/** `history SHOT`: the journal of every take of a shot, on both engines, oldest first. */
export async function historyCommand(session: Session, word: string, options: ProjectOption): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const { project, prompts } = await openProject(session, studio, options.project);
    const shot = findShot(word, prompts);
    session.say(`${session.colours.bold(`${projectTitle(project)}, ${shot.name}:`)} ${printable(shot.text)}`);
    let takes = 0;
    for (const engine of ['kling', 'sandbox'] as const) {
      for (const take of await studio.store.takes.list([shot.id], engine)) {
        takes += 1;
        const { generation } = take;
        const bill = generation.billedUnits === undefined ? `price ${money(engine, generation.estimateUnits)}` : `billed ${money(engine, generation.billedUnits)}`;
        session.say(`Take ${take.number}${take.selected ? ' (selected)' : ''} ${engine === 'kling' ? 'at Kling' : 'in the sandbox'}: ${takeWords(generation)}; ${bill}; id ${generation.externalTaskId}`);
        for (const { atMs, event, detail } of await studio.store.ledger.journal(generation.id)) {
          const at = new Date(atMs).toISOString();
          session.say(`  ${at}  ${event}${factsOf(detail)}`);
          session.emit('history', { at, project: project.name, shot: shot.name, take: take.number, engine, event, detail });
        }
      }
    }
    if (takes === 0) session.say('No take of it was asked for yet.');
    return { exit: 0 };
  });
}

/** ` · status submitted · taskId 123` */
function factsOf(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => ` · ${name} ${printable(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join('');
}
