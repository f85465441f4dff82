import * as z from 'zod';
import { byHandSchema } from '../by-hand.ts';
import type { ClipStage, ClipStatus } from '../clip-progress.ts';
import { STATUS_OF_STAGE } from '../clip-progress.ts';
import { fixedWordsSchema, foundIssueSchema, foundLineSchema } from '../prompt-findings.ts';
import { frameSchema } from '../shot-settings.ts';
import { apiErrorSchema, engineSchema, idSchema, unitsSchema } from './common.ts';

const stages = Object.keys(STATUS_OF_STAGE) as [ClipStage, ...ClipStage[]];
const statuses: [ClipStatus, ...ClipStatus[]] = ['checkingCache', 'generating', 'polling', 'completed', 'failed'];
export const stageSchema = z.enum(stages);
export const statusSchema = z.enum(statuses);

/** A shot on the board: as little as a card shows, for films of thousands of shots. */
export const shotCardSchema = z.strictObject({
  shotId: idSchema,
  /** The slate, `S02_SH05`. */
  name: z.string(),
  /** Place in the film, counted from 1. */
  index: z.number().int(),
  sceneNumber: z.number().int(),
  /** The first words of its prompt. */
  words: z.string(),
  /** `notMade`: nothing of it was asked for yet. Else where the take stands that needs most attention. */
  status: z.enum(['notMade', ...statuses]),
  /** Missing while nothing was asked for. */
  stage: stageSchema.optional(),
  /** The take that `status` and `stage` are about. */
  take: z.number().int().optional(),
  /** Why it failed or waits, and what to do. */
  error: apiErrorSchema.optional(),
  /** Expected until ready, in milliseconds; missing when nothing is known. */
  timeLeftMs: z.number().optional(),
  /** 0 to 1, of a download. */
  fraction: z.number().optional(),
  /** The take that the film shows, when it is ready. */
  shownTake: z.number().int().optional(),
  readyTakes: z.number().int(),
  /** Of this and of earlier words. */
  takes: z.number().int(),
  takesWanted: z.number().int(),
  /** In seconds. */
  onScreenS: z.number(),
  /** List price of one take. */
  estimateUnits: unitsSchema,
  /** What all its takes were billed. */
  billedUnits: unitsSchema,
  /** A program is at work on it now. */
  atWork: z.boolean(),
  /** It goes on from the last frame of the shot before. */
  continues: z.boolean(),
  /** Of the shown take; else of the newest ready one; missing while there is none. */
  clipUrl: z.string().optional(),
  /** A frame of that clip; else the shot's drawing. Takes `?width=`. */
  pictureUrl: z.string(),
});
export type ShotCard = z.infer<typeof shotCardSchema>;

export const spokenLineSchema = z.strictObject({
  speaker: z.string().optional(),
  speakerSource: z.string(),
  text: z.string(),
  /** Where the words stand in the text that was read, in UTF-16 offsets. */
  parts: z.array(z.tuple([z.number(), z.number()])),
  kind: z.enum(['spoken', 'vo', 'os', 'sung', 'thought']),
  parenthetical: z.string().optional(),
  dual: z.boolean(),
  /** 0 to 1; below 0.8 say that it is a guess. */
  confidence: z.number(),
  evidence: z.array(z.string()),
});

export const advisedSchema = z.strictObject({ id: z.string(), model: z.string(), mode: z.string().optional(), word: z.string(), quality: z.number(), priceUsd: z.number() });

/** Settings that decide the picture, with the words people use for the model. */
export const shotSettingsViewSchema = z.strictObject({
  model: z.string(),
  modelWord: z.string(),
  mode: z.enum(['std', 'pro', '4k']).optional(),
  durationS: z.number(),
  aspectRatio: z.enum(['16:9', '9:16', '1:1']).optional(),
  sound: z.boolean(),
  cfgScale: z.number().optional(),
  negativePrompt: z.string().optional(),
  cameraControl: z.unknown().optional(),
  startFrame: frameSchema.optional(),
  endFrame: frameSchema.optional(),
});

/** What `GET .../shots` says of a shot; the same for one that is only planned, which has no `shotId`. */
export const shotSchema = z.strictObject({
  shotId: idSchema.optional(),
  name: z.string(),
  index: z.number().int(),
  sceneNumber: z.number().int(),
  sceneHeading: z.string().optional(),
  /** The words of the script it stands on, and their lines (counted from 1, both included). */
  text: z.string(),
  startLine: z.number().int(),
  endLine: z.number().int(),
  /** Its own words. */
  prompt: z.string(),
  /** What is sent: with the words of cast and look behind them. */
  sentPrompt: z.string(),
  cast: z.array(z.string()),
  settings: shotSettingsViewSchema,
  /** Time on screen within the clip, in seconds; no `outS`: to the clip's end. */
  inS: z.number(),
  outS: z.number().optional(),
  onScreenS: z.number(),
  /** How close it is, missing where its words leave it open, and how the camera moves (`static` there). */
  size: z.string().optional(),
  move: z.string().optional(),
  continues: z.boolean(),
  /** Spoken words, for subtitles. */
  line: z.string().optional(),
  takesWanted: z.number().int(),
  /** List price of one take. */
  estimateUnits: unitsSchema,
  /** What was found in its words when it was planned. */
  issues: z.array(foundIssueSchema),
  /** Who says what in it. */
  lines: z.array(foundLineSchema),
  /** The script's own words, where fixes put others in their place. */
  fixed: fixedWordsSchema.optional(),
  /** It is filmed although its words have errors. */
  accepted: z.literal(true).optional(),
  /** What a person changed of it in the studio; it holds until the script says something else there. */
  byHand: byHandSchema.shape.fields.optional(),
  /** 0 to 100: how much the prompt asks of a model. */
  complexity: z.number(),
  /** Only in a plan: what became of it against what is stored. */
  change: z.enum(['new', 'kept', 'edited', 'replanned', 'fixed']).optional(),
  /** Missing while it is only planned. */
  pictureUrl: z.string().optional(),
});
export type Shot = z.infer<typeof shotSchema>;

export const takeSchema = z.strictObject({
  takeId: idSchema,
  shotId: idSchema,
  number: z.number().int(),
  engine: engineSchema,
  /** The film shows it. */
  selected: z.boolean(),
  /** Made of the shot's words and settings as they are now. */
  current: z.boolean(),
  status: statusSchema,
  stage: stageSchema,
  /** What people read for the stage. */
  words: z.string(),
  error: apiErrorSchema.optional(),
  prompt: z.string(),
  model: z.string(),
  mode: z.string().optional(),
  durationS: z.number(),
  externalTaskId: z.string(),
  taskId: z.string().optional(),
  estimateUnits: unitsSchema,
  billedUnits: unitsSchema.optional(),
  /** What a person wrote about it. */
  note: z.string().optional(),
  rejected: z.boolean(),
  /** A program is at work on it now. */
  atWork: z.boolean(),
  /** It waits unsent, so it can be withdrawn and costs nothing. */
  withdrawable: z.boolean(),
  createdAt: z.string(),
  /** Missing until it is ready. */
  clipUrl: z.string().optional(),
  pictureUrl: z.string().optional(),
  sizeBytes: z.number().optional(),
});
export type Take = z.infer<typeof takeSchema>;

export const historyEntrySchema = z.strictObject({
  at: z.string(),
  attempt: z.number().int(),
  event: z.string(),
  /** For a person. */
  words: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

export const changeTakeSchema = z.strictObject({
  /** An empty one takes it away. */
  note: z.string().max(2000).optional(),
  rejected: z.boolean().optional(),
});
