import { formatMoneyDifference, KLING_MODELS, priceUnits, retirement, supports, type KlingMode, type RequestProblem, type RequestProblemCode } from '../../kling/index.ts';
import type { ClipFacts, IssueCode } from './issue.ts';
import { listed, without, type Context, type Finding, type Rule } from './rule.ts';

/** What the catalogue knows of the model, the mode and the API: its own check, in the words of issues. */

const CODE_OF: Record<RequestProblemCode, IssueCode | undefined> = {
  MODEL_UNKNOWN: 'MODEL_UNKNOWN',
  MODEL_NOT_CALLABLE: 'MODEL_NOT_CALLABLE',
  MODE_UNSUPPORTED: 'FEATURE_UNSUPPORTED',
  DURATION_UNSUPPORTED: 'DURATION_UNSUPPORTED',
  ASPECT_RATIO_UNSUPPORTED: 'FEATURE_UNSUPPORTED',
  PROMPT_EMPTY: undefined,
  PROMPT_TOO_LONG: 'TOO_LONG',
  TEXT_MALFORMED: undefined,
  NEGATIVE_PROMPT_UNSUPPORTED: 'FEATURE_UNSUPPORTED',
  NEGATIVE_PROMPT_TOO_LONG: 'NEGATIVE_TOO_LONG',
  CFG_SCALE_UNSUPPORTED: 'FEATURE_UNSUPPORTED',
  CFG_SCALE_OUT_OF_RANGE: 'CFG_SCALE_INVALID',
  SOUND_UNSUPPORTED: 'FEATURE_UNSUPPORTED',
  CAMERA_UNSUPPORTED: 'FEATURE_UNSUPPORTED',
  CAMERA_INVALID: 'CAMERA_CONFIG_INVALID',
  CAMERA_WITH_END_FRAME: 'CAMERA_CONFIG_INVALID',
  FRAME_MISSING: 'FRAME_MISSING',
  START_FRAME_MISSING: 'FRAME_MISSING',
  END_FRAME_UNSUPPORTED: 'FEATURE_UNSUPPORTED',
  FRAME_UNREADABLE: undefined,
  FRAME_UNSUITABLE: undefined,
  EXTERNAL_TASK_ID_INVALID: undefined,
  CALLBACK_URL_INVALID: undefined,
};

/** A clip without some of its facts. */
export function clipWithout(clip: ClipFacts, ...names: (keyof ClipFacts)[]): ClipFacts {
  return Object.fromEntries(Object.entries(clip).filter(([name]) => !names.includes(name as keyof ClipFacts))) as unknown as ClipFacts;
}

const FIELD_OF: Record<string, keyof ClipFacts> = { cfgScale: 'cfgScale', sound: 'sound', cameraControl: 'cameraControl', endFrame: 'hasEndFrame', mode: 'mode' };

function findingOf(problem: RequestProblem, { input, model }: Context): Finding {
  const { clip, prompt, negativePrompt } = input;
  const base = { span: [0, 0] as const, message: problem.message, field: 'clip' as const };
  if (problem.code === 'PROMPT_TOO_LONG') {
    const limit = model?.promptLimit ?? 2500;
    return { ...base, field: 'prompt', span: [limit, prompt.length], label: `keep the first ${limit} characters, to the end of a sentence`, repair: () => ({ prompt: shortened(prompt, limit) }) };
  }
  if (problem.code === 'NEGATIVE_PROMPT_TOO_LONG') {
    const limit = model?.negativePromptLimit ?? 2500;
    return { ...base, field: 'negativePrompt', span: [limit, negativePrompt?.length ?? 0], label: 'name each thing once, and keep what fits', repair: () => ({ negativePrompt: listOnce(negativePrompt ?? '', limit) }) };
  }
  if (problem.field === 'negativePrompt') return { ...base, label: 'leave the negative prompt out, and say what is there instead', repair: () => ({ negativePrompt: '' }) };
  // A move that is allowed nowhere else goes into the words, and its setting goes away.
  if (problem.change) {
    const { change } = problem;
    return { ...base, label: problem.fix ?? 'change the settings', repair: () => ({ clip: { ...clip, ...change } }) };
  }
  const field = FIELD_OF[problem.field];
  return field === undefined ? base : { ...base, label: problem.fix ?? 'leave it out', repair: () => ({ clip: clipWithout(clip, field) }) };
}

