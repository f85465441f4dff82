import { stat } from 'node:fs/promises';
import { cutDigest, planCut, underRecipe } from '../film/index.ts';
import { continuesAnotherTake, currentTakes, stageOf, unsentRetakes } from '../generation/index.ts';
import { STATUS_OF_STAGE, wordsOfStage } from '../protocol/clip-progress.ts';
import type { RunSummary } from '../protocol/events.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { isFinished, type Generation, type Take } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { sayCostOfFilm, sayDifferences } from './bill-words.ts';
import { openProject } from './choose-project.ts';
import { projectTitle } from '../project/index.ts';
import { sayEdit } from './edit-words.ts';
import { errorWords } from './error-words.ts';
import { sayFailure, troubleOf } from './failure-words.ts';
import { filmRecordAt } from './film-record.ts';
import { count, hanging, listed, oneLine, printable, table } from './printable.ts';
import type { ProjectOption } from './film-options.ts';
import { takeName } from './progress-words.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';
import { money } from './spend.ts';
import { takeWords } from './take-words.ts';
import { sayHowToWithdraw } from './withdraw-words.ts';

/** `status`: every shot and its takes, as written down; also while another process works on them. */
export async function statusCommand(session: Session, options: ProjectOption): Promise<CommandResult> {
  return await withStudio(session, async (studio) => {
    const { project, prompts } = await openProject(session, studio, options.project);
    const { engine } = project;
    session.useEngine(engine);
    const takes = await studio.store.takes.list(prompts.map(({ id }) => id), engine);
    const edit = await studio.store.edits.find(project.id);
    session.say(`${session.colours.bold('Film:')} ${projectTitle(project)} (${count(prompts.length, 'shot')}${project.scriptPath === undefined ? '' : `, ${project.scriptPath}`})`);
    const summary: Pick<RunSummary, 'shots' | 'completed' | 'failed' | 'waiting'> = { shots: prompts.length, completed: 0, failed: 0, waiting: 0 };
    const atWork = studio.store.ledger.drivenNow(takes.map(({ generation }) => generation));
    let unfinished = 0;
    const retakesWait: string[] = [];
    const rows: string[][] = [];
    /** Below a row: why its take failed or waits, where that is not said in the end. */
    const reasonBelow = new Map<number, string>();
    const reasons: { name: string; generation: Generation }[] = [];
    for (const prompt of prompts) {
      const own = takes.filter(({ shotId }) => shotId === prompt.id);
      const current = new Set(currentTakes(prompt, own).map(({ id }) => id));
      if (unsentRetakes(prompt, engine, own).length > 0) retakesWait.push(prompt.name);
      unfinished += own.filter(({ id, generation }) => current.has(id) && !isFinished(generation.state.status)).length;
      const shown = own.find((take) => take.selected && current.has(take.id));
      const [worst] = own.filter(({ id, generation }) => current.has(id) && generation.state.status !== 'cancelled').map(statusOf).sort((a, b) => RANK[b] - RANK[a]);
      if (shown && statusOf(shown) === 'completed') summary.completed += 1;
      else if (worst === 'failed') summary.failed += 1;
      else summary.waiting += 1;
      const words = oneLine(prompt.prompt, 40);
      // A shot that has its take needs nobody, whatever became of its other takes.
      const needsSomebody = !shown || statusOf(shown) !== 'completed';
      if (needsSomebody) for (const take of own) if (current.has(take.id)) reasons.push({ name: takeName({ shot: prompt.name, take: take.number }), generation: take.generation });
      if (own.length === 0) rows.push([String(prompt.index), prompt.name, '', 'not made yet', words]);
      for (const take of own) {
        const mark = take === shown ? '* ' : '  ';
        const old = current.has(take.id) ? '' : continuesAnotherTake(prompt, take) ? ' (from another take of the shot before)' : ' (of earlier words)';
        const takeShows = oneLine(take.generation.request.prompt, 40);
        rows.push([String(prompt.index), prompt.name, `${mark}T${String(take.number).padStart(2, '0')}`, `${wordsOfStage(stageOf(take.generation.state), engine)}${old}`, takeShows]);
        const { state } = take.generation;
        const isSaidBelow = needsSomebody && current.has(take.id);
        if (!isSaidBelow && 'error' in state && state.error !== undefined) reasonBelow.set(rows.length - 1, errorWords(state.error, session.locale).what);
        session.emit('take', { project: project.name, shot: prompt.name, take: take.number, selected: take === shown, current: current.has(take.id), status: statusOf(take), atWork: atWork.has(take.generation.id), detail: { words: takeWords(take.generation, 'en'), externalTaskId: take.generation.externalTaskId, estimateUnits: take.generation.estimateUnits, billedUnits: take.generation.billedUnits } });
      }
    }
    for (const [index, line] of table(rows).entries()) {
      session.say(`  ${line}`);
      const reason = reasonBelow.get(index);
      if (reason !== undefined) for (const part of hanging('       ', printable(reason), 7, session.deps.stdout)) session.say(part);
    }
    sayReasons(session, engine, reasons);
    sayHowToWithdraw(session, retakesWait);
    session.say(`${summary.completed} of ${count(summary.shots, 'shot')} ready${summary.failed > 0 ? `, ${summary.failed} failed` : ''}${summary.waiting > 0 ? `, ${summary.waiting} not ready` : ''}. * is the take the film shows.`);
    if (atWork.size > 0) session.say('A program is at work on it now; directorstudio stop ends that in order.');
    else if (unfinished > 0) session.say('No program is at work on it now. To go on: directorstudio resume');
    const spent = await studio.store.ledger.spentUnits(project.id, engine);
    session.say(`Spent or set aside: ${money(engine, spent)}${project.capUnits === undefined ? '' : ` of a cap of ${money(engine, project.capUnits)}`}.`);
    const names = new Map(prompts.map(({ id, name }) => [id, name]));
    sayDifferences(session, engine, takes.map((take) => ({ name: takeName({ shot: names.get(take.shotId) ?? '', take: take.number }), generation: take.generation })));
    await sayCostOfFilm(session, studio, { project, engine });
    if (edit) sayEdit(session, project, edit, prompts);
    if (project.outputPath !== undefined) await sayFilmFile(session, studio, project.outputPath, cutDigest(planCut({ prompts, takes, edit, cast: project.castAndLook.cast }), await underRecipe(project.filmSettings)));
    return { exit: 0, summary: { ...summary, billedUnits: spent } };
  });
}

