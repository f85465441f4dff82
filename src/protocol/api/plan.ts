import * as z from 'zod';
import { castAndLookSchema } from '../cast-and-look.ts';
import { foundIssueSchema } from '../prompt-findings.ts';
import { filmSettingsSchema } from '../shot-settings.ts';
import { engineSchema, idSchema, pictureChoiceSchema, unitsSchema } from './common.ts';
import { givenScriptSchema, planOptionsSchema, scriptSourceSchema } from './projects.ts';
import { advisedSchema, shotSchema, spokenLineSchema } from './shots.ts';

/** What a run would make and cost, before anything is spent. */
export const forecastSchema = z.strictObject({
  engine: engineSchema,
  /** Clips to be made, by shot, with their list prices. */
  toMake: z.array(z.strictObject({ shot: z.string(), estimateUnits: unitsSchema, continuesAnotherTake: z.literal(true).optional() })),
  estimateUnits: unitsSchema,
  /** Pictures that are there: they cost nothing more. */
  ready: z.number().int(),
  /** Paid for and under way. */
  underWay: z.number().int(),
  /** Shots that failed and that only a retry or a new take makes. */
  givenUp: z.array(z.string()),
  /** Takes planned before that are given up when the plan is saved. */
  dropped: z.number().int(),
  capUnits: unitsSchema.optional(),
  /** Spent or set aside so far. */
  spentUnits: unitsSchema,
  /** How far the cap reaches; `all` where there is none. */
  capReaches: z.enum(['all', 'some', 'none']),
  /** The most that a run spends: send it as `confirmUnits`. */
  mostUnits: unitsSchema,
});
export type Forecast = z.infer<typeof forecastSchema>;

/** What a script becomes. */
export const planSchema = z.strictObject({
  projectId: idSchema.optional(),
  /** How the script was read, for a person. */
  reading: z.string(),
  shots: z.array(shotSchema),
  /** Slates of shots that are no longer in the script; their takes are kept. */
  removed: z.array(z.string()),
  notes: z.array(z.string()),
  warnings: z.array(z.string()),
  screenS: z.number(),
  /** Every take of every shot, as if none were there. */
  estimateUnits: unitsSchema,
  filmSettings: filmSettingsSchema.omit({ under: true }),
  castAndLook: castAndLookSchema,
  forecast: forecastSchema,
});
export type Plan = z.infer<typeof planSchema>;

/** A plan that is only looked at: nothing is saved or spent. */
export const previewPlanSchema = z.strictObject({
  /** The film it would continue. */
  projectId: idSchema.optional(),
  script: scriptSourceSchema,
  options: planOptionsSchema.optional(),
  /** As if it were practised in the sandbox, also where there is a key. */
  sandbox: z.boolean().optional(),
});

export const scriptSchema = z.strictObject({
  fileName: z.string(),
  /** Missing for a file that is no text. */
  text: z.string().optional(),
  /** What it was when it was read; send it back with a change, so that nobody's change is written over. */
  revision: z.string(),
  /** False: the file lies where its owner put it, outside the home. Change it there, or duplicate the film. */
  editable: z.boolean(),
  /** Where it lies, when outside. */
  path: z.string().optional(),
});

export const changeScriptSchema = z.strictObject({
  script: givenScriptSchema,
  /** Of the script that was read; another one there now: SCRIPT_CHANGED, nothing is written. */
  ifRevision: z.string().max(100).optional(),
  options: planOptionsSchema.optional(),
});

export const changedScriptSchema = z.strictObject({ revision: z.string(), plan: planSchema });

export const checkPromptSchema = z.strictObject({
  prompt: z.string().max(20_000),
  negativePrompt: z.string().max(20_000).optional(),
  /** A word for a model or Kling's own name. Default 2.5-turbo. */
  model: z.string().max(100).optional(),
  mode: z.enum(['std', 'pro', '4k']).optional(),
  durationS: z.number().optional(),
  sound: z.boolean().optional(),
  hasStartFrame: z.boolean().optional(),
});

export const checkedPromptSchema = z.strictObject({
  issues: z.array(foundIssueSchema),
  complexity: z.number(),
  /** Missing where no model that lives makes it. */
  advice: z.strictObject({ choice: advisedSchema, cheaper: advisedSchema.optional(), better: advisedSchema.optional(), reasons: z.array(z.string()) }).optional(),
});

export const readDialogueSchema = z.strictObject({ text: z.string().max(1_000_000), kind: z.enum(['prose', 'screenplay', 'prompt']).optional(), cast: z.array(z.string().max(100)).max(500).optional() });
export const dialogueSchema = z.strictObject({ kind: z.enum(['prose', 'screenplay', 'prompt']), language: z.string(), lines: z.array(spokenLineSchema) });

export const filmAdviceSchema = z.strictObject({
  /** One model and mode for the film; prices are the film's, with one take of each shot. */
  choice: advisedSchema.optional(),
  /** The nearest below in price that makes as many shots, and the nearest above in quality. */
  cheaper: advisedSchema.optional(),
  better: advisedSchema.optional(),
  /** The quality that the film's middle shot asks for, 0 to 1. */
  floor: z.number(),
  reasons: z.array(z.string()),
  flagged: z.array(z.strictObject({ name: z.string(), why: z.string(), choice: advisedSchema.optional() })),
});

export const castViewSchema = z.strictObject({
  castAndLook: castAndLookSchema,
  characters: z.array(z.strictObject({ name: z.string(), shots: z.array(z.string()), lines: z.number().int() })),
  /** False: a file or list outside the home says it. Change it there. */
  editable: z.boolean(),
  /** The name of that file. */
  from: z.string().optional(),
});
/** The whole of it: a picture that is not named is taken away. POST .../frames takes new ones. */
export const changeCastSchema = z.strictObject({
  cast: z.array(z.strictObject({ name: z.string().trim().min(1).max(100), words: z.string().max(2000).optional(), colour: z.string().regex(/^#[0-9a-f]{6}$/i).optional(), pictures: z.array(pictureChoiceSchema).min(1).max(7).optional() })).max(200),
  look: z.strictObject({ style: z.string().max(500).optional(), lens: z.string().max(500).optional(), light: z.string().max(500).optional(), palette: z.string().max(500).optional() }),
});
