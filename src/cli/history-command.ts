import { journalFacts, journalWords } from '../generation/index.ts';
import { findShot, projectTitle } from '../project/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Generation, Take } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { openProject } from './choose-project.ts';
import type { ProjectOption } from './film-options.ts';
import { kindWords } from './plan-words.ts';
import { duration, hanging, oneLine, printable } from './printable.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';
import { money } from './spend.ts';
import { takeWords } from './take-words.ts';

/** `history SHOT`: what happened to every take of a shot, on both engines, also to those that failed or were replaced. */
export async function historyCommand(session: Session, word: string, options: ProjectOption): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const { project, prompts } = await openProject(session, studio, options.project);
    const shot = findShot(word, prompts);
    session.say(`${session.colours.bold(`${projectTitle(project)}, ${shot.name}:`)} ${printable(shot.prompt)}`);
    let takes = 0;
    for (const engine of ['kling', 'sandbox'] as const) {
      for (const take of await studio.store.takes.list([shot.id], engine)) {
        takes += 1;
        await sayTake(session, studio, { take, engine, project: project.name, shot: shot.name });
      }
    }
    if (takes === 0) session.say('No take of it was asked for yet.');
    else session.say(`Times are this machine's, with what passed since the line before.`);
    return { exit: 0 };
  });
}

interface TakeOfShot {
  take: Take;
  engine: Engine;
  project: string;
  shot: string;
}

async function sayTake(session: Session, studio: Studio, { take, engine, project, shot }: TakeOfShot): Promise<void> {
  const { generation } = take;
  session.say(`Take ${take.number}${take.selected ? ' (selected)' : ''} ${engine === 'kling' ? 'at Kling' : 'in the sandbox'}: ${takeWords(generation, session.locale)}; ${billWords(generation, engine)}`);
  // Its own words: the shot's may have changed since.
  session.say(`  ${kindWords(generation.request)}: ${oneLine(generation.request.prompt, Number.POSITIVE_INFINITY)}`);
  // Attempts that failed at Kling and were followed by another are rows of their own.
  const attempts = await studio.store.ledger.listPicture(generation.fingerprint);
  for (const row of attempts) {
    const which = attempts.length > 1 ? `Attempt ${row.attempt}: ${takeWords(row, session.locale)}; ${billWords(row, engine)}; our id` : 'Our id';
    session.say(`  ${which} ${row.externalTaskId}`);
    let before: number | undefined;
    const lines = alikeTogether();
    for (const { atMs, event, detail } of await studio.store.ledger.journal(row.id)) {
      const words = `${journalWords(event, engine)}${printable(journalFacts(detail, engine))}`;
      lines.add(words, `    ${localTime(atMs)}  ${(before === undefined ? '' : `+${passed(atMs - before)}`).padEnd(11)}  `, localTime(atMs));
      session.emit('history', {
        at: new Date(atMs).toISOString(),
        project,
        shot,
        take: take.number,
        engine,
        attempt: row.attempt,
        externalTaskId: row.externalTaskId,
        event,
        words: journalWords(event, engine),
        ...(before === undefined ? {} : { sinceMs: atMs - before }),
        detail,
      });
      before = atMs;
    }
    for (const { prefix, words } of lines.all()) for (const line of hanging(prefix, words, JOURNAL_INDENT, session.deps.stdout)) session.say(line);
  }
}

/** Words of a line that goes on stand below those of its first. */
const JOURNAL_INDENT = 8;

/** Lines, where the same thing that happened again and again is one line with how often and until when. */
function alikeTogether(): { add(words: string, prefix: string, time: string): void; all(): { prefix: string; words: string }[] } {
  const groups: { words: string; prefix: string; times: number; until: string }[] = [];
  return {
    add(words, prefix, time) {
      const last = groups.at(-1);
      if (last?.words === words) Object.assign(last, { times: last.times + 1, until: time });
      else groups.push({ words, prefix, times: 1, until: time });
    },
    all: () => groups.map(({ words, prefix, times, until }) => ({ prefix, words: times === 1 ? words : `${words} (${times} times, until ${until})` })),
  };
}

function billWords({ billedUnits, estimateUnits }: Generation, engine: Engine): string {
  return billedUnits === undefined ? `price ${money(engine, estimateUnits)}` : `billed ${money(engine, billedUnits)}`;
}

/** `2026-11-23 05:32:12`, where this machine is. */
function localTime(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** `0.4 s`, `42 s`, `3 min 5 s`. A clock that was set back makes it 0. */
function passed(ms: number): string {
  return ms < 9_950 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : duration(ms);
}
