import type { Db } from './database.ts';
import { inTransaction } from './transaction.ts';

/** What Kling charged for a clip that was found on the account although no row here knew of it. */
export interface RecoveredBill {
  taskId: string;
  billedUnits: number;
}

/** Keeps a bill for the film that will ask for the clip. */
export async function rememberBill(db: Db, externalTaskId: string, bill: RecoveredBill): Promise<void> {
  const values = { task_id: bill.taskId, billed_units: bill.billedUnits };
  await inTransaction(db, async (transaction) => {
    await transaction
      .insertInto('recovered_bills')
      .values({ external_task_id: externalTaskId, ...values })
      .onConflict((conflict) => conflict.column('external_task_id').doUpdateSet(values))
      .execute();
  });
}

/** The bills that are kept for some ids, by id. */
export async function rememberedBills(db: Db, externalTaskIds: readonly string[]): Promise<Map<string, RecoveredBill>> {
  const rows = await db.selectFrom('recovered_bills').selectAll().where('external_task_id', 'in', externalTaskIds).execute();
  return new Map(rows.map((row) => [row.external_task_id, { billedUnits: row.billed_units, taskId: row.task_id }]));
}

/** Ids in one sentence; each is a range of its own. */
const RANGES_A_SENTENCE = 100;

/**
 * The number of the last attempt at each picture whose bill is kept. All attempts of a picture share their id but for its
 * number at the end. @param firstIds of the first attempts. @returns by first id; a picture without bills is missing.
 */
export async function lastRememberedAttempts(db: Db, firstIds: readonly string[]): Promise<Map<string, number>> {
  const attempts = new Map<string, number>();
  for (let start = 0; start < firstIds.length; start += RANGES_A_SENTENCE) {
    const stems = new Map(firstIds.slice(start, start + RANGES_A_SENTENCE).map((id) => [stemOf(id), id]));
    const rows = await db
      .selectFrom('recovered_bills')
      .select('external_task_id')
      // A colon comes right after the digits, so that the index finds them.
      .where((where) => where.or([...stems.keys()].map((stem) => where.and([where('external_task_id', '>=', stem), where('external_task_id', '<', `${stem}:`)]))))
      .execute();
    for (const { external_task_id: found } of rows) {
      const firstId = stems.get(stemOf(found));
      const attempt = Number(/\d+$/.exec(found)?.[0]);
      if (firstId !== undefined && attempt > (attempts.get(firstId) ?? 0)) attempts.set(firstId, attempt);
    }
  }
  return attempts;
}

function stemOf(externalTaskId: string): string {
  return externalTaskId.replace(/\d+$/, '');
}
