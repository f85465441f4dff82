import * as z from 'zod';
import { idSchema, pictureChoiceSchema, secondsSchema } from './common.ts';
import { forecastSchema } from './plan.ts';
import { shotSchema } from './shots.ts';

/** Settings that many shots can have at once. `null`: the film's own. */
const settingsChange = {
  /** A word for a model, or Kling's own name. A mode that is not said with it is the model's first, or the film's. */
  model: z.string().min(1).max(100).nullable().optional(),
  mode: z.enum(['std', 'pro', '4k']).nullable().optional(),
  durationS: z.number().int().min(1).max(60).nullable().optional(),
  takes: z.number().int().min(1).max(99).optional(),
  /** Filmed with the errors in its words; `false` takes that back. */
  accepted: z.boolean().nullable().optional(),
};

/** What is left out stays as it is; `null` takes a value away. */
export const changeShotSchema = z.strictObject({
  ...settingsChange,
  /** Its own words, without those of cast and look. */
  prompt: z.string().min(1).max(20_000).optional(),
  negativePrompt: z.string().max(20_000).nullable().optional(),
  aspectRatio: z.enum(['16:9', '9:16', '1:1']).nullable().optional(),
  sound: z.boolean().nullable().optional(),
  cfgScale: z.number().min(0).max(1).nullable().optional(),
  /** Only to take it away: a list says camera moves. */
  cameraControl: z.null().optional(),
  /** Time on screen within the clip, in seconds. */
  inS: secondsSchema.nullable().optional(),
  outS: secondsSchema.nullable().optional(),
  /** Spoken words, for subtitles. */
  line: z.string().max(5000).nullable().optional(),
  /** `continues`: the last frame of the shot before. */
  startFrame: z.union([...pictureChoiceSchema.options, z.strictObject({ continues: z.literal(true) })]).nullable().optional(),
  endFrame: pictureChoiceSchema.nullable().optional(),
});

export const changeShotsSchema = z.strictObject({
  ...settingsChange,
  /** Missing: every shot. */
  shotIds: z.array(idSchema).min(1).max(20_000).optional(),
});

/** What a change does to the film. */
const effectSchema = z.strictObject({
  /** Slates of shots that show another picture than before: changed ones, and those that go on from them. Their takes so far stay. */
  anew: z.array(z.string()),
  /** What making these, and all else of the shots that are changed, would cost now. */
  forecast: forecastSchema,
});
export const changedShotSchema = effectSchema.extend({ shot: shotSchema });
export const changedShotsSchema = effectSchema.extend({
  /** How many shots are others than before. */
  changed: z.number().int(),
  /** Errors in their words that nobody accepted: with them the change is refused. */
  errors: z.array(z.string()),
});

/** A picture that is kept in the home. */
export const keptPictureSchema = z.strictObject({ sha256: z.string(), format: z.enum(['png', 'jpeg']), name: z.string(), url: z.string() });
export const pictureNameQuerySchema = z.strictObject({ name: z.string().min(1).max(255).optional() });
