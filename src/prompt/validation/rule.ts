import { checkVideoRequest, modelNamed, effectiveMode, type KlingMode, type KlingModel, type RequestProblem, type VideoRequest } from '../../kling/index.ts';
import type { LanguageCode } from '../reading/language.ts';
import { readPrompt, type PromptReading } from '../reading/reading.ts';
import type { Span } from '../reading/text.ts';
import type { IssueCode, Severity, ValidationInput, ValidationIssue } from './issue.ts';

/** What a rule looks at. */
export interface Context {
  input: ValidationInput;
  reading: PromptReading;
  model: KlingModel | undefined;
  mode: KlingMode | undefined;
  /** Rules about English words hold. */
  english: boolean;
  language: LanguageCode;
  /** What the catalogue's own check says, asked once for all rules. */
  readonly problems: readonly RequestProblem[];
}

export interface Finding {
  span: Span;
  message: string;
  /** Default `prompt`. */
  field?: ValidationIssue['field'];
  severity?: Severity;
  /** What would help: the label, and the input with it. Missing: only a person can tell. */
  label?: string;
  repair?: () => Partial<ValidationInput>;
  /** Instead of `repair`: parts of the prompt to take out. */
  drop?: readonly Span[];
  newShots?: () => readonly string[];
}

export interface Rule {
  code: IssueCode;
  find(context: Context): Finding[];
}

export function contextOf(input: ValidationInput): Context {
  const reading = readPrompt(input.prompt);
  const model = modelNamed(input.clip.model);
  const { language } = reading;
  let problems: readonly RequestProblem[] | undefined;
  return {
    input,
    reading,
    model,
    mode: model && effectiveMode(model, input.clip.mode),
    english: language === 'en' || language === 'und',
    language,
    get problems() {
      return (problems ??= checkVideoRequest(requestOf(input)));
    },
  };
}

/** The catalogue's check never opens a picture, so any will do. */
const SOME_PICTURE = { url: 'https://example.com/frame.png' };

function requestOf({ prompt, negativePrompt, clip }: ValidationInput): VideoRequest {
  const common = {
    model: clip.model,
    ...(clip.mode === undefined ? {} : { mode: clip.mode }),
    prompt,
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    durationS: clip.durationS,
    ...(clip.cfgScale === undefined ? {} : { cfgScale: clip.cfgScale }),
    ...(clip.sound === undefined ? {} : { sound: clip.sound }),
    ...(clip.cameraControl === undefined || clip.cameraControl === null ? {} : { cameraControl: clip.cameraControl as NonNullable<VideoRequest['cameraControl']> }),
  };
  if ((clip.kind ?? (clip.hasStartFrame === true || clip.hasEndFrame === true ? 'image2video' : 'text2video')) === 'text2video') return { ...common, kind: 'text2video' };
  return { ...common, kind: 'image2video', ...(clip.hasStartFrame === true ? { startFrame: SOME_PICTURE } : {}), ...(clip.hasEndFrame === true ? { endFrame: SOME_PICTURE } : {}) };
}

/** A text without some of its parts, with the punctuation that they leave behind put right. */
export function without(text: string, spans: readonly Span[], substitute = ''): string {
  let result = '';
  let at = 0;
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (end <= at) continue;
    result += text.slice(at, Math.max(at, start)) + substitute;
    at = end;
  }
  return tidied(result + text.slice(at));
}

export function replaced(text: string, [start, end]: Span, words: string): string {
  return tidied(text.slice(0, start) + words + text.slice(end));
}

const GERMAN = /(?<!\p{L})(?:der|das|und|ein|eine|einen|im|den|dem|ist|sich|nicht)(?!\p{L})/iu;

/** One blank between words, none before a comma, no comma beside another, no `and` left alone at an end. */
export function tidied(text: string): string {
  return text
    .replaceAll(/(?:和|与|并|且|、)(?=[，。；！？、]|$)/g, '')
    .replaceAll(/(?<=[，、；])[，、；]+|^[，、；]+|[，、；]+(?=[。！？])/g, '')
    // In German `an` ends a sentence well.
    .replaceAll(/(^[Aa]n?|^[Tt]he|(?<=\s)(?:an?|the))(?=\s?[,;.!?](?:\s|$))/g, (article) => (GERMAN.test(text) ? article : ''))
    .replaceAll(/(?<=(?<!\p{L})([Tt]he|[Aa]n?) )\1(?= )/gu, '')
    .replaceAll(/[^\S\n]{2,}/g, ' ')
    .replaceAll(/(?<=[,;.!?:]\s?)(?:and|or|but|then|while|as)\s*(?=[,;.!?]|$)/gi, '')
    .replaceAll(/\s(?:and|or|with|(?<!\b(?:a|the|little|long|good|short)\s)while|as|(?<=(?:,|\band|\bbut)\s)then|,)\s?(?=[,;.!?])/gi, '')
    .replaceAll(/[^\S\n](?=[,;.!?](?:\s|$))/g, '')
    .replaceAll(/[,;](?:\s?[,;])+/g, ',')
    .replaceAll(/[,;:]\s?(?=[.!?](?:\s|$))/g, '')
    .replaceAll(/(?<=[.!?])(?:\s?[.,;])+(?=\s|$)/g, '')
    .replaceAll(/,\s+(?=of\b)/g, ' ')
    .replaceAll(/[.!?]\s+(?=(?:on|of|over|across|around|at|to|from|through|towards?)\s)/g, ', ')
    .replace(/^(?:[\s,;:.]+|(?:and|then|but)\s(?=.*[.,;]))+/i, '')
    .replace(/(?<![\s,;:])(?:[\s,;:]|\s(?:and|or|with|(?<=(?:,|\band|\bbut)\s)then|(?<!\b(?:a|the|little|long|good|short)\s)while)(?=[\s,;:]|$))+$/i, '')
    .replace(/^\p{Ll}/u, (letter) => (/^[.,;]?\s*\p{Lu}/u.test(text) || /[.!?]/.test(text) ? letter.toUpperCase() : letter));
}

/** The clause that holds an offset: between commas, semicolons and the ends of the sentence. */
export function clauseAround(text: string, [start, end]: Span): Span {
  const head = text.slice(0, start);
  const from = Math.max(head.lastIndexOf(','), head.lastIndexOf(';'), head.lastIndexOf('. '), head.lastIndexOf('\n')) + 1;
  const tail = /[,;.!?\n]/.exec(text.slice(end));
  return [from, tail === null ? text.length : end + tail.index];
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Words of the prompt for a message: short, on one line. */
export function quoted(text: string, [start, end]: Span): string {
  const words = text.slice(start, end).replaceAll(/\s+/g, ' ').trim();
  return `“${words.length > 60 ? `${words.slice(0, 57)}…` : words}”`;
}

/** Whether the words that begin there are Chinese. */
export function isChinese(text: string, [start]: Span): boolean {
  return /^\p{Script=Han}/u.test(text.slice(start, start + 2));
}
