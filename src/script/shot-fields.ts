import * as z from 'zod';
import { canonicalJson, type JsonValue } from '../lib/canonical-json.ts';
import { nearestWords } from '../lib/nearest-word.ts';
import { MAX_PARAGRAPH_LENGTH, MAX_SCENE_NUMBER } from './script-shot.ts';
import type { ShotFields } from './script-shot.ts';

/** What the fields of one shot give, before they are brought together. */
export type ReadFields = Partial<ShotFields & { sceneWord: number | string; heading: string; screenS: number; size: string; move: string }>;

/** One thing a shot list may say about a shot. */
export interface ShotField {
  /** As the documentation writes it. */
  name: string;
  /** Other spellings; case, blanks, `_` and `-` never matter. */
  aliases: readonly string[];
  /** Completes "takes ...", for a person. */
  allowed: string;
  /** May stand in `defaults`. */
  asDefault: boolean;
  /** Checks a JSON value and gives the shot's own fields. */
  schema: z.ZodType<ReadFields>;
  /** Turns a table cell (never blank) into the JSON value the schema checks. */
  fromCell: (cell: string) => unknown;
}

/** Control characters (but tab and line ends) and half characters, which no editor shows and Kling might refuse. */
const UNSHOWABLE = /(?![\t\n\r])[\p{Cc}\p{Surrogate}]/u;

const ALL_UNSHOWABLE = new RegExp(UNSHOWABLE.source, 'gu');

