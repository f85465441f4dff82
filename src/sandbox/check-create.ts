import { modelNamed, priceUnits, supports, type KlingModel } from '../kling/index.ts';
import { readCreateBody, type CreateBody } from './create-body.ts';
import { readFrame } from './frame-input.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import type { SandboxFrame, SandboxProduct, TaskRequest } from './task.ts';

/** A request that Kling would take, were there money and a slot. */
export interface CheckedCreate {
  request: TaskRequest;
  model: KlingModel;
  priceUnits: number;
}

/** Kling's default when no model is named: the oldest, now refused. */
const DEFAULT_MODEL = 'kling-v1';

/**
 * Checks a create's body in Kling's order: fields, model, lifecycle, what the model can do, pictures.
 * Balance, slots and the external id come after it, and only the store can tell.
 * @param isRetired whether this model is refused as discontinued.
 */
export function checkCreate(
  product: SandboxProduct,
  json: unknown,
  isRetired: (model: KlingModel) => boolean,
): CheckedCreate | { refusal: Refusal } {
  const read = readCreateBody(product, json);
  if ('refusal' in read) return read;
  const { body } = read;

  const model = modelNamed(body.model_name || DEFAULT_MODEL);
  const callable = product === 'text2video' ? model?.callable.textToVideo : model?.callable.imageToVideo;
  if (model === undefined || callable !== true) return { refusal: REFUSALS.modelNotSupported };
  if (isRetired(model)) return { refusal: REFUSALS.modelDiscontinued(model.name) };

  const request = requestOf(product, model, body);
  const cannot = checkAbilities(model, request, body);
  if (cannot !== undefined) return { refusal: cannot };
  const price = priceUnits(model, request);
  // A cell with no price in the catalogue is one nobody has seen working.
  if (price === undefined) return { refusal: REFUSALS.modelNotSupported };

  const frames: (SandboxFrame | undefined)[] = [];
  for (const field of ['image', 'image_tail'] as const) {
    const value = body[field];
    const frame = value ? readFrame(field, value) : undefined;
    if (frame !== undefined && 'refusal' in frame) return frame;
    frames.push(frame?.frame);
  }
  return { request: { ...request, startFrame: frames[0], endFrame: frames[1] }, model, priceUnits: price };
}

type RequestWithoutFrames = Omit<TaskRequest, 'startFrame' | 'endFrame'>;

function requestOf(product: SandboxProduct, model: KlingModel, body: CreateBody): RequestWithoutFrames {
  return {
    product,
    model: model.name,
    mode: body.mode ?? 'std',
    prompt: body.prompt ?? '',
    durationS: Number(body.duration ?? '5'),
    aspectRatio: body.aspect_ratio ?? '16:9',
    sound: body.sound === 'on',
    watermark: body.watermark_info?.enabled === true,
    externalTaskId: body.external_task_id || undefined,
  };
}

/** Model × mode × length × feature. A feature's negative prompt and cfg scale are tolerated by every model. */
function checkAbilities(model: KlingModel, request: RequestWithoutFrames, body: CreateBody): Refusal | undefined {
  const { product: kind, mode, durationS, sound } = request;
  // Models without modes ignore the field: seen with 2.0 master.
  if (model.modes.length > 0 && !model.modes.includes(mode)) return REFUSALS.valueInvalid('mode', mode);
  if (!model.durationsS.includes(durationS)) return REFUSALS.valueInvalid('duration', durationS);
  const cell = { kind, mode, durationS, sound };
  if (!supports(model, kind === 'text2video' ? 'textToVideo' : 'imageToVideo', cell)) {
    return REFUSALS.notSupportedWith(model.name, `mode ${mode} and duration ${durationS}`);
  }
  if ((body.static_mask || body.dynamic_masks) && !supports(model, 'motionBrush', cell)) return REFUSALS.notSupportedWith(model.name, 'motion brush');
  if (body.image_tail) {
    const feature = body.image ? 'endFrame' : 'endFrameOnly';
    if (!supports(model, feature, cell)) {
      return REFUSALS.notSupportedWith(model.name, feature === 'endFrame' ? 'image_tail' : 'image_tail without image');
    }
    if (body.camera_control) return REFUSALS.notSupportedWith(model.name, 'image_tail and camera_control at once');
  }
  if (body.camera_control && !supports(model, 'cameraControl', cell)) return REFUSALS.notSupportedWith(model.name, 'camera control');
  if (sound && !supports(model, 'sound', cell)) return REFUSALS.notSupportedWith(model.name, 'sound');
  return undefined;
}
