import type { RunForecast } from '../generation/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { planRequest, sayPlan, sayShots } from './plan-words.ts';
import { count } from './printable.ts';
import type { PlanOptions } from './film-options.ts';
import { readScriptFile } from './script-file.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';
import { underCap } from './project-engine.ts';
import { emitForecast, money, sayCap, thereWords } from './spend.ts';

/** `plan SCRIPT`: what `film` would make and cost. Saves and spends nothing. */
export async function planCommand(session: Session, word: string, options: PlanOptions): Promise<CommandResult> {
  const script = await readScriptFile(session, word);
  return await withStudio(session, async (studio) => {
    const plan = await studio.plan(planRequest(script, options));
    const engine = studio.engineFor(plan.project, { sandbox: options.sandbox === true });
    session.useEngine(engine);
    sayPlan(session, plan);
    sayShots(session, plan, engine);
    session.say(`Cost with every take made anew: ${money(engine, plan.estimateUnits)}. Nothing was spent.`);
    const forecast = await studio.forecastPlan(plan, engine);
    sayForecast(session, engine, forecast);
    emitForecast(session, plan.projectName, engine, forecast);
    await sayCap(session, studio, underCap({ ...plan.project, name: plan.projectName }, options.cap), engine, forecast);
    return { exit: 0, summary: { shots: plan.shots.length, estimateUnits: plan.estimateUnits } };
  });
}

function sayForecast(session: Session, engine: Engine, forecast: RunForecast): void {
  const clips = forecast.toMake.length;
  const there = thereWords(forecast);
  if (clips === 0) session.say(`Filming it now would cost nothing${there === '' ? '' : `: ${there}`}.`);
  else session.say(`Filming it now would cost ${money(engine, forecast.estimateUnits)}: ${count(clips, 'clip')}${there === '' ? '' : `; ${there}`}.`);
}
