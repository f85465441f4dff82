import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { GenerationState } from './generation-state.ts';

/** Money held by a state. Once the bill is known it stands in for the estimate, so nothing is counted twice. */
export function reserved(state: GenerationState, estimateUnits: number, billedUnits: number | undefined): number {
  if (billedUnits !== undefined) return 0;
  switch (state.status) {
    case 'waiting':
    case 'cancelled':
      return 0;
    case 'failed':
      return state.charged === 'no' ? 0 : estimateUnits;
    case 'completed':
      // A clip out of the cache without a task was paid for elsewhere, or not by this store.
      return state.taskId === undefined ? 0 : estimateUnits;
    case 'parked':
      return reserved(state.resumeFrom, estimateUnits, billedUnits);
    default:
      return estimateUnits;
  }
}

/** What a project has spent or set aside on an engine, in units. */
export async function spent(db: Db, projectId: string, engine: Engine, exceptId?: string): Promise<number> {
  const row = await db
    .selectFrom('generations')
    .select((expression) => [
      expression.fn.sum<number | null>('billed_units').as('billed'),
      expression.fn.sum<number | null>('reserved_units').as('reserved'),
    ])
    .where('project_id', '=', projectId)
    .where('engine', '=', engine)
    .$if(exceptId !== undefined, (query) => query.where('id', '!=', exceptId ?? ''))
    .executeTakeFirstOrThrow();
  return (row.billed ?? 0) + (row.reserved ?? 0) + (await recoveredBills(db, projectId, engine));
}

/**
 * What was found on the account for the project's pictures and no row stands for: attempts that a lost home made before or
 * after the one that is asked for here. All attempts of a picture share their id but for its number at the end.
 */
async function recoveredBills(db: Db, projectId: string, engine: Engine): Promise<number> {
  const { rows } = await sql<{ units: number | null }>`
    select sum(billed_units) as units from recovered_bills
    where external_task_id not in (select external_task_id from generations)
    and rtrim(external_task_id, '0123456789') in (select rtrim(external_task_id, '0123456789') from generations where project_id = ${projectId} and engine = ${engine})`.execute(db);
  return rows[0]?.units ?? 0;
}
