import type { KlingMode } from './request.ts';

/** One reason why Kling could not serve a request. */
export interface RequestProblem {
  /** Name of the field in the request; parts of a camera move count as `cameraControl`. */
  field: string;
  /** Stable, in UPPER_SNAKE_CASE. */
  code: RequestProblemCode;
  /** A sentence without a full stop, for people. */
  message: string;
  /** What would help, in the imperative. */
  fix?: string;
  /** The same for programs: fields that, set so, remove this problem. */
  change?: { mode?: KlingMode; durationS?: number; model?: string; sound?: boolean };
}

export type RequestProblemCode =
  | 'MODEL_UNKNOWN'
  | 'MODEL_NOT_CALLABLE'
  | 'MODE_UNSUPPORTED'
  | 'DURATION_UNSUPPORTED'
  | 'ASPECT_RATIO_UNSUPPORTED'
  | 'PROMPT_EMPTY'
  | 'PROMPT_TOO_LONG'
  | 'TEXT_MALFORMED'
  | 'NEGATIVE_PROMPT_UNSUPPORTED'
  | 'NEGATIVE_PROMPT_TOO_LONG'
  | 'CFG_SCALE_UNSUPPORTED'
  | 'CFG_SCALE_OUT_OF_RANGE'
  | 'SOUND_UNSUPPORTED'
  | 'CAMERA_UNSUPPORTED'
  | 'CAMERA_INVALID'
  | 'CAMERA_WITH_END_FRAME'
  | 'FRAME_MISSING'
  | 'START_FRAME_MISSING'
  | 'END_FRAME_UNSUPPORTED'
  | 'FRAME_UNREADABLE'
  | 'FRAME_UNSUITABLE'
  | 'EXTERNAL_TASK_ID_INVALID'
  | 'CALLBACK_URL_INVALID';