const words = z.string().refine((text) => text.trim() !== '' && !UNSHOWABLE.test(text)).max(MAX_PARAGRAPH_LENGTH).transform((text) => text.trim());
const asText = (cell: string): unknown => cell;
/** `5`, `2.5`, `2,5` (a table from a German or French Excel), `1e-7`; anything else stays as it is and fails its schema. */
const asNumber = (cell: string): unknown => {
  const value = /^[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$/i.test(cell) ? Number(cell.replace(',', '.')) : Number.NaN;
  return Number.isFinite(value) ? value : cell;
};
const asSeconds = (cell: string): unknown => {
  const value = asNumber(cell.replace(/\s*(?:s|sec|seconds?)$/i, ''));
  return typeof value === 'number' ? value : cell;
};
const asSwitch = (cell: string): unknown => {
  const word = cell.toLowerCase();
  return ['yes', 'on', 'true', '1'].includes(word) ? true : ['no', 'off', 'false', '0'].includes(word) ? false : cell;
};

/** Whether a text holds only what an editor shows. */
export function isShowable(text: string): boolean {
  return !UNSHOWABLE.test(text);
}

/** Whether a text may name a picture: a path, or an https address. */
export function isPicturePath(text: string): boolean {
  return text.trim() !== '' && isShowable(text) && text.length <= MAX_PARAGRAPH_LENGTH && (/^https:\/\/[^\s/]/i.test(text.trim()) || !/^(?:[a-z][a-z0-9+.-]+:\/\/|data:|https?:)/i.test(text.trim()));
}

const frame = words.refine(isPicturePath);
const seconds = z.number().min(0).max(600);

const CAMERA_MOVES = ['down_back', 'forward_up', 'right_turn_forward', 'left_turn_forward'] as const;
const CAMERA_AXES = ['horizontal', 'vertical', 'pan', 'tilt', 'roll', 'zoom'] as const;
const axis = z.number().min(-10).max(10).optional();
const camera = z.preprocess(
  (value) => (typeof value === 'string' ? cameraOfWords(value) : value),
  z.union([
    z.strictObject({ type: z.enum(CAMERA_MOVES) }),
    z.strictObject({
      type: z.literal('simple'),
      config: z
        .strictObject({ horizontal: axis, vertical: axis, pan: axis, tilt: axis, roll: axis, zoom: axis })
        .refine((config) => Object.values(config).filter((amount) => amount !== undefined && amount !== 0).length === 1),
    }),
  ]),
);

/** `forward_up`, `zoom 5`, `pan -3`; Kling's own form as JSON, for what the short form cannot say. */
function cameraOfWords(move: string): unknown {
  if (move.trim().startsWith('{')) return jsonOf(move);
  const [name = '', amount] = move.trim().toLowerCase().split(/[\s:=]+/);
  if (amount === undefined) return { type: name.replaceAll('-', '_') };
  return { type: 'simple', config: { [name]: asNumber(amount) } };
}

/** A table turns 16:9 into a time of day when it is typed in without a quote: 16:09, 16:09:00. */
const ratioOf = (text: string): string => {
  const [, width, height] = /^0?(\d{1,2})\s*[:x×]\s*0?(\d{1,2})(?::00)?$/.exec(text.trim()) ?? [];
  return width === undefined || height === undefined ? text : `${width}:${height}`;
};

/** Every field of a shot list, in the order of the documentation. */
export const SHOT_FIELDS: readonly ShotField[] = [
  { name: 'prompt', aliases: ['text', 'description', 'shotDescription', 'action', 'visual', 'visuals'], allowed: `words, at most ${MAX_PARAGRAPH_LENGTH} characters`, asDefault: false, fromCell: asText, schema: words.transform((prompt) => ({ prompt })) },
  // How a shot list of the trade says it; sent ahead of the prompt.
  { name: 'size', aliases: ['shotSize', 'shotType', 'framing'], allowed: 'how large the picture is, such as "WS" or "close-up"', asDefault: false, fromCell: asText, schema: words.pipe(z.string().max(300)).transform((size) => ({ size })) },
  { name: 'move', aliases: ['movement', 'cameraMovement'], allowed: 'how the camera moves, in words', asDefault: false, fromCell: asText, schema: words.pipe(z.string().max(300)).transform((move) => ({ move })) },
  { name: 'negative', aliases: ['negativePrompt'], allowed: 'words for what must not be seen', asDefault: true, fromCell: asText, schema: words.transform((negativePrompt) => ({ negativePrompt })) },
  { name: 'model', aliases: [], allowed: 'a model\'s name, such as "2.5-turbo"', asDefault: true, fromCell: asText, schema: words.transform((model) => ({ model })) },
  { name: 'mode', aliases: ['quality'], allowed: '"std", "pro" or "4k"', asDefault: true, fromCell: asText, schema: z.string().toLowerCase().trim().pipe(z.enum(['std', 'pro', '4k'])).transform((mode) => ({ mode })) },
  { name: 'duration', aliases: ['durationS', 'seconds', 'length', 'dur', 'sec', 'secs'], allowed: 'a number of seconds from 1 to 60', asDefault: true, fromCell: asSeconds, schema: z.number().min(1).max(60).transform((durationS) => ({ durationS })) },
  { name: 'aspect', aliases: ['aspectRatio', 'ratio'], allowed: '"16:9", "9:16" or "1:1"', asDefault: true, fromCell: asText, schema: z.string().transform(ratioOf).pipe(z.enum(['16:9', '9:16', '1:1'])).transform((aspectRatio) => ({ aspectRatio })) },
  { name: 'cfg', aliases: ['cfgScale'], allowed: 'a number from 0 to 1', asDefault: true, fromCell: asNumber, schema: z.number().min(0).max(1).transform((cfgScale) => ({ cfgScale })) },
  { name: 'sound', aliases: ['audio'], allowed: 'true or false (in a table: yes or no)', asDefault: true, fromCell: asSwitch, schema: z.boolean().transform((sound) => ({ sound })) },
  {
    name: 'camera',
    aliases: ['cameraControl', 'cameraMove'],
    allowed: `a move (${CAMERA_MOVES.join(', ')}) or one of ${CAMERA_AXES.join(', ')} with a number from -10 to 10, such as "zoom 5"`,
    asDefault: true,
    fromCell: asText,
    schema: camera.transform((cameraControl) => ({ cameraControl })),
  },
  { name: 'startFrame', aliases: ['firstFrame', 'image'], allowed: 'a picture: a path, from this file\'s folder, or an https address', asDefault: true, fromCell: asText, schema: frame.transform((startFrame) => ({ startFrame })) },
  { name: 'endFrame', aliases: ['lastFrame', 'imageTail'], allowed: 'a picture: a path, from this file\'s folder, or an https address', asDefault: true, fromCell: asText, schema: frame.transform((endFrame) => ({ endFrame })) },
  // `false` says no more than silence does, so that both are one shot.
  { name: 'continues', aliases: ['continue'], allowed: 'true or false (in a table: yes or no)', asDefault: false, fromCell: asSwitch, schema: z.boolean().transform((continues) => (continues ? { continues } : {})) },
  { name: 'in', aliases: ['inS', 'from'], allowed: 'a number of seconds from 0', asDefault: true, fromCell: asSeconds, schema: seconds.transform((inS) => ({ inS })) },
  { name: 'out', aliases: ['outS', 'to'], allowed: 'a number of seconds above 0', asDefault: true, fromCell: asSeconds, schema: seconds.gt(0).transform((outS) => ({ outS })) },
  { name: 'screen', aliases: ['screenS', 'timeOnScreen', 'onScreen'], allowed: 'a number of seconds above 0', asDefault: true, fromCell: asSeconds, schema: seconds.gt(0).transform((screenS) => ({ screenS })) },
  { name: 'takes', aliases: [], allowed: 'a whole number from 1 to 99', asDefault: true, fromCell: asNumber, schema: z.int().min(1).max(99).transform((takes) => ({ takes })) },
  {
    name: 'scene',
    aliases: [],
    allowed: `a whole number from 1 to ${MAX_SCENE_NUMBER}, or a heading in words`,
    asDefault: false,
    fromCell: (cell) => (/^\d{1,9}$/.test(cell) ? Number(cell) : cell),
    schema: z.union([z.int().min(1).max(MAX_SCENE_NUMBER), words.pipe(z.string().max(300))]).transform((sceneWord) => ({ sceneWord })),
  },
  { name: 'heading', aliases: ['sceneHeading', 'slug'], allowed: 'the heading of its scene in words', asDefault: false, fromCell: asText, schema: words.pipe(z.string().max(300)).transform((heading) => ({ heading })) },
  { name: 'line', aliases: ['dialogue', 'spoken'], allowed: 'the words spoken in the shot', asDefault: false, fromCell: asText, schema: words.transform((line) => ({ line })) },
  {
    name: 'cast',
    aliases: ['characters', 'character'],
    allowed: 'names, as a list or parted by commas',
    asDefault: true,
    fromCell: asText,
    schema: z.union([z.string().transform(namesOf), z.array(z.string())]).pipe(z.array(words.pipe(z.string().max(200))).min(1).max(50)).transform((cast) => ({ cast })),
  },
  // For the one who writes the list; a column nobody reads here keeps people from losing theirs.
  { name: 'shot', aliases: ['#', 'no', 'nr', 'number', 'id', 'shot #', 'shotNo', 'shotNr', 'shotNumber', 'shotId'], allowed: 'anything; it is not read', asDefault: false, fromCell: asText, schema: z.unknown().transform(() => ({})) },
  // Kept for whoever wrote them, and no part of what makes a shot the same shot.
  { name: 'notes', aliases: ['note', 'comment', 'comments'], allowed: 'anything; it is kept and not used', asDefault: false, fromCell: asText, schema: z.unknown().transform(notesOf) },
];

/** What a cell that must hold JSON says; anything else stays as it is and fails its schema. */
function jsonOf(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function notesOf(value: unknown): { notes?: string } {
  const text = typeof value === 'string' ? value : canonicalJson(value as JsonValue);
  const notes = text.replaceAll(ALL_UNSHOWABLE, '').trim();
  return notes === '' ? {} : { notes };
}

/** `Anna, Ben`; or a list as JSON has it, for names with a comma in them. */
function namesOf(text: string): string[] {
  const list = text.startsWith('[') ? jsonOf(text) : text;
  if (Array.isArray(list) && list.every((name) => typeof name === 'string')) return list;
  return text.split(/[,;\n]/).map((name) => name.trim()).filter((name) => name !== '');
}

/** `Dur (s)`, `Shot No.`: units and full stops say nothing more. */
const plain = (name: string): string => name.toLowerCase().replace(/\s*[([](?:in )?(?:s|secs?|seconds?)[)\]]\s*$/, '').replaceAll(/[\s_.-]+/g, '');
const BY_NAME = new Map(SHOT_FIELDS.flatMap((field) => [field.name, ...field.aliases].map((name) => [plain(name), field] as const)));

export function shotFieldNamed(name: string): ShotField | undefined {
  return BY_NAME.get(plain(name));
}

const SHOT_FIELD_NAMES: readonly string[] = SHOT_FIELDS.flatMap((field) => [field.name, ...field.aliases]);

/** The field that a name with a slip in it means. `Intention` is no slip of `in`, though it begins so. */
export function fieldMeant(name: string): string | undefined {
  const letters = (word: string) => word.replaceAll(/[\s_-]/g, '').length;
  return nearestWords(name, SHOT_FIELD_NAMES).find((known) => Math.abs(letters(known) - letters(name)) <= Math.max(1, Math.floor(Math.max(letters(known), letters(name)) / 3)));
}
