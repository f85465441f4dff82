import { findShot } from '../project/index.ts';
import type { ClipStage } from '../protocol/clip-progress.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { GenerationStatus } from '../store/index.ts';
import { openProject, projectTitle } from './choose-project.ts';
import { kindWords } from './plan-words.ts';
import { printable } from './printable.ts';
import type { ProjectOption } from './film-options.ts';
import { wordsOf } from './progress-words.ts';
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
        session.say(`Take ${take.number}${take.selected ? ' (selected)' : ''} ${engine === 'kling' ? 'at Kling' : 'in the sandbox'}: ${takeWords(generation, session.locale)}; ${bill}; id ${generation.externalTaskId}`);
        // Its own words: the shot's may have changed since.
        session.say(`  ${kindWords(generation.request)}: ${printable(generation.request.prompt)}`);
        for (const { atMs, event, detail } of await studio.store.ledger.journal(generation.id)) {
          const at = new Date(atMs).toISOString();
          session.say(`  ${at}  ${event}${factsOf(detail, engine)}`);
          session.emit('history', { at, project: project.name, shot: shot.name, take: take.number, engine, event, detail });
        }
      }
    }
    if (takes === 0) session.say('No take of it was asked for yet.');
    return { exit: 0 };
  });
}

/** What a status in the journal is called on a screen. */
const STAGE_OF_STATUS: Readonly<Record<string, ClipStage>> = {
  sending: 'sending',
  unknown: 'findingOut',
  submitted: 'submitted',
  processing: 'processing',
  downloading: 'downloading',
  unobtainable: 'unobtainable',
  completed: 'completed',
  failed: 'failed',
  parked: 'parked',
  cancelled: 'cancelled',
} satisfies Record<Exclude<GenerationStatus, 'waiting'>, ClipStage>;

/** ` · At Kling · taskId 123` */
function factsOf(detail: Readonly<Record<string, unknown>>, engine: Engine): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => (name === 'status' ? ` · ${statusWords(String(value), engine)}` : ` · ${name} ${printable(typeof value === 'string' ? value : JSON.stringify(value))}`))
    .join('');
}

function statusWords(status: string, engine: Engine): string {
  const stage = STAGE_OF_STATUS[status];
  // For what it waits stands in the facts beside it.
  return stage === undefined ? 'Waiting' : wordsOf(stage, engine);
}
