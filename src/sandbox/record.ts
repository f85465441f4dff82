import type { FaultOptions, FaultQueue, FaultStrike } from './fault-queue.ts';
import type { FaultRates } from './fault-rates.ts';
import type { FaultKind } from './faults.ts';
import type { RequestLog, RouteName } from './request-log.ts';
import { chargedFor, toSandboxTask, toUnits, type SandboxCharge, type SandboxTask, type TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';

/** Everything that happened in a sandbox. */
export interface SandboxRecord {
  atMs: number;
  seed: string | number;
  balanceUnits: number;
  slots: number;
  skewMs: number;
  /** Oldest first. */
  tasks: SandboxTask[];
  charges: SandboxCharge[];
  /** External ids that were charged more than once. */
  chargedTwice: { externalTaskId: string; taskIds: string[]; units: number }[];
  faults: {
    /** Asked for, not struck yet. `left` is missing for one that never ends. */
    waiting: { kind: FaultKind; left?: number; options: FaultOptions }[];
    rates: FaultRates;
    seed: string | number | undefined;
    /** The last 10,000, oldest first. */
    struck: readonly FaultStrike[];
    struckByKind: Partial<Record<FaultKind, number>>;
  };
  requestCount: number;
  requestsByRoute: Partial<Record<RouteName, number>>;
}

export function chargesOf(tasks: readonly TaskRecord[]): SandboxCharge[] {
  const charges = tasks.flatMap((task): SandboxCharge[] => {
    const { taskId, externalTaskId, state } = task;
    const cost = chargedFor(task);
    return state.status === 'running' || cost === 0 ? [] : [{ taskId, externalTaskId, units: toUnits(cost), chargedAtMs: state.endedAtMs, status: state.status }];
  });
  return charges.sort((a, b) => a.chargedAtMs - b.chargedAtMs);
}

export function recordOf(
  { store, faults, log }: { store: TaskStore; faults: FaultQueue; log: RequestLog },
  { nowMs, seed, skewMs }: { nowMs: number; seed: string | number; skewMs: number },
): SandboxRecord {
  const tasks = store.all();
  const charges = chargesOf(tasks);
  const byId = new Map<string, SandboxCharge[]>();
  for (const charge of charges) if (charge.externalTaskId !== undefined) byId.set(charge.externalTaskId, [...(byId.get(charge.externalTaskId) ?? []), charge]);
  return {
    atMs: nowMs,
    seed,
    balanceUnits: toUnits(store.balanceTenThousandths()),
    slots: store.slots(),
    skewMs,
    tasks: tasks.map((task) => toSandboxTask(task, nowMs)),
    charges,
    chargedTwice: [...byId]
      .filter(([, each]) => each.length > 1)
      .map(([externalTaskId, each]) => ({ externalTaskId, taskIds: each.map(({ taskId }) => taskId), units: each.reduce((sum, { units }) => sum + units, 0) })),
    faults: {
      waiting: faults.waiting().map(({ kind, left, options }) => ({ kind, ...(Number.isFinite(left) && { left }), options })),
      ...faults.rates(),
      struck: faults.strikes(),
      struckByKind: faults.strikesByKind(),
    },
    requestCount: log.count(),
    requestsByRoute: log.countsByRoute(),
  };
}