/** What failed or waits for something, and what to do: one thing that many wait for is said once. */
function sayReasons(session: Session, engine: Engine, takes: readonly { name: string; generation: Generation }[]): void {
  const byReason = new Map<string, { names: string[]; generation: Generation }>();
  for (const { name, generation } of takes) {
    const { state } = generation;
    if (!('error' in state) || state.error === undefined || (state.status === 'waiting' && state.reason === 'slot')) continue;
    const key = `${state.status} ${troubleOf(state.error)} ${generation.billedUnits ?? ''}`;
    const group = byReason.get(key) ?? { names: [], generation };
    group.names.push(name);
    byReason.set(key, group);
  }
  if (byReason.size > 0) session.say('What to do:');
  for (const { names, generation } of byReason.values()) sayFailure(session, listed(names), engine, generation, 'error' in generation.state ? generation.state.error : undefined);
}

/** Names the film's file where this home cut one that is still there, and says when it no longer shows the present takes. */
async function sayFilmFile(session: Session, studio: Studio, path: string, digest: string): Promise<void> {
  const file = await stat(path).catch(() => undefined);
  const record = file?.isFile() ? await filmRecordAt(studio, path) : undefined;
  if (!file || !record) return;
  const touched = record.sizeBytes !== file.size || record.mtimeMs !== file.mtimeMs;
  const state = touched ? 'changed' : record.planDigest === digest ? 'current' : 'out of date';
  const words = { changed: ' (changed by something else since it was cut)', 'out of date': ' (out of date: run film again to cut it anew)', current: '' }[state];
  session.say(`Film file: ${path}${words}`);
  session.emit('filmFile', { path, state });
}

function statusOf(take: Take): 'completed' | 'failed' | 'waiting' {
  const status = STATUS_OF_STAGE[stageOf(take.generation.state)];
  return status === 'completed' || status === 'failed' ? status : 'waiting';
}

const RANK = { completed: 0, waiting: 1, failed: 2 } as const;
