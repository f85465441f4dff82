import { sumUnits } from '../kling/index.ts';
import type { TakeResult } from '../generation/index.ts';
import type { Ledger } from '../store/index.ts';

/**
 * When a take of a run was paid for. `now`: by this run, or by one whose bill is known only now. `earlier`: its bill was
 * known before this run, which only fetched its clip. `elsewhere`: Kling had it already, from a home that was lost or
 * another machine, and refused to make it again.
 */
export type PaidWhen = 'now' | 'earlier' | 'elsewhere';

export interface PaidTake extends TakeResult {
  paid: PaidWhen;
}

/** @param billed the ids of the film's generations whose bill was known when the run began. */
export async function paidTakes(ledger: Ledger, results: readonly TakeResult[], billed: ReadonlySet<string>): Promise<PaidTake[]> {
  const candidates = results.filter(({ fromCache, generation }) => !fromCache && generation.billedUnits !== undefined && !billed.has(generation.id));
  const takenOver = await ledger.takenOver(candidates.map(({ generation }) => generation.id));
  // The run that brought it to its end tells its bill.
  const paidWhen = ({ generation: { id }, followed }: TakeResult): PaidWhen => (billed.has(id) || followed ? 'earlier' : takenOver.has(id) ? 'elsewhere' : 'now');
  return results.map((take) => ({ ...take, paid: paidWhen(take) }));
}

/** What a run was charged, in units: takes that share a picture are one bill. */
export function chargedNow(takes: readonly PaidTake[]): number {
  const bills = new Map(takes.filter(({ fromCache, paid }) => !fromCache && paid === 'now').map(({ generation }) => [generation.id, generation.billedUnits ?? 0]));
  return sumUnits(bills.values());
}
