import { basename, extname, resolve } from 'node:path';
import type { AnimaticResult } from '../film/animatic/index.ts';
import { StudioError } from '../lib/errors.ts';
import type { FilmPlan } from '../project/index.ts';
import type { AnimaticOptions } from './film-options.ts';
import { animaticPath, checkAnimaticPath, checkSheetPath, makeOutputFolder } from './output-path.ts';
import { planRequest, sayPlan } from './plan-words.ts';
import { count, printable } from './printable.ts';
import { readScriptFile } from './script-file.ts';
import { throwIfStopped, withStudio, type CommandResult, type Session } from './session.ts';
import { money } from './spend.ts';
import { underOf } from './under-option.ts';
import { showWork } from './work-progress.ts';

/** `animatic SCRIPT`: the film as drawings, to time and judge it by. Saves and spends nothing, and needs no key. */
export async function animaticCommand(session: Session, word: string, options: AnimaticOptions): Promise<CommandResult> {
  if (options.paper !== undefined && options.sheet === undefined) throw new StudioError('USAGE', '--paper says how large a storyboard is, and none is asked for.', { next: 'Ask for one as well: --sheet board.pdf' });
  const script = await readScriptFile(session, word);
  return await withStudio(session, async (studio) => {
    const plan = await studio.plan(planRequest(script, options, session.deps.cwd));
    const outputPath = animaticPath(session.deps.cwd, script.name, options.output);
    const sheetPath = options.sheet === undefined ? undefined : resolve(session.deps.cwd, options.sheet);
    await checkAnimaticPath(outputPath, script.path);
    const under = await underOf(session, plan.project?.filmSettings.under, options, outputPath);
    if (sheetPath !== undefined) await checkSheetPath(sheetPath, script.path);
    sayPlan(session, plan);
    throwIfStopped(session);
    const takeBack = await makeFolders([outputPath, ...(sheetPath === undefined ? [] : [sheetPath])]);
    const progress = await showWork(session, 'animatic', 'Drawing the animatic');
    try {
      const result = await studio.animatic({
        plan,
        title: titleOf(script.name),
        outputPath,
        ...(under === undefined ? {} : { under }),
        ...(sheetPath === undefined ? {} : { sheet: { path: sheetPath, paper: options.paper ?? 'a4' } }),
        onProgress: (done) => progress.onProgress(done),
        signal: session.signal,
      });
      progress.close();
      sayAnimatic(session, plan, result, sheetPath === undefined ? word : undefined);
      return { exit: 0, summary: { shots: plan.shots.length, estimateUnits: plan.estimateUnits } };
    } catch (error) {
      await takeBack();
      throw error;
    } finally {
      progress.close();
    }
  });
}

/** A film's name, as its storyboard bears it. */
function titleOf(scriptName: string): string {
  return scriptName === '-' ? 'Film' : basename(scriptName, extname(scriptName));
}

async function makeFolders(paths: readonly string[]): Promise<() => Promise<void>> {
  const takeBacks: (() => Promise<void>)[] = [];
  for (const path of paths) takeBacks.push(await makeOutputFolder(path));
  return async () => {
    for (const takeBack of takeBacks.toReversed()) await takeBack();
  };
}

/** @param word the script, where no storyboard was asked for. */
function sayAnimatic(session: Session, plan: FilmPlan, result: AnimaticResult, word: string | undefined): void {
  for (const note of result.notes) session.say(`Note: ${printable(note)}`);
  session.say(`${session.colours.green('Animatic:')} ${result.path}`);
  session.say(`  ${result.durationS.toFixed(2)} s, ${count(result.frameCount, 'frame')}, ${result.width} × ${result.height} at ${result.frameRate} frames a second`);
  if (result.subtitles.length > 0) session.say(`  Lines are in the picture, and in ${result.subtitles.map((path) => basename(path)).join(' and ')} beside it.`);
  if (result.under !== undefined) session.say(`  Under it: ${printable(result.under)}`);
  if (result.sheets.length > 0) session.say(`Storyboard: ${result.sheets.join(', ')}`);
  session.say(`Nothing was saved or spent. Filmed with Kling: ${count(plan.shots.length, 'shot')}, ${money('kling', plan.estimateUnits)}.`);
  if (word !== undefined && word !== '-') session.say(`On paper as well: directorstudio animatic ${quoted(word)} --sheet ${quoted(`${titleOf(basename(word))}.storyboard.pdf`)}`);
  session.emit('animatic', { project: plan.projectName, ...result, under: result.under ?? null });
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w./~+:@%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
