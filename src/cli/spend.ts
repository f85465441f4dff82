import { formatMoney, USD_PER_UNIT } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import { capReach, type RunForecast } from '../generation/index.ts';
import { roundedMoney } from '../lib/money-words.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Project } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { sayNeeds, sayRemade } from './continuing-words.ts';
import { ask, declined } from './consent.ts';
import type { CapOption } from './options.ts';
import { count } from './printable.ts';
import type { Session } from './session.ts';

/** As much of a project as its spending needs; one that is not saved yet has no id. */
export type SpendingProject = Pick<Project, 'name' | 'capUnits'> & { id?: string };

export function money(engine: Engine, units: number): string {
  return formatMoney(units, { play: engine === 'sandbox' });
}

/** Kling units of a cap; `null` takes it away. */
export function capUnits(cap: CapOption): number | null {
  if (cap === 'none') return null;
  // Rounded down to what a price can be made of: a cap in dollars is never exceeded by a fraction of a unit.
  return 'units' in cap ? cap.units : Math.floor((cap.usd / USD_PER_UNIT) * 10_000 + 1e-6) / 10_000;
}

/**
 * Says what a run will cost, in one or two sentences.
 * @returns the most that the run can spend, in units: its cost, or what the project's cap leaves of it.
 */
export async function sayCost(session: Session, studio: Studio, project: SpendingProject, engine: Engine, forecast: RunForecast): Promise<number> {
  const clips = forecast.toMake.length;
  const there = thereWords(forecast);
  if (clips === 0) session.say(`Nothing to pay for${there === '' ? '' : `: ${there}`}.`);
  else session.say(`To make: ${count(clips, 'clip')}, ${money(engine, forecast.estimateUnits)}${there === '' ? '' : `; ${there}`}.`);
  sayRemade(session, forecast);
  sayNeeds(session, engine, forecast);
  emitForecast(session, project.name, engine, forecast);
  return await sayCap(session, studio, project, engine, forecast);
}

/**
 * Says what the project's cap leaves waiting, and how to raise it; nothing where there is no cap.
 * @returns the most that a run can spend, in units.
 */
export async function sayCap(session: Session, studio: Studio, project: SpendingProject, engine: Engine, { toMake, estimateUnits }: RunForecast): Promise<number> {
  const { capUnits: cap } = project;
  if (cap === undefined) return estimateUnits;
  const spentUnits = project.id === undefined ? 0 : await studio.store.ledger.spentUnits(project.id, engine);
  const leftUnits = Math.max(0, roundedMoney(cap - spentUnits));
  session.say(`Cap: ${money(engine, cap)}; ${money(engine, spentUnits)} of it is spent or set aside.`);
  const { reaches, clips, mostUnits } = capReach(toMake.map((clip) => clip.estimateUnits), leftUnits);
  session.emit('cap', { project: project.name, engine, capUnits: cap, spentUnits, leftUnits, reaches, clips, mostUnits });
  if (reaches === 'all') return mostUnits;
  const toRaise = `To make all of it: --cap ${roundedMoney(spentUnits + estimateUnits)}, or --cap none.`;
  if (reaches === 'none') session.say(`The cap leaves no room for ${toMake.length === 1 ? 'it: it waits' : 'any of it: all of it waits'}. ${toRaise}`);
  else if (clips === undefined) session.say(`The cap does not reach for all of it: what is beyond it waits. ${toRaise}`);
  else session.say(`The cap reaches for ${clips} of ${count(toMake.length, 'clip')}: the rest waits. ${toRaise}`);
  return mostUnits;
}

/** What needs no money, or gets none: `3 clips ready, 1 clip already paid for and under way`; empty when there is nothing. */
export function thereWords({ ready, atKling, givenUp }: RunForecast): string {
  return [
    ready > 0 ? `${count(ready, 'clip')} ready` : '',
    atKling > 0 ? `${count(atKling, 'clip')} already paid for and under way` : '',
    givenUp.length > 0 ? `${count(givenUp.length, 'take')} failed before and not tried again` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** The line of `--json` that says what a run would cost. */
export function emitForecast(session: Session, project: string, engine: Engine, forecast: RunForecast): void {
  const { toMake, estimateUnits, ready, atKling, givenUp, dropped, shots, withNeeds } = forecast;
  const needs = shots.flatMap((each) => (each.needs === undefined ? [] : [{ shot: each.shot, needs: each.needs }]));
  session.emit('forecast', { project, engine, clips: toMake.length, estimateUnits, ready, underWay: atKling, givenUp, dropped, needs, withNeeds: withNeeds ?? null });
}

/**
 * Asks before Kling's money is spent. Play money is never asked for.
 * @param mostUnits what the run can spend at most, as {@link sayCost} found.
 * @throws StudioError CONSENT_NEEDED where nobody can be asked, DECLINED after a no.
 */
export async function consentToCost(session: Session, engine: Engine, mostUnits: number, options: { yes?: boolean; retries?: number }): Promise<void> {
  if (engine !== 'kling' || mostUnits === 0 || options.yes === true) return;
  const cost = money(engine, mostUnits);
  const retries = options.retries ?? 0;
  const more = retries > 0 ? `, and up to ${count(retries, 'new attempt')} per take that fails` : '';
  const refusal = new StudioError('CONSENT_NEEDED', `This would spend up to ${cost}${more} with your Kling key, and there is no terminal to ask on. Nothing was spent.`, {
    next: 'Add --yes to spend it, --cap to set a limit as well, or --sandbox to practise.',
    detail: { mostUnits },
  });
  if (await ask(session, `Spend up to ${cost}${more} with your Kling key?`, refusal)) return;
  throw declined('you said no. Nothing was spent.');
}
