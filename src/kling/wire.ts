import * as z from 'zod';
import type { EncodedFrames } from './image-input.ts';
import type { KlingTask, KlingTaskStatus, KlingVideo, ResourcePack } from './kling-task.ts';
import type { KlingModel } from './model.ts';
import { sumUnits } from './price.ts';
import type { VideoRequest } from './request.ts';
import { effectiveMode, supports } from './supports.ts';

/** Kling's words. They are known here and nowhere else: requests go out and answers come in through this file. */

/** Body of `POST /v1/videos/text2video` and `…/image2video`. */
export interface WireCreateBody {
  model_name: string;
  prompt: string;
  negative_prompt?: string;
  mode?: string;
  /** Seconds as text: `"5"`. */
  duration: string;
  aspect_ratio?: string;
  cfg_scale?: number;
  sound?: 'on' | 'off';
  camera_control?: { type: string; config?: Record<string, number | undefined> };
  /** Address, or base64 without a `data:` prefix. */
  image?: string;
  image_tail?: string;
  watermark_info?: { enabled: boolean };
  callback_url?: string;
  external_task_id?: string;
}

/** A checked request in Kling's words. What the request leaves out is left out: Kling's defaults are ours. */
export function toWireBody(model: KlingModel, request: VideoRequest, frames: Omit<EncodedFrames, 'problems'>): WireCreateBody {
  const body: WireCreateBody = {
    model_name: request.model,
    prompt: request.prompt,
    negative_prompt: request.negativePrompt === '' ? undefined : request.negativePrompt,
    mode: effectiveMode(model, request.mode),
    duration: String(request.durationS),
    aspect_ratio: request.kind === 'text2video' ? (request.aspectRatio ?? '16:9') : undefined,
    cfg_scale: request.cfgScale,
    sound: supports(model, 'sound') ? (request.sound === true ? 'on' : 'off') : undefined,
    camera_control: request.cameraControl,
    image: frames.startFrame,
    image_tail: frames.endFrame,
    watermark_info: request.watermark === true ? { enabled: true } : undefined,
    callback_url: request.callbackUrl,
    external_task_id: request.externalTaskId,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as unknown as WireCreateBody;
}

// Only what is read, and of that only the task's id must be there: a field that Kling leaves out, adds or renames must
// never make a paid clip unreadable.
const id = z.union([z.string().min(1), z.number().transform(String)]);
const text = z.union([z.string(), z.number().transform(String)]).nullish().catch(undefined);
const amount = z
  .union([z.number(), z.string().regex(/^\s*-?\d+(\.\d+)?\s*$/).transform(Number)])
  .nullish()
  .catch(undefined);
const list = <T extends z.ZodType>(item: T) => z.array(item.nullable().catch(null)).nullish().catch(undefined);

export const envelopeSchema = z.object({
  code: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]),
  message: text,
  request_id: text,
  data: z.unknown().optional(),
});

const legacyVideo = z.object({ id: text, url: z.string().min(1), watermark_url: text, duration: amount });

const legacyTask = z.object({
  task_id: id,
  task_status: text,
  task_status_msg: text,
  created_at: amount,
  updated_at: amount,
  task_info: z.object({ external_task_id: text }).nullish().catch(undefined),
  task_result: z.object({ videos: list(legacyVideo) }).nullish().catch(undefined),
  final_unit_deduction: amount,
  final_balance_deduction: z.object({ quota: text, list_price: text }).nullish().catch(undefined),
});

const newTask = z.object({
  id,
  status: text,
  message: text,
  create_time: amount,
  update_time: amount,
  external_id: text,
  outputs: list(legacyVideo.extend({ type: text })),
  billing: list(z.object({ charge_type: text, amount: amount, currency: text, list_price: text })),
});

const STATUSES: Readonly<Record<string, KlingTaskStatus>> = {
  submitted: 'submitted',
  processing: 'processing',
  // The classic API says "succeed", the newer one "succeeded"; each is understood from both.
  succeed: 'succeeded',
  succeeded: 'succeeded',
  failed: 'failed',
};

interface TaskParts {
  taskId: string;
  externalTaskId: string | null | undefined;
  rawStatus: string | null | undefined;
  statusMessage: string | null | undefined;
  createdAtMs: number | null | undefined;
  updatedAtMs: number | null | undefined;
  videos: (z.infer<typeof legacyVideo> | null)[] | null | undefined;
  billedUnits: number | null | undefined;
  billedCash: KlingTask['billedCash'];
}

