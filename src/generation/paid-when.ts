import type { Ledger } from '../store/index.ts';
import type { PaidWhen, TakeEnd, TakeResult } from './run-report.ts';

/** @param billed the ids of the generations whose bill was known when the run began. */
export async function withPaid(ledger: Ledger, ends: readonly TakeEnd[], billed: ReadonlySet<string>): Promise<TakeResult[]> {
  const candidates = ends.filter(({ fromCache, generation }) => !fromCache && generation.billedUnits !== undefined && !billed.has(generation.id));
  const takenOver = await ledger.takenOver(candidates.map(({ generation }) => generation.id));
  // The run that brought it to its end tells its bill.
  const paidWhen = ({ generation: { id }, fromCache, followed }: TakeEnd): PaidWhen => (fromCache || followed || billed.has(id) ? 'earlier' : takenOver.has(id) ? 'elsewhere' : 'now');
  return ends.map((end) => ({ ...end, paid: paidWhen(end) }));
}