function shortened(text: string, limit: number): string {
  const kept = text.slice(0, limit);
  const end = Math.max(kept.lastIndexOf('. ') + 1, kept.lastIndexOf('! ') + 1, kept.lastIndexOf('。') + 1);
  const cut = end > limit / 2 ? kept.slice(0, end) : kept.slice(0, Math.max(kept.lastIndexOf(' '), limit / 2));
  return cut.replace(/[\uD800-\uDBFF]$/u, '').trimEnd();
}

function listOnce(text: string, limit: number): string {
  const items = new Set(text.split(/[,，;\n]/).map((item) => item.trim()).filter(Boolean));
  let result = '';
  for (const item of items) {
    const next = result === '' ? item : `${result}, ${item}`;
    if (next.length > limit) break;
    result = next;
  }
  return result;
}

function ruleOf(code: IssueCode, more: (context: Context) => Finding[] = () => []): Rule {
  return {
    code,
    find: (context) => (context.problems.length === 0 ? more(context) : [...context.problems.filter((problem) => CODE_OF[problem.code] === code).map((problem) => findingOf(problem, context)), ...more(context)]),
  };
}

/** What the newer API has no field for. */
function newApiFindings({ input, model }: Context): Finding[] {
  const { clip, negativePrompt } = input;
  if (clip.api !== 'new-standard' || model === undefined) return [];
  const base = { span: [0, 0] as const, field: 'clip' as const };
  const missing = 'Kling’s newer API has no';
  return [
    ...(negativePrompt === undefined || negativePrompt.trim() === '' || !supports(model, 'negativePrompt')
      ? []
      : [{ ...base, field: 'negativePrompt' as const, message: `${missing} negative prompt`, label: 'leave the negative prompt out, and say in the prompt what is there instead', repair: () => ({ negativePrompt: '' }) }]),
    ...(clip.cfgScale === undefined || !supports(model, 'cfgScale') ? [] : [{ ...base, message: `${missing} cfg scale`, label: 'leave it out', repair: () => ({ clip: clipWithout(clip, 'cfgScale') }) }]),
    ...(clip.cameraControl === undefined || !supports(model, 'cameraControl') ? [] : [{ ...base, message: `${missing} camera control`, label: 'say the move in the prompt', repair: () => ({ clip: clipWithout(clip, 'cameraControl') }) }]),
  ];
}

function multiShotUnsupported({ input, model }: Context): Finding[] {
  const { clip } = input;
  if (clip.multiPrompt === undefined || model === undefined || supports(model, 'multiShot')) return [];
  return [{ span: [0, 0], field: 'clip', message: `${model.word} makes one shot a clip`, label: 'film each shot as a clip of its own', repair: () => ({ clip: clipWithout(clip, 'multiPrompt') }), newShots: () => clip.multiPrompt?.map(({ prompt }) => prompt) ?? [] }];
}

const MULTI_SHOT_MAX = 6;
const MULTI_SHOT_PROMPT_MAX = 512;

function multiShotInvalid({ input, model }: Context): Finding[] {
  const { clip } = input;
  const shots = clip.multiPrompt;
  if (shots === undefined || model === undefined || !supports(model, 'multiShot')) return [];
  const total = shots.reduce((sum, { durationS }) => sum + durationS, 0);
  const wrong = [
    ...(shots.length === 0 ? ['it has no shots'] : []),
    ...(shots.length > MULTI_SHOT_MAX ? [`it has ${shots.length} shots and Kling takes ${MULTI_SHOT_MAX}`] : []),
    ...(shots.some(({ durationS }) => !Number.isInteger(durationS) || durationS < 1) ? ['every shot lasts whole seconds, at least one'] : []),
    ...(shots.length > 0 && total !== clip.durationS ? [`its shots last ${total} s together and the clip ${clip.durationS} s`] : []),
    ...(shots.some(({ prompt }) => prompt.trim() === '') ? ['a shot has no words'] : []),
    ...(shots.some(({ prompt }) => prompt.length > MULTI_SHOT_PROMPT_MAX) ? [`a shot has more than ${MULTI_SHOT_PROMPT_MAX} characters`] : []),
  ];
  if (wrong.length === 0) return [];
  const admissible = model.durationsS.includes(total) && shots.length > 0 && shots.length <= MULTI_SHOT_MAX && wrong.length === 1;
  return [
    {
      span: [0, 0],
      field: 'clip',
      message: `the list of shots does not fit: ${listed(wrong)}`,
      label: admissible ? `make the clip ${total} s long` : 'film each shot as a clip of its own',
      repair: () => ({ clip: admissible ? { ...clip, durationS: total } : clipWithout(clip, 'multiPrompt') }),
      ...(admissible ? {} : { newShots: () => shots.map(({ prompt }) => prompt) }),
    },
  ];
}

