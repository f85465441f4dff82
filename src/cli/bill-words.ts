import { planCut, shotsOf } from '../film/index.ts';
import { sumUnits } from '../kling/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { Generation, Project } from '../store/index.ts';
import type { Studio } from '../studio.ts';
import { count } from './printable.ts';
import type { Session } from './session.ts';
import { money } from './spend.ts';

/** A take with its bill. */
export interface BilledTake {
  /** `S01_SH03 T02`. */
  name: string;
  generation: Pick<Generation, 'id' | 'estimateUnits' | 'billedUnits' | 'reservedUnits' | 'state'>;
}

/** Most differences that are said one by one; the total is said in any case. */
const MOST_LINES = 10;

/** Every take that was billed otherwise than listed, and what that comes to. Takes that share a picture are one bill. */
export function sayDifferences(session: Session, engine: Engine, takes: readonly BilledTake[]): void {
  const once = [...new Map(takes.map((take) => [take.generation.id, take])).values()];
  const different = once.flatMap(({ name, generation }) => {
    const { estimateUnits, billedUnits } = generation;
    const units = billedUnits === undefined || isFreeFailure(generation) ? 0 : sumUnits([billedUnits, -estimateUnits]);
    return billedUnits === undefined || units === 0 ? [] : [{ name, estimateUnits, billedUnits, units }];
  });
  const who = engine === 'kling' ? 'Kling' : 'The sandbox';
  for (const { name, estimateUnits, billedUnits, units } of different.slice(0, MOST_LINES)) {
    session.say(`  ${who} charged ${moreOrLess(units)} than listed for ${name}: ${money(engine, billedUnits)} instead of ${money(engine, estimateUnits)}.`);
  }
  if (different.length < 2) return;
  const total = sumUnits(different.map(({ units }) => units));
  session.say(`  ${count(different.length, 'take')} billed otherwise than listed; together ${total === 0 ? 'it comes to the same' : `${moreOrLess(total)} than listed`}.`);
}

/** A take that failed and was not charged has no bill to compare; its failure says so. */
export function isFreeFailure({ state, billedUnits }: BilledTake['generation']): boolean {
  return state.status === 'failed' && billedUnits === 0;
}

function moreOrLess(units: number): string {
  const amount = Math.abs(units);
  return `${amount} ${amount === 1 ? 'unit' : 'units'} ${units > 0 ? 'more' : 'less'}`;
}

/**
 * What the film has cost for each second of it that is kept: everything spent or set aside for it, failed takes and those
 * not selected too, over the time on screen of the shots that have a take. Clips that another film paid for are named with
 * what they cost there, and count in the price of a second. Says nothing before something is kept and paid.
 */
export async function sayCostOfFilm(session: Session, studio: Studio, film: { project: Project; engine: Engine }): Promise<void> {
  const { project, engine } = film;
  const prompts = await studio.store.projects.loadPromptList(project.id);
  const takes = await studio.store.takes.list(prompts.map(({ id }) => id), engine);
  const kept = shotsOf(planCut({ prompts, takes, edit: await studio.store.edits.find(project.id), cast: [] })).filter(({ take }) => take !== undefined);
  const keptShots = new Set(kept.map(({ prompt }) => prompt.id));
  const seconds = kept.reduce((sum, { prompt, inS, outS }) => sum + (outS ?? prompt.settings.durationS) - inS, 0);
  const spentUnits = await studio.store.ledger.spentUnits(project.id, engine);
  const keptGenerations = new Map(takes.filter(({ selected, shotId }) => selected && keptShots.has(shotId)).map(({ generation }) => [generation.id, generation]));
  const keptIds = new Set(keptGenerations.keys());
  const shared = [...keptGenerations.values()].filter(({ projectId, billedUnits, reservedUnits }) => projectId !== project.id && (billedUnits ?? reservedUnits) > 0);
  const sharedUnits = sumUnits(shared.map(({ billedUnits, reservedUnits }) => billedUnits ?? reservedUnits));
  if (spentUnits + sharedUnits === 0 || seconds <= 0) return;
  const unitsPerSecond = Math.round(((spentUnits + sharedUnits) / seconds) * 10_000) / 10_000;
  // Those that cost nothing change nothing.
  const others = takes.filter(({ generation }) => !keptIds.has(generation.id) && (generation.reservedUnits > 0 || (generation.billedUnits ?? 0) > 0)).length;
  // Hundredths of a unit are a tenth of a cent: finer is noise.
  const aSecond = money(engine, Math.round(unitsPerSecond * 100) / 100);
  const paidElsewhere = shared.length === 0 ? '' : `; ${count(shared.length, 'clip')} in it, ${money(engine, sharedUnits)}, ${shared.length === 1 ? 'was' : 'were'} paid for by another film. Together`;
  session.say(`The film has cost ${money(engine, spentUnits)} so far${paidElsewhere}: ${aSecond} for each of the ${secondsWords(seconds)} it shows${others > 0 ? `, with ${count(others, 'take')} that it does not show` : ''}.`);
  session.emit('cost', { project: project.name, engine, units: spentUnits, sharedClips: shared.length, sharedUnits, keptSeconds: Math.round(seconds * 1000) / 1000, unitsPerSecond, takes: takes.length, keptTakes: keptShots.size });
}

function secondsWords(seconds: number): string {
  return `${Math.round(seconds * 10) / 10} s`;
}
