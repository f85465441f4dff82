import { randomInt } from 'node:crypto';
import { effectiveMode, frameCountOf, frameRateOf, frameSizeForImage, frameSizeOf, latencyOf, type KlingModel } from '../kling/index.ts';
import type { CheckedCreate } from './check-create.ts';
import { failureOfFrame, sizeOfFrame } from './frame-input.ts';
import { defaultLatencyProfile, type Latency, type LatencyProfile } from './latency.ts';
import { toTenThousandths, type TaskRecord, type TaskRequest } from './task.ts';

/** How long a task takes that was asked for by this request and has this profile. */
export type LatencyFor = (request: TaskRequest, profile: LatencyProfile) => Latency;

/** Decides everything about a task at the moment it is accepted, so that time alone moves it on. */
export function taskFor(
  { request, model, priceUnits }: CheckedCreate,
  options: { taskId: string; nowMs: number; latencyFor: LatencyFor; tinyBytes: number | undefined },
): TaskRecord {
  const profile = latencyOf(model, request.mode, request.durationS) ?? defaultLatencyProfile(request.mode, request.durationS);
  const latency = options.latencyFor(request, profile);
  const frames = [request.startFrame, request.endFrame].filter((frame) => frame !== undefined);
  return {
    taskId: options.taskId,
    externalTaskId: request.externalTaskId,
    product: request.product,
    model: request.model,
    mode: effectiveMode(model, request.mode),
    prompt: request.prompt,
    durationS: request.durationS,
    sound: request.sound,
    watermark: request.watermark,
    frameUrls: frames.flatMap((frame) => (frame.from === 'url' ? [nameOfUrl(frame.url)] : [])),
    ...sizeFor(model, request),
    frameRate: frameRateOf(model, request.product, request.mode),
    frameCount: frameCountOf(model, request.product, request.mode, request.durationS),
    priceTenThousandths: toTenThousandths(priceUnits),
    createdAtMs: options.nowMs,
    processingAtMs: options.nowMs + latency.submittedMs,
    dueAtMs: options.nowMs + latency.totalMs,
    // A tiny clip is there at once: it is made when it is asked for.
    renderedAtMs: options.tinyBytes === undefined ? undefined : options.nowMs,
    tinyBytes: options.tinyBytes,
    visibleAtMs: options.nowMs,
    failure: frames.map(failureOfFrame).find((failure) => failure !== undefined),
    failureBill: undefined,
    state: { status: 'running' },
  };
}

/** Text to video: the model's size. Image to video: the picture's shape at the same number of pixels, sides even. */
function sizeFor(model: KlingModel, request: TaskRequest): { width: number; height: number } {
  const frame = request.startFrame ?? request.endFrame;
  const picture = frame === undefined ? undefined : sizeOfFrame(frame);
  return picture === undefined
    ? frameSizeOf(model, request.mode, request.aspectRatio)
    : frameSizeForImage(model, request.mode, picture);
}

/** Enough to recognise it by; its query may hold a signature, which belongs neither in a record nor on a picture. */
function nameOfUrl(url: string): string {
  return url.replace(/[?#].*$/s, '').slice(0, 200);
}

/** 18 decimal digits, as Kling's are: more than a JavaScript number can hold. */
export function newTaskId(): string {
  return `${randomInt(100_000_000, 1_000_000_000)}${randomInt(0, 1_000_000_000).toString().padStart(9, '0')}`;
}