function toTask(parts: TaskParts, raw: unknown): KlingTask {
  return {
    taskId: parts.taskId,
    ...(given(parts.externalTaskId) ? { externalTaskId: parts.externalTaskId } : {}),
    // A new word waits: that is safe because every wait is bounded.
    status: Object.hasOwn(STATUSES, parts.rawStatus ?? '') ? (STATUSES[parts.rawStatus ?? ''] ?? 'unrecognised') : 'unrecognised',
    rawStatus: parts.rawStatus ?? '',
    statusMessage: parts.statusMessage ?? '',
    ...(parts.createdAtMs == null ? {} : { createdAtMs: parts.createdAtMs }),
    ...(parts.updatedAtMs == null ? {} : { updatedAtMs: parts.updatedAtMs }),
    videos: (parts.videos ?? []).filter((video) => video !== null).map(toVideo),
    ...(parts.billedUnits == null ? {} : { billedUnits: parts.billedUnits }),
    ...(parts.billedCash === undefined || parts.billedCash.length === 0 ? {} : { billedCash: parts.billedCash }),
    raw,
  };
}

function given(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value !== '';
}

function toVideo(video: z.infer<typeof legacyVideo>): KlingVideo {
  return {
    ...(given(video.id) ? { id: video.id } : {}),
    url: video.url,
    ...(given(video.watermark_url) ? { watermarkUrl: video.watermark_url } : {}),
    ...(video.duration == null ? {} : { durationS: video.duration }),
  };
}

/** A task as the classic API tells it (create, get, list); `undefined` when it has no id. */
export function readLegacyTask(raw: unknown): KlingTask | undefined {
  const { data, success } = legacyTask.safeParse(raw);
  if (!success) return undefined;
  const cash = data.final_balance_deduction;
  return toTask(
    {
      taskId: data.task_id,
      externalTaskId: data.task_info?.external_task_id,
      rawStatus: data.task_status,
      statusMessage: data.task_status_msg,
      createdAtMs: data.created_at,
      updatedAtMs: data.updated_at,
      videos: data.task_result?.videos,
      billedUnits: data.final_unit_deduction,
      billedCash: given(cash?.quota) ? [{ amount: cash.quota, ...(given(cash.list_price) ? { listPrice: cash.list_price } : {}) }] : undefined,
    },
    raw,
  );
}

/** A task as `GET /tasks` tells it; `undefined` when it has no id. */
export function readNewTask(raw: unknown): KlingTask | undefined {
  const { data, success } = newTask.safeParse(raw);
  if (!success) return undefined;
  const bills = (data.billing ?? []).filter((bill) => bill !== null);
  const units = bills.filter((bill) => bill.charge_type === 'unit' && bill.amount != null).map((bill) => bill.amount ?? 0);
  const cash = bills.filter((bill) => bill.charge_type === 'cash' && bill.amount != null);
  return toTask(
    {
      taskId: data.id,
      externalTaskId: data.external_id,
      rawStatus: data.status,
      statusMessage: data.message,
      createdAtMs: data.create_time,
      updatedAtMs: data.update_time,
      videos: data.outputs?.filter((output) => output === null || !given(output.type) || output.type === 'video'),
      billedUnits: units.length === 0 ? undefined : sumUnits(units),
      billedCash: cash.map((bill) => ({
        amount: String(bill.amount),
        ...(given(bill.list_price) ? { listPrice: bill.list_price } : {}),
        ...(given(bill.currency) ? { currency: bill.currency } : {}),
      })),
    },
    raw,
  );
}

const costs = z.object({
  code: amount,
  msg: text,
  // Without any pack the key is missing.
  resource_pack_subscribe_infos: list(
    z.object({
      resource_pack_name: text,
      resource_pack_id: text,
      resource_pack_type: text,
      total_quantity: amount,
      remaining_quantity: amount,
      purchase_time: amount,
      effective_time: amount,
      invalid_time: amount,
      status: text,
    }),
  ),
});

/** `data` of `/account/costs`, which carries an envelope of its own; `undefined` when it is none. */
export function readCosts(raw: unknown): { code: number; message: string; packs: ResourcePack[] } | undefined {
  const { data, success } = costs.safeParse(raw);
  if (!success) return undefined;
  const packs = (data.resource_pack_subscribe_infos ?? []).filter((pack) => pack !== null);
  return {
    code: data.code ?? 0,
    message: data.msg ?? '',
    packs: packs.map((pack) => ({
      name: pack.resource_pack_name ?? '',
      id: pack.resource_pack_id ?? '',
      type: pack.resource_pack_type ?? '',
      totalUnits: pack.total_quantity ?? undefined,
      remainingUnits: pack.remaining_quantity ?? undefined,
      purchasedAtMs: pack.purchase_time ?? undefined,
      effectiveAtMs: pack.effective_time ?? undefined,
      invalidAtMs: pack.invalid_time ?? undefined,
      status: pack.status ?? '',
    })),
  };
}
