import { pictureOfExternalTaskId } from '../../src/generation/fingerprint.ts';
import type { SandboxTask } from '../../src/sandbox/index.ts';
import type { Generation } from '../../src/store/index.ts';
import type { Box } from './box/box.ts';
import type { Broke } from './box/violation.ts';
import type { WantedPicture } from './checks.ts';

/** What the store says was spent is what Kling charged: in all, for the film, and for each take that is ready. */
export async function checkBooks(box: Box, wanted: readonly WantedPicture[], broke: Broke): Promise<void> {
  const tasks = box.kling.tasks();
  const settled = wanted.every(({ generation }) => ['completed', 'failed', 'cancelled'].includes(generation.state.status));
  // What a failed task cost is not always said; until then the estimate stands in for it.
  const mayBeHeld = (row: { state: string }) => row.state.includes('"charged":"unknown"');
  const held = box.home.database.ask<{ state: string; reserved_units: number }>(`select state, reserved_units from generations where status in ('completed', 'failed', 'cancelled') and reserved_units > 0`);
  for (const row of held) if (!mayBeHeld(row)) broke('books', `a row that is over holds ${row.reserved_units} units: ${row.state}`);
  for (const { generation } of wanted) if (generation.state.status === 'completed') checkBill(generation, tasks, broke);
  if (!settled) return;

  const billed = allBills(box);
  const charged = unitsOf(tasks);
  if (Math.abs(billed - charged) > 1e-6) broke('books', `the store has bills of ${billed} units, Kling charged ${charged}`);
  const spentUnits = (await box.store.ledger.spentUnits(box.projectId, 'kling')) - held.filter(mayBeHeld).reduce((sum, row) => sum + row.reserved_units, 0);
  const pictures = new Set(wanted.map(({ generation }) => generation.fingerprint));
  const ofTheFilm = unitsOf(tasks.filter(({ externalTaskId = '' }) => pictures.has(pictureOfExternalTaskId(externalTaskId)?.fingerprint ?? '')));
  if (Math.abs(spentUnits - ofTheFilm) > 1e-6) broke('books', `the film has spent ${spentUnits} units by the store, Kling charged ${ofTheFilm} for its takes`);
}

/** Of all rows, and of clips that were found on the account and that no take here asks for. */
function allBills(box: Box): number {
  const [row] = box.home.database.ask<{ units: number }>(`select
    (select coalesce(sum(billed_units), 0) from generations) +
    (select coalesce(sum(billed_units), 0) from recovered_bills where external_task_id not in (select external_task_id from generations)) as units`);
  return row?.units ?? 0;
}

function unitsOf(tasks: readonly SandboxTask[]): number {
  return tasks.reduce((sum, task) => sum + task.chargedUnits, 0);
}

/** A take that is ready has the bill of the task it is of, also where its clip came out of the cache. */
function checkBill({ externalTaskId, billedUnits, state }: Generation, tasks: readonly SandboxTask[], broke: Broke): void {
  const taskId = state.status === 'completed' ? state.taskId : undefined;
  const task = tasks.find((each) => (taskId === undefined ? each.externalTaskId === externalTaskId && each.status === 'succeed' : each.taskId === taskId));
  if (task && Math.abs((billedUnits ?? 0) - task.chargedUnits) > 1e-6) broke('books', `${externalTaskId} is ready with a bill of ${billedUnits ?? 'nothing'}, Kling charged ${task.chargedUnits}`);
}

