import * as z from 'zod';
import { apiErrorSchema, engineSchema, unitsSchema } from './common.ts';

export const aboutSchema = z.strictObject({
  version: z.string(),
  /** Who makes the clips of a new film. */
  engine: engineSchema,
  /** The key that was found, without the key. */
  key: z.strictObject({ source: z.string(), kind: z.enum(['api-key', 'key-pair']), baseUrl: z.string() }).optional(),
  /** List price of one unit in US dollars. */
  usdPerUnit: z.number(),
  paused: z.boolean(),
  /** Largest script, sound, picture and film file that is taken, in bytes. */
  limits: z.strictObject({ scriptBytes: z.number(), soundBytes: z.number(), pictureBytes: z.number(), projectBytes: z.number() }),
  /** Endings of files that are scripts, without the dot; `instead`: it cannot be read, and what to do. */
  scripts: z.array(z.strictObject({ ending: z.string(), instead: z.string().optional() })),
  /** Whether everyone who calls must log in: it listens beyond this machine. */
  passwordNeeded: z.boolean(),
});

export const keyPlaceSchema = z.union([
  z.strictObject({ source: z.enum(['environment', 'keychain', 'file']), active: z.boolean(), kind: z.enum(['api-key', 'key-pair']), masked: z.string(), baseUrl: z.string().optional() }),
  z.strictObject({ source: z.enum(['environment', 'keychain', 'file']), active: z.literal(false), problem: apiErrorSchema }),
]);

const keyText = z.string().min(1).max(5000);
/** Goes in and is never sent back. */
export const setKeySchema = z.union([
  z.strictObject({ apiKey: keyText, baseUrl: z.string().max(500).optional(), where: z.enum(['keychain', 'file']).optional() }),
  z.strictObject({ accessKey: keyText, secretKey: keyText, baseUrl: z.string().max(500).optional(), where: z.enum(['keychain', 'file']).optional() }),
]);
export const keySavedSchema = z.strictObject({ source: z.enum(['keychain', 'file']), masked: z.string(), environmentWins: z.boolean() });

export const keyCheckSchema = z.strictObject({
  ok: z.boolean(),
  error: apiErrorSchema.optional(),
  baseUrl: z.string().optional(),
  /** Prepaid packs in use, where the API tells them; its numbers can be 12 hours old. */
  packs: z.array(z.strictObject({ name: z.string(), remainingUnits: z.number().optional(), totalUnits: z.number().optional(), validUntil: z.string().optional() })),
});

/** For new films that are made here; a film keeps what it was made with. `retries` and `concurrency` hold for every run that does not say its own. */
export const preferencesSchema = z.strictObject({
  model: z.string().max(100).optional(),
  mode: z.enum(['std', 'pro', '4k']).optional(),
  durationS: z.number().int().min(1).max(60).optional(),
  aspectRatio: z.enum(['16:9', '9:16', '1:1']).optional(),
  takes: z.number().int().min(1).max(99).optional(),
  capUnits: unitsSchema.optional(),
  retries: z.number().int().min(0).max(9).optional(),
  concurrency: z.number().int().min(1).max(1000).optional(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const cacheSizeSchema = z.strictObject({ folder: z.string(), clips: z.number().int(), sizeBytes: z.number() });
export const pruneSchema = z
  .strictObject({
    maxSizeBytes: z.number().min(0).optional(),
    maxAgeMs: z.number().min(0).optional(),
    /** Removes nothing, and tells what it would. */
    onlyTell: z.boolean().optional(),
  })
  .refine(({ maxSizeBytes, maxAgeMs }) => maxSizeBytes !== undefined || maxAgeMs !== undefined, 'Say what may stay: maxSizeBytes, maxAgeMs, or both.');
export const prunedSchema = z.strictObject({ removed: z.number().int(), freedBytes: z.number(), keptInUse: z.number().int() });

export const modelSchema = z.strictObject({
  word: z.string(),
  name: z.string(),
  modes: z.array(z.string()),
  durationsS: z.array(z.number()),
  features: z.array(z.string()),
  lifecycle: z.string(),
  callable: z.boolean(),
  /** List price of each mode at the shortest length. */
  prices: z.array(z.strictObject({ mode: z.string().optional(), durationS: z.number(), units: unitsSchema })),
});

export const findingSchema = z.strictObject({ what: z.string(), state: z.enum(['ok', 'note', 'problem']), words: z.string(), next: z.string().optional(), code: z.string().optional() });
export const loginSchema = z.strictObject({ password: z.string().min(1).max(1000) });
export const allModelsQuerySchema = z.strictObject({ all: z.stringbool().optional() });
export const eventsQuerySchema = z.strictObject({ projectId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/).optional() });
