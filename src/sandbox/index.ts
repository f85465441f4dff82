/** A server on this machine that speaks Kling's wire format and makes real clips. Play money, no network. */
export { startSandbox } from './start-sandbox.ts';
export { type Sandbox, type SandboxOptions } from './sandbox.ts';
export { type SandboxCharge, type SandboxProduct, type SandboxStatus, type SandboxTask } from './task.ts';
export { FAULT_KINDS, type FaultKind, type FaultOptions } from './faults.ts';
export { type RequestEntry } from './request-log.ts';
