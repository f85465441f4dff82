import * as z from 'zod';
import type { TaskRecord } from './task.ts';

/** A task as SQLite holds it. */
const taskRowSchema = z.object({
  taskId: z.string(),
  externalTaskId: z.string().nullable(),
  product: z.enum(['text2video', 'image2video']),
  model: z.string(),
  mode: z.enum(['std', 'pro', '4k']).nullable(),
  prompt: z.string(),
  durationS: z.number(),
  sound: z.number(),
  watermark: z.number(),
  /** JSON array of strings. */
  frameUrls: z.string(),
  width: z.number(),
  height: z.number(),
  frameRate: z.number(),
  frameCount: z.number(),
  /** Ten-thousandths of a unit. */
  price: z.number(),
  createdAtMs: z.number(),
  processingAtMs: z.number(),
  dueAtMs: z.number(),
  renderedAtMs: z.number().nullable(),
  tinyBytes: z.number().nullable(),
  visibleAtMs: z.number(),
  failure: z.string().nullable(),
  failureBill: z.number().nullable(),
  status: z.enum(['running', 'succeed', 'failed']),
  endedAtMs: z.number().nullable(),
});

export type TaskRow = z.infer<typeof taskRowSchema>;

export const TASK_COLUMNS = Object.keys(taskRowSchema.shape) as (keyof TaskRow)[];

const frameUrlsSchema = z.array(z.string());

export function rowOf(task: TaskRecord): TaskRow {
  return {
    taskId: task.taskId,
    externalTaskId: task.externalTaskId ?? null,
    product: task.product,
    model: task.model,
    mode: task.mode ?? null,
    prompt: task.prompt,
    durationS: task.durationS,
    sound: task.sound ? 1 : 0,
    watermark: task.watermark ? 1 : 0,
    frameUrls: JSON.stringify(task.frameUrls),
    width: task.width,
    height: task.height,
    frameRate: task.frameRate,
    frameCount: task.frameCount,
    price: task.priceTenThousandths,
    createdAtMs: task.createdAtMs,
    processingAtMs: task.processingAtMs,
    dueAtMs: task.dueAtMs,
    renderedAtMs: task.renderedAtMs ?? null,
    tinyBytes: task.tinyBytes ?? null,
    visibleAtMs: task.visibleAtMs,
    failure: task.failure ?? null,
    failureBill: task.failureBill ?? null,
    status: task.state.status,
    endedAtMs: task.state.status === 'running' ? null : task.state.endedAtMs,
  };
}

/** @throws ZodError for a row that this version did not write. */
export function taskOf(row: unknown): TaskRecord {
  const read = taskRowSchema.parse(row);
  return {
    taskId: read.taskId,
    externalTaskId: read.externalTaskId ?? undefined,
    product: read.product,
    model: read.model,
    mode: read.mode ?? undefined,
    prompt: read.prompt,
    durationS: read.durationS,
    sound: read.sound !== 0,
    watermark: read.watermark !== 0,
    frameUrls: frameUrlsSchema.parse(JSON.parse(read.frameUrls)),
    width: read.width,
    height: read.height,
    frameRate: read.frameRate,
    frameCount: read.frameCount,
    priceTenThousandths: read.price,
    createdAtMs: read.createdAtMs,
    processingAtMs: read.processingAtMs,
    dueAtMs: read.dueAtMs,
    renderedAtMs: read.renderedAtMs ?? undefined,
    tinyBytes: read.tinyBytes ?? undefined,
    visibleAtMs: read.visibleAtMs,
    failure: read.failure ?? undefined,
    failureBill: read.failureBill ?? undefined,
    state:
      read.status === 'running' ? { status: 'running' } : { status: read.status, endedAtMs: read.endedAtMs ?? read.dueAtMs },
  };
}
