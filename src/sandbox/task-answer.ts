import { createHash } from 'node:crypto';
import { chargedFor, statusOf, toUnits, type TaskRecord } from './task.ts';

/** What an answer needs to know beside the task. */
export interface AnswerContext {
  nowMs: number;
  /** How far Kling's clock is ahead. */
  skewMs: number;
  /** The URL of a task's clip, as the asker can reach it. */
  clipUrl: (task: TaskRecord) => string;
  /** Leaves the videos of a finished task out. */
  omitVideos: boolean;
}

/** `data` of a create. */
export function createdAnswer(task: TaskRecord, skewMs: number) {
  return {
    task_id: task.taskId,
    task_status: 'submitted',
    task_info: taskInfo(task),
    created_at: task.createdAtMs + skewMs,
    updated_at: task.createdAtMs + skewMs,
  };
}

/** `data` of a query by id, and an item of a list. */
export function taskAnswer(task: TaskRecord, context: AnswerContext) {
  const { status, updatedAtMs } = statusOf(task, context.nowMs);
  const url = status === 'succeed' ? context.clipUrl(task) : '';
  return {
    task_id: task.taskId,
    task_status: status,
    task_status_msg: status === 'failed' ? (task.failure ?? '') : '',
    task_info: taskInfo(task),
    watermark_info: { enabled: task.watermark },
    ...(saysItsBill(task) && { final_unit_deduction: String(toUnits(chargedFor(task))) }),
    ...(status === 'succeed' && {
      task_result: {
        videos: context.omitVideos
          ? []
          : [{ id: videoIdOf(task), url, ...(task.watermark && { watermark_url: url }), duration: clipLengthText(task) }],
      },
    }),
    created_at: task.createdAtMs + context.skewMs,
    updated_at: updatedAtMs + context.skewMs,
  };
}

/** An item of `GET /tasks`: the same task in the newer API's words. */
export function newStandardAnswer(task: TaskRecord, context: AnswerContext) {
  const { status, updatedAtMs } = statusOf(task, context.nowMs);
  const succeeded = status === 'succeed';
  const url = succeeded ? context.clipUrl(task) : '';
  return {
    id: task.taskId,
    status: succeeded ? 'succeeded' : status,
    message: status === 'failed' ? (task.failure ?? '') : '',
    create_time: task.createdAtMs + context.skewMs,
    update_time: updatedAtMs + context.skewMs,
    ...(task.externalTaskId !== undefined && { external_id: task.externalTaskId }),
    outputs:
      succeeded && !context.omitVideos
        ? [{ type: 'video', id: videoIdOf(task), url, ...(task.watermark && { watermark_url: url }), duration: clipLengthText(task) }]
        : [],
    billing: saysItsBill(task) ? [{ charge_type: 'unit', amount: String(toUnits(chargedFor(task))), package_type: 'video' }] : [],
  };
}

/** After success always; after a failure only where a fault has it say so: what Kling says then is not known. */
function saysItsBill({ state, failureBill }: TaskRecord): boolean {
  return state.status === 'succeed' || (state.status === 'failed' && failureBill !== undefined);
}

function taskInfo(task: TaskRecord) {
  return task.externalTaskId === undefined ? {} : { external_task_id: task.externalTaskId };
}

/** The real length in seconds, cut to three decimals: `5.041` for 121 frames at 24 per second. */
function clipLengthText(task: TaskRecord): string {
  return String(Math.floor((task.frameCount * 1000) / task.frameRate) / 1000);
}

/** 18 digits, the same at every asking. */
function videoIdOf(task: TaskRecord): string {
  const hash = createHash('sha256').update(`video ${task.taskId}`).digest().readBigUInt64BE(0);
  return String(100_000_000_000_000_000n + (hash % 900_000_000_000_000_000n));
}
