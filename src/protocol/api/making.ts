import * as z from 'zod';
import { apiErrorSchema, engineSchema, idSchema, unitsSchema } from './common.ts';

export const jobKindSchema = z.enum(['generate', 'film', 'animatic', 'handoff', 'recover', 'verifyCache']);

/** Work that takes longer than an answer: it goes on when the page is closed, and ends with the program. */
export const jobSchema = z.strictObject({
  jobId: idSchema,
  kind: jobKindSchema,
  /** Missing for work on the whole home. */
  projectId: idSchema.optional(),
  engine: engineSchema.optional(),
  state: z.enum(['running', 'stopping', 'done', 'stopped', 'failed']),
  /** 0 to 1; of clips that are made: takes that are over of those that are wanted. */
  done: z.number(),
  /** What came of it, one sentence; for a person. */
  words: z.string().optional(),
  error: apiErrorSchema.optional(),
  /** Where the result can be fetched. */
  resultUrl: z.string().optional(),
  /** Of clips that were made: how the run ended. */
  summary: z
    .strictObject({ shots: z.number(), completed: z.number(), failed: z.number(), waiting: z.number(), cached: z.number(), generated: z.number(), estimateUnits: unitsSchema, billedUnits: unitsSchema })
    .optional(),
  /** Notes on the result, for a person. */
  notes: z.array(z.string()),
  startedAt: z.string(),
  endedAt: z.string().optional(),
});
export type Job = z.infer<typeof jobSchema>;

export const forecastQuerySchema = z.strictObject({
  /** Shot ids, parted by commas; missing: every shot. */
  shots: z.string().max(400_000).regex(/^[A-Za-z0-9,-]*$/).optional(),
  /** One more take of each of these shots than it has. */
  newTake: z.stringbool().optional(),
  /** As in POST .../generate. */
  retries: z.coerce.number().int().min(0).max(9).optional(),
  sandbox: z.stringbool().optional(),
});

export const generateSchema = z.strictObject({
  /** Missing: every shot. */
  shotIds: z.array(idSchema).min(1).max(20_000).optional(),
  /** One more take of each of these shots than it has, selected when it is ready. */
  newTake: z.boolean().optional(),
  /** `mostUnits` of the forecast that was shown. With Kling it must be there, and where the price has changed since nothing is begun. */
  confirmUnits: unitsSchema.optional(),
  /** New attempts per take after failures at Kling, each of which may cost beyond `confirmUnits`. Default: the preferences', else 0. */
  retries: z.number().int().min(0).max(9).optional(),
  /** At most so many at Kling at once. Default: the preferences'. */
  concurrency: z.number().int().min(1).max(1000).optional(),
  /** Against other films on the same account: higher goes first. Default 0. */
  priority: z.number().int().min(-100).max(100).optional(),
  /** Practise in the sandbox also where there is a key. */
  sandbox: z.boolean().optional(),
  /** Cuts the film when every shot is there. */
  thenFilm: z.boolean().optional(),
});

export const pausedSchema = z.strictObject({ paused: z.boolean() });
export const withdrawnSchema = z.strictObject({ takeId: idSchema, sharedStillWaits: z.boolean() });
export const jobListQuerySchema = z.strictObject({ projectId: idSchema.optional() });
