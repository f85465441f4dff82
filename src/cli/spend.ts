import { formatMoney, USD_PER_UNIT } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import type { RunForecast } from '../generation/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Project } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { ask, declined } from './consent.ts';
import type { CapOption } from './options.ts';
import { count } from './printable.ts';
import type { Session } from './session.ts';

export function money(engine: Engine, units: number): string {
  return formatMoney(units, { play: engine === 'sandbox' });
}

/** Kling units of a cap; `null` takes it away. */
export function capUnits(cap: CapOption): number | null {
  if (cap === 'none') return null;
  // Rounded down to what a price can be made of: a cap in dollars is never exceeded by a fraction of a unit.
  return 'units' in cap ? cap.units : Math.floor((cap.usd / USD_PER_UNIT) * 10_000 + 1e-6) / 10_000;
}

/** Says what a run will cost, in one or two sentences. */
export async function sayCost(session: Session, studio: Studio, project: Project, engine: Engine, forecast: RunForecast): Promise<void> {
  const clips = forecast.toMake.length;
  const there = [forecast.ready > 0 ? `${forecast.ready} ready` : '', forecast.atKling > 0 ? `${forecast.atKling} already paid for and under way` : ''].filter((part) => part !== '').join(', ');
  if (clips === 0) session.say(`Nothing to pay for${there === '' ? '' : `: ${there}`}.`);
  else session.say(`To make: ${count(clips, 'clip')}, ${money(engine, forecast.estimateUnits)}${there === '' ? '' : `; ${there}`}.`);
  session.emit('forecast', { project: project.name, engine, clips, estimateUnits: forecast.estimateUnits, ready: forecast.ready, underWay: forecast.atKling });
  if (project.capUnits === undefined) return;
  const spent = await studio.store.ledger.spentUnits(project.id, engine);
  const left = Math.max(0, project.capUnits - spent);
  session.say(`Cap: ${money(engine, project.capUnits)}; ${money(engine, spent)} of it is spent or set aside.`);
  if (forecast.estimateUnits > left + 1e-9) session.say('The cap does not reach for all of it: what is beyond it will wait.');
}

/**
 * Asks before Kling's money is spent. Play money is never asked for.
 * @throws StudioError CONSENT_NEEDED where nobody can be asked, DECLINED after a no.
 */
export async function consentToCost(session: Session, engine: Engine, forecast: RunForecast, options: { yes?: boolean; retries?: number }): Promise<void> {
  if (engine !== 'kling' || forecast.estimateUnits === 0 || options.yes === true) return;
  const cost = money(engine, forecast.estimateUnits);
  const retries = options.retries ?? 0;
  const more = retries > 0 ? `, and up to ${count(retries, 'new attempt')} per take that fails` : '';
  const refusal = new StudioError('CONSENT_NEEDED', `This would spend ${cost}${more} with your Kling key, and there is no terminal to ask on. Nothing was spent.`, {
    next: 'Add --yes to spend it, --cap to set a limit as well, or --sandbox to practise.',
    detail: { estimateUnits: forecast.estimateUnits },
  });
  if (await ask(session, `Spend ${cost}${more} with your Kling key?`, refusal)) return;
  throw declined('you said no. Nothing was spent.');
}
