import * as z from 'zod';
import { idSchema, secondsSchema } from './common.ts';

/** One part of the film, in order: a shot from in to out within its clip, or black. */
export const cutPartSchema = z.union([
  z.strictObject({ shotId: idSchema, inS: secondsSchema, outS: secondsSchema.optional() }),
  z.strictObject({ blackS: z.number().positive().max(600) }),
]);

/** A shot as the film shows it. Times in seconds within its clip. */
const shownShotSchema = z.strictObject({
  shotId: idSchema,
  name: z.string(),
  inS: z.number(),
  outS: z.number().optional(),
  /** Of its clip, in seconds: where trims end. */
  clipS: z.number(),
  /** `clip`: the take that was selected; `otherTake`: it is not ready and another one stands in; `drawing`: nothing is filmed. */
  shows: z.enum(['clip', 'otherTake', 'drawing']),
  take: z.number().int().optional(),
  clipUrl: z.string().optional(),
  pictureUrl: z.string(),
  line: z.string().optional(),
});

export const cutSchema = z.strictObject({
  /** False: in the script's order, with its trims. */
  edited: z.boolean(),
  /** Whose order it is: the name of an editor's file, or `the page`. */
  editedBy: z.string().optional(),
  parts: z.array(
    z.union([
      /** From when to when it is in the film, in seconds. */
      shownShotSchema.extend({ startS: z.number(), endS: z.number() }),
      z.strictObject({ blackS: z.number(), startS: z.number(), endS: z.number() }),
    ]),
  ),
  durationS: z.number(),
  /** Shots of the script that the order leaves out, as they would come back: with the script's trims. */
  leftOut: z.array(shownShotSchema),
  /** Shots that came into the script since. */
  added: z.array(z.string()),
  /** Shots whose clip became shorter than the trim. */
  outrun: z.array(z.string()),
});
export type Cut = z.infer<typeof cutSchema>;

export const changeCutSchema = z.strictObject({ parts: z.array(cutPartSchema).min(1).max(50_000) });

export const makeFilmSchema = z.strictObject({
  /** Cut also when shots are missing: another take, else a drawing as long as the clip will be. */
  partial: z.boolean().optional(),
  sandbox: z.boolean().optional(),
});
export const makeAnimaticSchema = z.strictObject({ sheet: z.enum(['a4', 'letter']).optional() });
/** `null`: as loud as the studio lays it, which depends on the sound of the clips. */
export const changeSoundSchema = z.strictObject({ gainDb: z.number().min(-60).max(20).nullable() });
export const fileNameQuerySchema = z.strictObject({ name: z.string().min(1).max(255), gainDb: z.coerce.number().min(-60).max(20).optional() });
export const readCutSchema = z.strictObject({ notes: z.array(z.string()), selections: z.array(z.strictObject({ slate: z.string(), take: z.number().int() })), cut: cutSchema });
export const pictureQuerySchema = z.strictObject({ width: z.coerce.number().int().min(16).max(1920).optional(), v: z.string().max(80).optional() });
export const downloadQuerySchema = z.strictObject({ v: z.string().max(80).optional(), download: z.stringbool().optional() });
