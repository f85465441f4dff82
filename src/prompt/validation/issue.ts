import type { KlingKind, KlingMode } from '../../kling/index.ts';
import type { LanguageCode } from '../reading/language.ts';
import type { Span } from '../reading/text.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * Every code with its severity. Errors are what Kling refuses, or what is certainly not meant; warnings are what usually
 * spoils a clip; infos are worth knowing.
 */
export const ISSUE_SEVERITIES = {
  EMPTY: 'error',
  TOO_LONG: 'error',
  NEGATIVE_TOO_LONG: 'error',
  CONTROL_CHARS: 'error',
  DURATION_UNSUPPORTED: 'error',
  FEATURE_UNSUPPORTED: 'error',
  CAMERA_CONFIG_INVALID: 'error',
  MULTISHOT_INVALID: 'error',
  PLACEHOLDER_UNRESOLVED: 'error',
  POLICY_BLOCK: 'error',
  MODEL_UNKNOWN: 'error',
  MODEL_NOT_CALLABLE: 'error',
  API_UNSUPPORTED: 'error',
  FRAME_MISSING: 'error',
  CFG_SCALE_INVALID: 'error',
  MODEL_DISCONTINUED: 'warning',
  TOO_SHORT: 'warning',
  POLICY_RISK: 'warning',
  REAL_PERSON: 'warning',
  IP_CHARACTER: 'warning',
  TOO_MANY_ACTIONS: 'warning',
  TOO_MANY_SUBJECTS: 'warning',
  CAMERA_CONFLICT: 'warning',
  CAMERA_OVERLOAD: 'warning',
  TIME_CONFLICT: 'warning',
  WEATHER_CONFLICT: 'warning',
  STYLE_CONFLICT: 'warning',
  SPEED_CONFLICT: 'warning',
  STATIC_CONFLICT: 'warning',
  COUNT_CONFLICT: 'warning',
  FRAMING_CONFLICT: 'warning',
  NEGATION_IN_PROMPT: 'warning',
  NEGATIVE_SYNTAX: 'warning',
  NEGATIVE_CONTRADICTS: 'warning',
  DIALOGUE_TOO_LONG: 'warning',
  DIALOGUE_NO_AUDIO: 'warning',
  ONSCREEN_TEXT: 'warning',
  LANGUAGE: 'warning',
  SCREENPLAY_FORMAT: 'warning',
  MULTIPLE_SHOTS: 'warning',
  NO_SUBJECT: 'warning',
  NO_MOTION: 'warning',
  NOT_FILMABLE: 'warning',
  CONTINUITY_REFERENCE: 'warning',
  DANGLING_PRONOUN: 'warning',
  FOREIGN_PARAMETERS: 'warning',
  DUPLICATED_TEXT: 'warning',
  KEYWORD_SPAM: 'warning',
  POLICY_NOTE: 'info',
  LONG_WINDED: 'info',
  PROMPT_IGNORED: 'info',
} as const satisfies Record<string, Severity>;

export type IssueCode = keyof typeof ISSUE_SEVERITIES;

/** The clip a prompt is meant for, as far as it is known. */
export interface ClipFacts {
  /** Kling's own name, e.g. `kling-v2-5-turbo`. */
  model: string;
  /** Default `std`. */
  mode?: KlingMode;
  durationS: number;
  /** Default `text2video`, or `image2video` with a frame. */
  kind?: KlingKind;
  sound?: boolean;
  cfgScale?: number;
  cameraControl?: unknown;
  /** Several shots in one clip, where the model makes them. */
  multiPrompt?: readonly { prompt: string; durationS: number }[];
  hasStartFrame?: boolean;
  hasEndFrame?: boolean;
  /** How many pictures the prompt may name as `<<<image_1>>>`; likewise voices, elements and videos. Default 0. */
  references?: number;
  /** `new-standard`: Kling's path-per-model API, which has no negative prompt, cfg scale or camera control. Default `classic`. */
  api?: 'classic' | 'new-standard';
  /** Another language than English or Chinese is meant: no LANGUAGE warning. */
  language?: LanguageCode;
}

export interface ValidationInput {
  prompt: string;
  negativePrompt?: string;
  clip: ClipFacts;
}

/** What to put in the place of the input's own fields; `applyFix` does. */
export interface IssueFix {
  /** What it does, in the imperative. */
  label: string;
  replacement: Partial<ValidationInput>;
  /** Prompts of shots of their own, where one prompt held several. */
  newShots?: readonly string[];
  /** Nothing of the prompt was left, and what stands there now was made up. */
  isMadeUp?: true;
}

export interface ValidationIssue {
  code: IssueCode;
  severity: Severity;
  field: 'prompt' | 'negativePrompt' | 'clip';
  /** Where, in the field's text, in UTF-16 offsets; `[0, 0]` for a setting. */
  span: Span;
  /** A sentence for people, without a full stop. */
  message: string;
  /** Made when it is first asked for; `undefined` where only a person can tell. */
  readonly fix?: IssueFix | undefined;
}

/** The input with a fix applied. */
export function applyFix(input: ValidationInput, fix: IssueFix): ValidationInput {
  return { ...input, ...fix.replacement };
}
