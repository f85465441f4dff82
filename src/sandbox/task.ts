import { assertNever } from '../lib/errors.ts';
import type { AspectRatio, KlingMode } from '../kling/index.ts';

export type SandboxProduct = 'text2video' | 'image2video';
export type SandboxStatus = 'submitted' | 'processing' | 'succeed' | 'failed';

/** A picture that came with a request. A URL is never fetched: the sandbox reaches out to nobody. */
export type SandboxFrame = { from: 'bytes'; bytes: Uint8Array } | { from: 'url'; url: string };

/** What a create asked for, checked and with Kling's defaults filled in. */
export interface TaskRequest {
  product: SandboxProduct;
  model: string;
  mode: KlingMode;
  prompt: string;
  durationS: number;
  /** Of text to video; image to video takes its picture's shape. */
  aspectRatio: AspectRatio;
  sound: boolean;
  watermark: boolean;
  externalTaskId: string | undefined;
  startFrame: SandboxFrame | undefined;
  endFrame: SandboxFrame | undefined;
}

/** How the clip is drawn, decided when the task is accepted so that every drawing of it is the same. */
export interface TaskPicture {
  /** Pixels. */
  width: number;
  height: number;
  frameRate: number;
  frameCount: number;
}

/** A task as it is stored: everything its status is computed from. */
export interface TaskRecord extends TaskPicture {
  taskId: string;
  externalTaskId: string | undefined;
  product: SandboxProduct;
  model: string;
  /** Undefined for a model that takes none. */
  mode: KlingMode | undefined;
  prompt: string;
  durationS: number;
  sound: boolean;
  watermark: boolean;
  /** Where a start or end frame that came as a URL is said to be. */
  frameUrls: readonly string[];
  /** What success will cost, in ten-thousandths of a unit: sums of them stay exact. */
  priceTenThousandths: number;
  createdAtMs: number;
  /** From here on the task says `processing`. */
  processingAtMs: number;
  /** The earliest end. */
  dueAtMs: number;
  /** The clip is drawn and in its place since. */
  renderedAtMs: number | undefined;
  /** A tiny clip, made anew whenever it is asked for: its size in bytes, 0 for as small as it comes. Undefined: drawn into a file. */
  tinyBytes: number | undefined;
  /** No look-up and no list shows the task before this moment. */
  visibleAtMs: number;
  /** The task will fail, or has failed, with this message. */
  failure: string | undefined;
  /** What its failure is said to cost, in ten-thousandths; undefined: nothing is said, and nothing charged. */
  failureBill: number | undefined;
  state: { status: 'running' } | { status: 'succeed' | 'failed'; endedAtMs: number };
}

/** A task for people and tests. */
export interface SandboxTask {
  taskId: string;
  externalTaskId: string | undefined;
  product: SandboxProduct;
  model: string;
  /** Undefined for a model that takes none. */
  mode: KlingMode | undefined;
  prompt: string;
  durationS: number;
  sound: boolean;
  status: SandboxStatus;
  /** Why it failed; else empty. */
  statusMessage: string;
  createdAtMs: number;
  updatedAtMs: number;
  /** What it costs when it succeeds, in units. */
  priceUnits: number;
  /** What it has cost: `priceUnits` after success, 0 before, and after a failure what the failure costs (mostly nothing). */
  chargedUnits: number;
}

export interface SandboxCharge {
  taskId: string;
  externalTaskId: string | undefined;
  units: number;
  chargedAtMs: number;
  /** `failed` for a task that cost something although it failed. */
  status: 'succeed' | 'failed';
}

/** The word Kling would use at this moment, and since when. */
export function statusOf(task: TaskRecord, nowMs: number): { status: SandboxStatus; updatedAtMs: number } {
  switch (task.state.status) {
    case 'succeed':
    case 'failed':
      return { status: task.state.status, updatedAtMs: task.state.endedAtMs };
    case 'running':
      return nowMs >= task.processingAtMs
        ? { status: 'processing', updatedAtMs: task.processingAtMs }
        : { status: 'submitted', updatedAtMs: task.createdAtMs };
    default:
      return assertNever(task.state, 'task state');
  }
}

/** What makes one take look unlike another: the caller's own id when there is one, so that a task made again looks the same. */
export function identityOf(task: TaskRecord): string {
  return task.externalTaskId ?? task.taskId;
}

/** What a task has cost so far, in ten-thousandths of a unit. */
export function chargedFor({ state, priceTenThousandths, failureBill }: TaskRecord): number {
  if (state.status === 'running') return 0;
  return state.status === 'succeed' ? priceTenThousandths : (failureBill ?? 0);
}

/**
 * The state that time alone has brought a stored task to. Looking at a task writes nothing: the next sentence that writes
 * anyway takes the ends along.
 */
export function stateAt(task: TaskRecord, nowMs: number): TaskRecord['state'] {
  const { state, dueAtMs, renderedAtMs, failure } = task;
  if (state.status !== 'running') return state;
  if (failure !== undefined) return dueAtMs <= nowMs ? { status: 'failed', endedAtMs: dueAtMs } : state;
  const endedAtMs = Math.max(dueAtMs, renderedAtMs ?? Infinity);
  return endedAtMs <= nowMs ? { status: 'succeed', endedAtMs } : state;
}

const TEN_THOUSANDTHS = 10_000;

export function toTenThousandths(units: number): number {
  return Math.round(units * TEN_THOUSANDTHS);
}

export function toUnits(tenThousandths: number): number {
  return tenThousandths / TEN_THOUSANDTHS;
}

export function toSandboxTask(task: TaskRecord, nowMs: number): SandboxTask {
  const { status, updatedAtMs } = statusOf(task, nowMs);
  const priceUnits = toUnits(task.priceTenThousandths);
  return {
    taskId: task.taskId,
    externalTaskId: task.externalTaskId,
    product: task.product,
    model: task.model,
    mode: task.mode,
    prompt: task.prompt,
    durationS: task.durationS,
    sound: task.sound,
    status,
    statusMessage: status === 'failed' ? (task.failure ?? '') : '',
    createdAtMs: task.createdAtMs,
    updatedAtMs,
    priceUnits,
    chargedUnits: toUnits(chargedFor(task)),
  };
}
