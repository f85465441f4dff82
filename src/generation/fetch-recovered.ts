import type { Generation } from '../store/index.ts';
import { commitEvent, type DriveContext, type StepResult } from './drive-context.ts';

/**
 * A take whose clip `recover` had found, and whose file is gone since: its task is known and paid for, so it is fetched again
 * and nothing is sent. A kill before the commit: the row waits, and is looked at in the same way by the next run; after it:
 * it is polled. @returns `undefined` when this take was never recovered, or Kling has forgotten its task.
 * @throws KlingError when Kling does not answer: what was paid for is not sent again on a guess.
 */
export async function fetchRecovered(generation: Generation, context: DriveContext): Promise<StepResult | undefined> {
  if (generation.billedUnits === undefined) return undefined;
  const bill = await context.ledger.recoveredBill(generation.externalTaskId);
  if (!bill) return undefined;
  // The others need not wait for this answer.
  context.gate.notComing(generation.id);
  const task = await context.client.findTask(generation.request.kind, { taskId: bill.taskId }, { signal: context.signal });
  if (!task) return undefined;
  const event = { type: 'recovered', taskId: task.taskId, submittedAtMs: task.createdAtMs ?? context.clock.now() } as const;
  return { generation: await commitEvent(generation, event, context, { detail: { taskId: task.taskId } }) };
}
