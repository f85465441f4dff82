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
