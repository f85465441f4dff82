/** A server on this machine that speaks Kling's wire format and makes real clips. Play money, no network. */
export { startSandbox } from './start-sandbox.ts';
export { type DurationQuestion, type Sandbox, type SandboxOptions } from './sandbox.ts';
export { type SandboxCharge, type SandboxProduct, type SandboxStatus, type SandboxTask } from './task.ts';
export { FAULT_KINDS, type FaultKind } from './faults.ts';
export { type FaultOptions, type FaultStrike, type ReadRoute } from './fault-queue.ts';
export { parseFaultRates, type FaultRates } from './fault-rates.ts';
export { type ListOrder } from './listed-tasks.ts';
export { type SandboxRecord } from './record.ts';
export { type RequestEntry } from './request-log.ts';
