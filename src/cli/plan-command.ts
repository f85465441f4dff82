import { refusalOf, type RunForecast } from '../generation/index.ts';
import { sumUnits } from '../kling/index.ts';
import { slatesChosen } from '../project/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { sayAdvice } from './advice-words.ts';
import { sayEditOfPlan } from './edit-words.ts';
import { sayChecked } from './finding-words.ts';
import { planRequest, sayPlan, sayShots } from './plan-words.ts';
import { printError } from './print-error.ts';
import { listTarget, writeListOfPlan } from './list-output.ts';
import { sayNeeds, sayRemade } from './continuing-words.ts';
import { count, printable } from './printable.ts';
import type { PlanCommandOptions } from './film-options.ts';
import { readScriptFile } from './script-file.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';
import { shotsToSend } from './run-shots.ts';
import { underCap } from './project-engine.ts';
import { emitForecast, money, sayCap, thereWords } from './spend.ts';

/** `plan SCRIPT`: what `film` would make and cost; with `-o` also as a shot list. Spends nothing, and saves nothing else. */
export async function planCommand(session: Session, word: string, options: PlanCommandOptions): Promise<CommandResult> {
  const script = await readScriptFile(session, word);
  const target = options.output === undefined ? undefined : await listTarget(session.deps.cwd, options.output, script);
  return await withStudio(session, async (studio) => {
    const plan = await studio.plan(planRequest(script, options, session.deps.cwd));
    const engine = studio.engineFor(plan.project, { sandbox: options.sandbox === true });
    session.useEngine(engine);
    sayPlan(session, plan, true);
    const only = slatesChosen(options.shots, plan.shots);
    const forecast = await studio.forecastPlan(plan, engine, only ? { only } : {});
    const shown = { all: options.all === true };
    sayShots(session, plan, engine, forecast, shown);
    const shots = only === undefined ? plan.shots : plan.shots.filter(({ name }) => only.includes(name));
    sayChecked(session, { ...plan, shots }, shown);
    sayAdvice(session, plan, engine);
    const estimateUnits = sumUnits(shots.map((shot) => shot.estimateUnits * shot.takesWanted));
    await sayEditOfPlan(session, studio, plan);
    session.say(`Cost with every take ${only ? 'of these ' : ''}made anew: ${money(engine, estimateUnits)}. Nothing was spent.`);
    sayForecast(session, engine, forecast);
    emitForecast(session, plan.projectName, engine, forecast);
    await sayCap(session, studio, underCap({ ...plan.project, name: plan.projectName }, options.cap), engine, forecast);
    if (target) {
      const castFile = await writeListOfPlan(plan, target, studio.home);
      session.say(`Shot list: ${printable(target.path)}, ${count(plan.shots.length, 'shot')}${castFile === undefined ? '' : `, with its cast and look in ${printable(castFile)}`}. Change it as you like; directorstudio film ${quoted(printable(options.output ?? ''))} films it.`);
      session.emit('list', { project: plan.projectName, path: target.path, castFile: castFile ?? null, shots: plan.shots.length });
    }
    const refusal = refusalOf(shotsToSend(plan.shots, forecast), { strict: options.strict === true, warnings: forecast.toMake.length > 0 ? plan.warnings : [], brief: true });
    if (refusal) printError(session, refusal);
    return { exit: refusal ? 2 : 0, summary: { shots: shots.length, estimateUnits } };
  });
}

/** As it is typed: in quotes where it has blanks. */
function quoted(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}

function sayForecast(session: Session, engine: Engine, forecast: RunForecast): void {
  const clips = forecast.toMake.length;
  const there = thereWords(forecast);
  if (clips === 0) session.say(`Filming it now would cost nothing${there === '' ? '' : `: ${there}`}.`);
  else session.say(`Filming it now would cost ${money(engine, forecast.estimateUnits)}: ${count(clips, 'clip')}${there === '' ? '' : `; ${there}`}.`);
  if (forecast.dropped > 0) session.say(`${count(forecast.dropped, 'further take')} that ${forecast.dropped === 1 ? 'was' : 'were'} planned and not sent would be given up: fewer takes are wanted now.`);
  sayRemade(session, forecast);
  sayNeeds(session, engine, forecast);
}
