import { planRequest, sayPlan, sayShots } from './plan-words.ts';
import type { PlanOptions } from './program-films.ts';
import { readScriptFile } from './script-file.ts';
import { withStudio, type CommandResult, type Session } from './session.ts';
import { money } from './spend.ts';

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
    const changed = plan.shots.filter(({ change }) => change !== 'kept');
    if (plan.project && changed.length < plan.shots.length) {
      const units = changed.reduce((sum, { estimateUnits, takesWanted }) => sum + estimateUnits * takesWanted, 0);
      session.say(`Of that, new or edited shots: ${money(engine, Math.round(units * 10_000) / 10_000)}.`);
    }
    return { exit: 0, summary: { shots: plan.shots.length, estimateUnits: plan.estimateUnits } };
  });
}
