import * as z from 'zod';

/** Every failure of every route, and nothing else beside it. */
export const apiErrorSchema = z.strictObject({
  /** Stable, in UPPER_SNAKE_CASE; programs and translations key on it. */
  code: z.string(),
  /** What was tried and what came back, for a person. */
  message: z.string(),
  /** What to do, one sentence; missing where nothing helps. */
  next: z.string().optional(),
  /** Facts for a program: numbers, names. Never a key, never a path outside the home. */
  detail: z.record(z.string(), z.unknown()).optional(),
});
export type ApiError = z.infer<typeof apiErrorSchema>;

export const engineSchema = z.enum(['kling', 'sandbox']);

/** An id of ours: letters, digits, `-`. What is longer or has other signs is refused before anything is looked up. */
export const idSchema = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

/** Kling units; 0 or more. Play money where the engine is the sandbox. */
export const unitsSchema = z.number().min(0);
export const secondsSchema = z.number().min(0).max(36_000);

/** How a list is asked for: the first page without `cursor`, the next with the `nextCursor` of the one before. */
export const pageQuerySchema = z.strictObject({
  cursor: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/).optional(),
  /** At most so many. */
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;

/** One page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    /** Of the whole list, as it is now. */
    total: z.number().int(),
    /** Asks for the next page; missing on the last. */
    nextCursor: z.string().optional(),
  });
}

/** A picture: one that the home keeps, by its hash (POST .../frames takes it), or an address that Kling fetches itself. */
export const pictureChoiceSchema = z.union([
  z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().min(1).max(255).optional() }),
  z.strictObject({ url: z.string().max(2000).regex(/^https:\/\/[^\s@]+$/i, 'An https address.') }),
]);

/** Nothing to say but that it is done. */
export const doneSchema = z.strictObject({ done: z.literal(true) });

export const projectParamsSchema = z.strictObject({ projectId: idSchema });
export const shotParamsSchema = z.strictObject({ projectId: idSchema, shotId: idSchema });
export const takeParamsSchema = z.strictObject({ takeId: idSchema });
export const jobParamsSchema = z.strictObject({ jobId: idSchema });
