import { checkCamera } from './check-camera.ts';
import { findModel } from './find-model.ts';
import type { KlingFeature, KlingKind, KlingModel } from './model.ts';
import { KIND_WORDS, nameOf } from './model-words.ts';
import { modelNamed } from './models.ts';
import { formatMoneyDifference, priceUnits } from './price.ts';
import type { RequestProblem } from './request-problem.ts';
import type { KlingMode, VideoRequest } from './request.ts';
import { effectiveMode, supports } from './supports.ts';

/**
 * Everything about a request that its model can't serve, all at once; empty when there is nothing. Reads no files and
 * opens no pictures: {@link checkFrames} does. A retired model is no problem here: ask {@link retirement}.
 */
export function checkVideoRequest(request: VideoRequest): RequestProblem[] {
  const common = [...checkPrompt(request), ...checkNames(request)];
  const model = modelNamed(request.model);
  if (model === undefined) return [unknownModel(request.model), ...common];
  const mode = effectiveMode(model, request.mode);
  return [
    ...checkCallable(model, request.kind),
    ...checkMode(model, mode),
    ...checkDuration(model, request),
    ...checkPromptLength(model, request),
    ...common,
    ...checkNegativePrompt(model, request),
    ...checkAspectRatio(model, request),
    ...checkCfgScale(model, request),
    ...checkSound(model, mode, request),
    ...checkCamera(model, mode, request),
    ...checkFramesGiven(model, mode, request),
  ];
}

function unknownModel(name: string): RequestProblem {
  let known: string | undefined;
  try {
    known = findModel(name).model.name;
  } catch {
    known = undefined;
  }
  return {
    field: 'model',
    code: 'MODEL_UNKNOWN',
    message: `there is no Kling model named "${name.slice(0, 60)}"`,
    ...(known === undefined ? {} : { fix: `use its full name, ${known}`, change: { model: known } }),
  };
}

const KIND_FEATURE: Record<KlingKind, KlingFeature & ('textToVideo' | 'imageToVideo')> = { text2video: 'textToVideo', image2video: 'imageToVideo' };

function checkCallable(model: KlingModel, kind: KlingKind): RequestProblem[] {
  if (model.callable[KIND_FEATURE[kind]]) return [];
  const reason = model.callable.reason ?? 'it has no such call';
  return [{ field: 'model', code: 'MODEL_NOT_CALLABLE', message: `${model.word} can't be asked for ${KIND_WORDS[kind]} here: ${reason}` }];
}

function checkMode(model: KlingModel, mode: KlingMode | undefined): RequestProblem[] {
  if (mode === undefined || model.modes.includes(mode)) return [];
  return [
    {
      field: 'mode',
      code: 'MODE_UNSUPPORTED',
      message: `${model.word} has no mode ${mode}`,
      fix: `use mode ${model.modes.join(' or ')}`,
      change: { mode: model.modes.at(-1) },
    },
  ];
}

function checkDuration(model: KlingModel, { durationS }: VideoRequest): RequestProblem[] {
  if (model.durationsS.includes(durationS)) return [];
  const longest = Math.max(...model.durationsS);
  const nearest = model.durationsS.find((candidate) => candidate >= durationS) ?? longest;
  const list = model.durationsS.length > 3 ? `${Math.min(...model.durationsS)} to ${longest} whole seconds` : `${model.durationsS.join(' or ')} s`;
  return [
    {
      field: 'durationS',
      code: 'DURATION_UNSUPPORTED',
      message: `${model.word} makes clips of ${list}, not ${durationS} s`,
      fix: `ask for ${nearest} s`,
      change: { durationS: nearest },
    },
  ];
}

