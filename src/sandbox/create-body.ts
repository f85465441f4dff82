import * as z from 'zod';
import { REFUSALS, type Refusal } from './refusals.ts';
import type { SandboxProduct } from './task.ts';

/** Endpoint-level limits of the classic API, the same for every model. Characters are counted as UTF-16 units. */
const PROMPT_LIMIT = 2500;
const EXTERNAL_ID_LIMIT = 255;

const axis = z.number().min(-10).max(10).nullish();

const cameraControlSchema = z.object({
  type: z.enum(['simple', 'down_back', 'forward_up', 'right_turn_forward', 'left_turn_forward']),
  config: z
    .object({ horizontal: axis, vertical: axis, pan: axis, tilt: axis, roll: axis, zoom: axis })
    .nullish(),
});

/** Fields of both products, in the order in which the first wrong one is named. Other keys are ignored, as Kling does. */
const sharedFields = {
  negative_prompt: z.string().max(PROMPT_LIMIT).nullish(),
  sound: z.enum(['on', 'off']).nullish(),
  cfg_scale: z.number().min(0).max(1).nullish(),
  mode: z.enum(['std', 'pro', '4k']).nullish(),
  static_mask: z.unknown().optional(),
  dynamic_masks: z.unknown().optional(),
  camera_control: cameraControlSchema.nullish(),
};

const lastFields = {
  // A string in this API; a number is refused, so that a client that sends one is found out here.
  duration: z
    .string()
    .regex(/^([3-9]|1[0-5])$/)
    .nullish(),
  watermark_info: z.object({ enabled: z.boolean().nullish() }).nullish(),
  callback_url: z.string().nullish(),
  external_task_id: z.string().max(EXTERNAL_ID_LIMIT).nullish(),
};

const textToVideoSchema = z.object({
  model_name: z.string().nullish(),
  prompt: z.string().min(1).max(PROMPT_LIMIT),
  ...sharedFields,
  aspect_ratio: z.enum(['16:9', '9:16', '1:1']).nullish(),
  ...lastFields,
});

const imageToVideoSchema = z.object({
  model_name: z.string().nullish(),
  image: z.string().nullish(),
  image_tail: z.string().nullish(),
  prompt: z.string().max(PROMPT_LIMIT).nullish(),
  ...sharedFields,
  ...lastFields,
});

/** A create's body, right in form; whether the model can do it is asked later. */
export type CreateBody = Partial<Omit<z.infer<typeof textToVideoSchema>, 'prompt'> & Omit<z.infer<typeof imageToVideoSchema>, 'prompt'>> & {
  prompt?: string | null | undefined;
};

/** Reads a body. The first wrong field decides, as with Kling: one text, not a list. */
export function readCreateBody(product: SandboxProduct, body: unknown): { body: CreateBody } | { refusal: Refusal } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { refusal: REFUSALS.bodyNotJson };
  const read = (product === 'text2video' ? textToVideoSchema : imageToVideoSchema).safeParse(body);
  if (!read.success) return { refusal: refusalOf(read.error.issues[0], body) };
  const config = read.data.camera_control?.config;
  if (read.data.camera_control?.type === 'simple' && Object.values(config ?? {}).filter(Boolean).length !== 1) {
    return { refusal: REFUSALS.valueInvalid('camera_control.config', config ?? null) };
  }
  if (product === 'image2video' && !('image' in body && body.image) && !('image_tail' in body && body.image_tail)) {
    return { refusal: REFUSALS.required('image') };
  }
  return { body: read.data };
}

function refusalOf(issue: z.core.$ZodIssue | undefined, body: object): Refusal {
  const path = issue?.path ?? [];
  const field = path.join('.');
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], body);
  if (value === undefined || value === null || value === '') return REFUSALS.required(field);
  if (issue?.code === 'too_big' && typeof value === 'string') return REFUSALS.tooLong(field, Number(issue.maximum));
  return REFUSALS.valueInvalid(field, value);
}
