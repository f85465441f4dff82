import * as z from 'zod';
import { filmSettingsSchema, paceSchema } from '../shot-settings.ts';
import { engineSchema, idSchema, unitsSchema } from './common.ts';

/** How many letters a title may have. */
const titleSchema = z.string().trim().min(1).max(200).regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u, 'A title is one line, without marks that turn text round.').regex(/[\p{L}\p{N}\p{P}\p{S}]/u, 'A title can be seen.');

/** A film in the list of films. */
export const projectSummarySchema = z.strictObject({
  projectId: idSchema,
  /** What people call it. */
  title: z.string(),
  /** What `--project` calls it; for a film of the command line the path of its script. */
  name: z.string(),
  /** Who makes its next clips. */
  engine: engineSchema,
  shots: z.number().int(),
  /** Shots that have a ready take. */
  ready: z.number().int(),
  /** Shots that have no ready take and a take that failed. */
  failed: z.number().int(),
  /** Shots on their way: a take of them is asked for and not over. */
  underWay: z.number().int(),
  /** Shots of which nothing was asked for yet. */
  notMade: z.number().int(),
  /** Time on screen of the whole film, in seconds. */
  screenS: z.number(),
  /** Spent or set aside on its engine. */
  spentUnits: unitsSchema,
  /** The most it may ever spend; missing: no cap. */
  capUnits: unitsSchema.optional(),
  /** A program is at work on it now, this one or another. */
  atWork: z.boolean(),
  /** Picture of its first shot; a drawing while there is no clip. */
  pictureUrl: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type ProjectSummary = z.infer<typeof projectSummarySchema>;

/** A film that was cut, or drawn, to a file. */
export const filmFileSchema = z.strictObject({
  /** Plays it, with ranges. */
  url: z.string(),
  /** `current`: it shows the takes, order and trims as they are now. */
  state: z.enum(['current', 'outOfDate']),
  durationS: z.number(),
  width: z.number(),
  height: z.number(),
  frameRate: z.number(),
  audio: z.boolean(),
  sizeBytes: z.number(),
  madeAt: z.string(),
});

export const projectDetailSchema = projectSummarySchema.extend({
  filmSettings: filmSettingsSchema.omit({ under: true }),
  /** The name of the file whose order and trims the film has; missing: the script's. */
  editedBy: z.string().optional(),
  /** The film as it was last cut here. */
  film: filmFileSchema.optional(),
  animatic: filmFileSchema.optional(),
  /** A voice or music under the whole film. */
  sound: z.strictObject({ fileName: z.string(), gainDb: z.number().optional(), url: z.string() }).optional(),
});
export type ProjectDetail = z.infer<typeof projectDetailSchema>;

/** A script as it is handed in. `fileName` says how it is read; its folder, if it has one, is not looked at. */
export const givenScriptSchema = z.union([
  z.strictObject({ fileName: z.string().min(1).max(255), text: z.string() }),
  /** For files that are no text. */
  z.strictObject({ fileName: z.string().min(1).max(255), base64: z.base64() }),
]);

/** `example`: a name of GET /api/examples. */
export const scriptSourceSchema = z.union([givenScriptSchema, z.strictObject({ example: z.string().max(100) })]);

const readingSchema = z.enum(['shots', 'prose', 'screenplay']);

/** What a plan is made with beside the script; each one missing means: as before, else the default. */
export const planOptionsSchema = z.strictObject({
  as: readingSchema.optional(),
  /** A word for a model, Kling's own name, or `auto`: what is advised. */
  model: z.string().max(100).optional(),
  mode: z.enum(['std', 'pro', '4k']).optional(),
  durationS: z.number().int().min(1).max(60).optional(),
  aspectRatio: z.enum(['16:9', '9:16', '1:1']).optional(),
  negativePrompt: z.string().max(5000).optional(),
  takes: z.number().int().min(1).max(99).optional(),
  /** How a story or screenplay is cut. Scenes that were filmed keep theirs, unless `replan`. */
  pace: paceSchema.optional(),
  /** Plans shots anew whose text is unchanged. */
  replan: z.boolean().optional(),
  /** Applies the fixes of errors and warnings that need no person. */
  fix: z.boolean().optional(),
  /** Films shots with errors in their words all the same. */
  anyway: z.boolean().optional(),
});

export const createProjectSchema = z.strictObject({
  title: titleSchema,
  script: scriptSourceSchema,
  /** What is left out begins as GET /api/preferences says. */
  options: planOptionsSchema.optional(),
  /** `null`: none, whatever the preferences say. */
  capUnits: unitsSchema.nullable().optional(),
  /** Practise in the sandbox also where there is a key. */
  sandbox: z.boolean().optional(),
});

export const changeProjectSchema = z.strictObject({
  title: titleSchema.optional(),
  /** `null` takes the cap away. */
  capUnits: unitsSchema.nullable().optional(),
});

export const exampleSchema = z.strictObject({ name: z.string(), title: z.string(), words: z.string(), sizeBytes: z.number() });

/** What was taken away and can be brought back. */
export const removedProjectSchema = z.strictObject({
  /** Brings it back: POST /api/trash/{trashId}/restore. */
  trashId: idSchema,
  title: z.string(),
  /** Until then at least. */
  undoUntil: z.string(),
});