function checkPrompt(request: VideoRequest): RequestProblem[] {
  const problems: RequestProblem[] = [];
  if (request.prompt.trim() === '') {
    problems.push({ field: 'prompt', code: 'PROMPT_EMPTY', message: 'the prompt is empty', fix: 'say what to show' });
  }
  for (const field of ['prompt', 'negativePrompt'] as const) {
    if (!isWellFormed(request[field] ?? '')) {
      problems.push({ field, code: 'TEXT_MALFORMED', message: `the ${TEXT_WORDS[field]} holds half a character (a lone surrogate) or a NUL`, fix: 'take it out' });
    }
  }
  return problems;
}

const TEXT_WORDS = { prompt: 'prompt', negativePrompt: 'negative prompt' } as const;

/** Such text can't be sent as it is: UTF-8 would replace half a character in silence. */
function isWellFormed(text: string): boolean {
  return !text.includes('\0') && !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

function checkPromptLength(model: KlingModel, { prompt }: VideoRequest): RequestProblem[] {
  if (prompt.length <= model.promptLimit) return [];
  return [
    {
      field: 'prompt',
      code: 'PROMPT_TOO_LONG',
      message: `the prompt has ${prompt.length} characters and ${model.word} takes ${model.promptLimit}`,
      fix: `shorten it by ${prompt.length - model.promptLimit}`,
    },
  ];
}

function checkNegativePrompt(model: KlingModel, { negativePrompt }: VideoRequest): RequestProblem[] {
  if (negativePrompt === undefined || negativePrompt === '') return [];
  if (!supports(model, 'negativePrompt')) {
    return [{ field: 'negativePrompt', code: 'NEGATIVE_PROMPT_UNSUPPORTED', message: `${model.word} takes no negative prompt`, fix: 'say it in the prompt' }];
  }
  if (negativePrompt.length <= model.negativePromptLimit) return [];
  return [
    {
      field: 'negativePrompt',
      code: 'NEGATIVE_PROMPT_TOO_LONG',
      message: `the negative prompt has ${negativePrompt.length} characters and ${model.word} takes ${model.negativePromptLimit}`,
      fix: `shorten it by ${negativePrompt.length - model.negativePromptLimit}`,
    },
  ];
}

function checkAspectRatio(model: KlingModel, request: VideoRequest): RequestProblem[] {
  if (request.kind !== 'text2video' || request.aspectRatio === undefined) return [];
  // A model without any shape makes no video from text, which is said already.
  if (model.aspectRatios.length === 0 || model.aspectRatios.includes(request.aspectRatio)) return [];
  return [
    {
      field: 'aspectRatio',
      code: 'ASPECT_RATIO_UNSUPPORTED',
      message: `${model.word} has no shape ${request.aspectRatio}`,
      fix: `use ${model.aspectRatios.join(', ')}`,
    },
  ];
}

function checkCfgScale(model: KlingModel, { cfgScale }: VideoRequest): RequestProblem[] {
  if (cfgScale === undefined) return [];
  const problems: RequestProblem[] = [];
  if (!supports(model, 'cfgScale')) {
    problems.push({ field: 'cfgScale', code: 'CFG_SCALE_UNSUPPORTED', message: `${model.word} takes no cfg scale`, fix: 'leave it out' });
  }
  if (!(cfgScale >= 0 && cfgScale <= 1)) {
    problems.push({ field: 'cfgScale', code: 'CFG_SCALE_OUT_OF_RANGE', message: `the cfg scale goes from 0 to 1, not ${cfgScale}` });
  }
  return problems;
}

function checkSound(model: KlingModel, mode: KlingMode | undefined, { sound, durationS }: VideoRequest): RequestProblem[] {
  if (sound !== true || supports(model, 'sound', { mode })) return [];
  return [
    {
      field: 'sound',
      code: 'SOUND_UNSUPPORTED',
      message: `${nameOf(model, mode)} makes no sound`,
      ...(otherMode(model, 'sound', mode, { durationS, sound: true }) ?? { fix: 'leave it out, or use model 2.6 with mode pro, or 3.0' }),
    },
  ];
}

function checkFramesGiven(model: KlingModel, mode: KlingMode | undefined, request: VideoRequest): RequestProblem[] {
  if (request.kind !== 'image2video') return [];
  const { startFrame, endFrame, durationS, sound } = request;
  if (startFrame === undefined && endFrame === undefined) {
    return [{ field: 'startFrame', code: 'FRAME_MISSING', message: 'image to video needs a start frame', fix: 'add one, or ask for text to video' }];
  }
  if (endFrame === undefined) return [];
  const cell = { kind: request.kind, mode, durationS: model.durationsS.includes(durationS) ? durationS : undefined, sound };
  if (startFrame === undefined) {
    if (supports(model, 'endFrameOnly', cell)) return [];
    return [
      {
        field: 'startFrame',
        code: 'START_FRAME_MISSING',
        message: `${nameOf(model, mode)} takes no end frame without a start frame`,
        ...(otherMode(model, 'endFrameOnly', mode, { durationS }) ?? { fix: 'add a start frame' }),
      },
    ];
  }
  if (supports(model, 'endFrame', cell)) return [];
  if (sound === true && supports(model, 'endFrame', { ...cell, sound: false })) {
    return [
      {
        field: 'endFrame',
        code: 'END_FRAME_UNSUPPORTED',
        message: `${nameOf(model, mode)} takes an end frame only without sound`,
        fix: 'leave the sound out, or the end frame',
        change: { sound: false },
      },
    ];
  }
  return [
    {
      field: 'endFrame',
      code: 'END_FRAME_UNSUPPORTED',
      message: `${nameOf(model, mode)} has no end frame${supports(model, 'endFrame', { kind: request.kind, mode }) ? ` at ${durationS} s` : ''}`,
      ...(otherMode(model, 'endFrame', mode, { durationS, sound }) ?? otherModeSilent(model, mode, request) ?? { fix: 'leave it out' }),
    },
  ];
}

/** 2.6 std with sound and an end frame: both the mode and the sound stand in the way. */
function otherModeSilent(model: KlingModel, mode: KlingMode | undefined, { durationS, sound }: VideoRequest): Pick<RequestProblem, 'fix' | 'change'> | undefined {
  const silent = sound === true ? otherMode(model, 'endFrame', mode, { durationS }) : undefined;
  return silent === undefined ? undefined : { fix: `${silent.fix} without sound`, change: { ...silent.change, sound: false } };
}

/** The mode that has the feature, with what it costs more. */
function otherMode(
  model: KlingModel,
  feature: KlingFeature,
  current: KlingMode | undefined,
  { durationS, sound }: { durationS: number; sound?: boolean },
): Pick<RequestProblem, 'fix' | 'change'> | undefined {
  // A length that the model does not make is a problem of its own, and hides no way out of this one.
  const asked = model.durationsS.includes(durationS) ? durationS : undefined;
  const mode = model.modes.find((candidate) => candidate !== current && supports(model, feature, { mode: candidate, durationS: asked, sound }));
  if (mode === undefined) return undefined;
  const now = priceUnits(model, { mode: current, durationS });
  const then = priceUnits(model, { mode, durationS, sound });
  const price = now === undefined || then === undefined ? '' : ` (${formatMoneyDifference(then - now)})`;
  return { fix: `use mode ${mode}${price}`, change: { mode } };
}

function checkNames({ externalTaskId, callbackUrl }: VideoRequest): RequestProblem[] {
  const problems: RequestProblem[] = [];
  // Kling documents neither letters nor length; these were accepted live, and they are safe in a path.
  if (externalTaskId !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(externalTaskId)) {
    problems.push({
      field: 'externalTaskId',
      code: 'EXTERNAL_TASK_ID_INVALID',
      message: 'the external task id needs 1 to 64 of A-Z, a-z, 0-9, _ and -',
    });
  }
  if (callbackUrl !== undefined && !isHttpUrl(callbackUrl)) {
    problems.push({ field: 'callbackUrl', code: 'CALLBACK_URL_INVALID', message: 'the callback URL is no http or https address' });
  }
  return problems;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