function discontinued({ input, model, mode }: Context): Finding[] {
  if (model === undefined) return [];
  const { clip } = input;
  const gone = retirement(model, { durationS: clip.durationS, ...(mode === undefined ? {} : { mode }), ...(clip.sound === undefined ? {} : { sound: clip.sound }) });
  if (gone === undefined) return [];
  const change: ClipFacts = { ...clip, model: gone.nearest.name, mode: gone.nearestMode satisfies KlingMode };
  return [
    {
      span: [0, 0],
      field: 'clip',
      severity: gone.certain ? 'error' : 'warning',
      message: gone.message.replace(/\.$/, ''),
      label: `use ${gone.nearest.word} ${gone.nearestMode}`,
      repair: () => ({ clip: clipWithout(change, ...(supports(gone.nearest, 'cfgScale') ? [] : (['cfgScale'] as const)), ...(supports(gone.nearest, 'cameraControl') ? [] : (['cameraControl'] as const))) }),
    },
  ];
}

/** What a name of a reference may be: `<<<image_1>>>`, counted over all kinds. */
export const REFERENCE = /<<<(?:image|element|video|voice|audio)_(\d{1,3})>>>/g;

function apiUnsupported({ input, model }: Context): Finding[] {
  const { clip } = input;
  if (clip.api !== 'new-standard' || model === undefined || model.newStandardId !== undefined) return [];
  return [{ span: [0, 0], field: 'clip', message: `${model.word} is not in Kling’s newer API`, label: 'ask through the classic API', repair: () => ({ clip: clipWithout(clip, 'api') }) }];
}

export const CLIP_RULES: readonly Rule[] = [
  ruleOf('MODEL_UNKNOWN'),
  ruleOf('MODEL_NOT_CALLABLE'),
  { code: 'MODEL_DISCONTINUED', find: discontinued },
  { code: 'API_UNSUPPORTED', find: apiUnsupported },
  ruleOf('DURATION_UNSUPPORTED'),
  ruleOf('TOO_LONG'),
  ruleOf('NEGATIVE_TOO_LONG'),
  ruleOf('FEATURE_UNSUPPORTED', (context) => [...newApiFindings(context), ...multiShotUnsupported(context)]),
  ruleOf('CFG_SCALE_INVALID'),
  ruleOf('CAMERA_CONFIG_INVALID'),
  ruleOf('FRAME_MISSING'),
  { code: 'MULTISHOT_INVALID', find: multiShotInvalid },
  {
    code: 'PROMPT_IGNORED',
    find: ({ input }) => (input.clip.multiPrompt === undefined || input.prompt.trim() === '' ? [] : [{ span: [0, input.prompt.length], message: 'Kling takes the words of the listed shots and ignores this prompt', label: 'leave it', repair: () => ({}) }]),
  },
  {
    code: 'CONTROL_CHARS',
    find: ({ input }) =>
      (['prompt', 'negativePrompt'] as const).flatMap((field) => {
        const text = input[field] ?? '';
        if (!MAY_BE_CONTROL.test(text)) return [];
        const hits = [...text.matchAll(CONTROL)];
        return hits.length === 0 ? [] : [{ field, span: [hits[0]?.index ?? 0, (hits[0]?.index ?? 0) + (hits[0]?.[0].length ?? 0)] as const, message: `the ${field === 'prompt' ? 'prompt' : 'negative prompt'} holds characters nobody sees (control signs, halves of a character)`, label: 'take them out', repair: () => ({ [field]: without(text, hits.map(({ index, 0: hit }) => [index, index + hit.length] as const)) }) }];
      }),
  },
];
const MAY_BE_CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF\uD800-\uDFFF]/;
/** Control signs but tab and line ends, signs that turn the direction of text, and halves of a character. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]+|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The nearest living way to have sound, and what it costs more. */
export function soundOffer(clip: ClipFacts): { change: Partial<ClipFacts>; words: string } | undefined {
  const now = KLING_MODELS.find(({ name }) => name === clip.model);
  if (now === undefined) return undefined;
  const mode = now.modes.length === 0 ? undefined : (clip.mode ?? 'std');
  if (!supports(now, 'sound', { ...(mode === undefined ? {} : { mode }), durationS: clip.durationS })) return undefined;
  const more = (priceUnits(now, { ...(mode === undefined ? {} : { mode }), durationS: clip.durationS, sound: true }) ?? 0) - (priceUnits(now, { ...(mode === undefined ? {} : { mode }), durationS: clip.durationS }) ?? 0);
  return { change: { sound: true }, words: `switch the sound on (${formatMoneyDifference(more)})` };
}
