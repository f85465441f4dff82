import { basename, isAbsolute } from 'node:path';
import type { RecoveredClip, RecoveredHow, RecoverOptions, RecoverReport } from '../generation/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { errorWords } from './error-words.ts';
import { openOrchestrator } from './key-words.ts';
import { liveLines } from './live-lines.ts';
import type { Locale } from './locale.ts';
import type { RecoverCommandOptions } from './keeping-options.ts';
import { count, printable, table } from './printable.ts';
import { withStoppableStudio, type CommandResult, type Session } from './session.ts';
import { money } from './spend.ts';

const DAYS = 30;

/** What became of a clip, in the order of the summary. `{Kling}` is the sandbox where that is asked. */
const HOW_WORDS: Readonly<Record<RecoveredHow, string>> = {
  fetched: 'fetched',
  here: 'already here',
  atKling: 'still at {Kling}',
  failed: 'failed at {Kling}',
  gone: 'gone',
  busy: 'being fetched by another run',
};

const FOLLOWED: Readonly<Record<Locale, string>> = { en: 'Another attempt followed it.', de: 'Es folgte ein weiterer Versuch.' };

/** `recover`: brings our clips of the last 30 days here from the account, also those that this home knows nothing of. */
export async function recoverCommand(session: Session, options: RecoverCommandOptions): Promise<CommandResult> {
  return await withStoppableStudio(session, async (studio) => {
    const projects = await studio.store.projects.listProjects();
    // Without a key, a home with Kling's clips must not look into the sandbox instead.
    const engine = studio.engineFor(projects.find((project) => project.engine === 'kling'), { sandbox: options.sandbox === true });
    session.useEngine(engine);
    // The first question to Kling, which proves the key: a stop ends it at once, and what it waits for is said in lines of its own.
    await openOrchestrator(session, studio, engine);
    const progress = await showRecovery(session, engine);
    let report;
    try {
      report = await studio.recover(engine, { signal: session.signal, onProgress: progress.event });
    } finally {
      progress.close();
    }
    sayRecovery(session, engine, report);
    const amount = (...hows: RecoveredHow[]) => report.clips.filter(({ how }) => hows.includes(how)).length;
    const waiting = amount('atKling', 'busy');
    const failed = amount('gone');
    const summary = { completed: amount('fetched', 'here'), failed, waiting, cached: amount('here') };
    if (report.stopped) {
      session.say('Stopped. What was fetched is kept; directorstudio recover goes on.');
      return { exit: 130, summary };
    }
    return { exit: failed + waiting > 0 ? 1 : 0, summary };
  });
}

function sayRecovery(session: Session, engine: Engine, { seen, clips, billedUnits }: RecoverReport): void {
  const kling = nameOf(engine);
  session.say(`Found ${count(clips.length, 'clip')} of ours among ${count(seen, 'task')} of the last ${DAYS} days at ${kling}.`);
  // Those that were here all along are counted, not listed: there can be thousands.
  const told = clips.filter(({ how }) => how !== 'here');
  for (const line of table(told.map((clip) => [howWords(clip.how, engine), placeWords(clip), clip.billedUnits === undefined ? '' : money(engine, clip.billedUnits), clip.externalTaskId]))) session.say(`  ${line}`);
  for (const clip of told) if (clip.error !== undefined) sayReason(session, clip, clip.error);
  for (const clip of clips) emitClip(session, clip);
  const amounts = Object.fromEntries((Object.keys(HOW_WORDS) as RecoveredHow[]).map((how) => [how, clips.filter((clip) => clip.how === how).length])) as Record<RecoveredHow, number>;
  const parts = (Object.keys(HOW_WORDS) as RecoveredHow[]).filter((how) => amounts[how] > 0 || how === 'fetched' || how === 'here').map((how) => `${amounts[how]} ${howWords(how, engine)}`);
  session.say(`${sentence(parts.join(', '))}; ${seen - clips.length} not ours.`);
  if (clips.length > 0) session.say(`${sentence(kling)} charged ${money(engine, billedUnits)} for ours when they were made. Nothing was spent now.`);
  if (clips.some(({ how, known }) => how === 'fetched' && !known)) {
    session.say('Clips of films that this home does not know are in the cache: filming the same script again costs nothing for them.');
    session.say('Which take of a shot its film showed was known to the lost home alone: each shot will show its first take again, until directorstudio select names another.');
  }
  if (amounts.atKling > 0) session.say('Not finished yet: directorstudio recover again later, or resume for the films of this home.');
  session.emit('recovery', { engine, tasks: seen, ours: clips.length, ...amounts, notOurs: seen - clips.length, billedUnits });
}

function sayReason(session: Session, clip: RecoveredClip, error: NonNullable<RecoveredClip['error']>): void {
  const { what, next } = errorWords(error, session.locale);
  // What to do about an attempt that failed was done: another one followed.
  const advice = clip.followed ? ` ${FOLLOWED[session.locale]}` : next === undefined ? '' : ` ${printable(next)}`;
  session.say(`  ${placeWords(clip)}: ${printable(what)}${advice}`);
}

function emitClip(session: Session, { how, externalTaskId, taskId, createdAtMs, billedUnits, known, places, attempt, followed, error }: RecoveredClip): void {
  const at = createdAtMs === undefined ? undefined : new Date(createdAtMs).toISOString();
  session.emit('recovered', { how, externalTaskId, taskId, createdAt: at, billedUnits, known, attempt, followed, places: places.map(({ project, shot, take }) => ({ project, shot, take })), error });
}

/** A project is named by its script's path, or as somebody called it. */
function titleOf(project: string): string {
  return isAbsolute(project) ? basename(project) : project;
}

/** `S01_SH03 T02 of story.txt`; the task where this home knows no more. */
function placeWords({ places, taskId, known, attempt, followed }: RecoveredClip): string {
  const which = attempt > 1 || followed ? `, attempt ${attempt}` : '';
  if (places.length > 0) return places.map(({ project, shot, take }) => `${shot} T${String(take).padStart(2, '0')} of ${printable(titleOf(project))}`).join(', ') + which;
  return `task ${taskId}${which} of ${known ? 'a film that was removed' : 'a film not known here'}`;
}

function howWords(how: RecoveredHow, engine: Engine): string {
  return HOW_WORDS[how].replace('{Kling}', nameOf(engine));
}

function nameOf(engine: Engine): string {
  return engine === 'kling' ? 'Kling' : 'the sandbox';
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One live line on a terminal; elsewhere a line for every five hundred tasks and every clip. */
async function showRecovery(session: Session, engine: Engine): Promise<{ event: NonNullable<RecoverOptions['onProgress']>; close(): void }> {
  const live = await liveLines(session.deps.stderr);
  const first = `Looking through the tasks of the last ${DAYS} days at ${nameOf(engine)}.`;
  if (live) live(first);
  else session.tell(first);
  let told = 0;
  return {
    event(progress) {
      const looking = progress.step === 'looking';
      const line = looking ? `Seen ${count(progress.seen, 'task')}, ${progress.ours} of them ours.` : `${progress.done} of ${progress.of}: ${placeWords(progress.clip)}: ${howWords(progress.clip.how, engine)}`;
      if (live) live(line);
      else if (!looking || progress.seen >= told + 500) {
        if (looking) told = progress.seen;
        session.tell(line);
      }
    },
    close() {
      live?.clear();
      live?.done();
    },
  };
}
