import type { RequestProblem } from './request-problem.ts';
import type { KlingModel } from './model.ts';
import { KIND_WORDS, nameOf } from './model-words.ts';
import type { KlingMode, VideoRequest } from './request.ts';
import { supports } from './supports.ts';

const TYPES = ['simple', 'down_back', 'forward_up', 'right_turn_forward', 'left_turn_forward'];
const AXES = ['horizontal', 'vertical', 'pan', 'tilt', 'roll', 'zoom'];

/** What is wrong with a camera move, by itself and for this model. */
export function checkCamera(model: KlingModel, mode: KlingMode | undefined, request: VideoRequest): RequestProblem[] {
  const camera = request.cameraControl;
  if (camera === undefined) return [];
  // It may come from a file, where anything can stand.
  if (!isRecord(camera) || !TYPES.includes(camera.type)) return [invalid(`a camera move has one of the types ${TYPES.join(', ')}`)];
  const problems: RequestProblem[] = [];
  const simpleOnly = model.cameraTypes === 'simple' && camera.type !== 'simple';
  if (!supports(model, 'cameraControl', { kind: request.kind, mode, durationS: request.durationS }) || simpleOnly) {
    problems.push({
      field: 'cameraControl',
      code: 'CAMERA_UNSUPPORTED',
      message: simpleOnly
        ? `${model.word} takes only simple camera moves`
        : `${nameOf(model, mode)} takes no camera control for ${KIND_WORDS[request.kind]} of ${request.durationS} s`,
      fix: 'say the camera move in the prompt',
    });
  }
  if (request.kind === 'image2video' && request.endFrame !== undefined) {
    problems.push({ field: 'cameraControl', code: 'CAMERA_WITH_END_FRAME', message: 'Kling takes camera control or an end frame, not both', fix: 'leave one out' });
  }
  return camera.type === 'simple' ? [...problems, ...checkConfig(camera.config)] : problems;
}

function checkConfig(config: unknown): RequestProblem[] {
  const moves = isRecord(config) ? Object.entries(config).filter(([, amount]) => amount !== undefined && amount !== 0) : [];
  const wrong = moves.filter(([axis, amount]) => !AXES.includes(axis) || typeof amount !== 'number' || !(amount >= -10 && amount <= 10));
  return [
    ...(moves.length === 1 ? [] : [invalid(`a simple camera move sets exactly one of ${AXES.join(', ')}, not ${moves.length}`)]),
    ...wrong.map(([axis, amount]) => invalid(AXES.includes(axis) ? `${axis} goes from -10 to 10, not ${String(amount)}` : `there is no camera move "${axis}"`)),
  ];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function invalid(message: string): RequestProblem {
  return { field: 'cameraControl', code: 'CAMERA_INVALID', message };
}
