import * as z from 'zod';

/** What would help against an issue. Texts are whole: they stand in the place of the shot's own. */
const offeredFixSchema = z.object({
  /** In the imperative, without a full stop. */
  label: z.string(),
  prompt: z.string().optional(),
  negativePrompt: z.string().optional(),
  /** Settings of the clip that change, with their new values. */
  settings: z.object({ model: z.string().optional(), mode: z.enum(['std', 'pro', '4k']).optional(), durationS: z.number().optional(), sound: z.boolean().optional() }).optional(),
  /** Prompts that become shots of their own, where one shot held several. */
  newShots: z.array(z.string()).optional(),
});

export const foundIssueSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  /** What it was found in; `castAndLook`: the words that go with the shot's own. */
  field: z.enum(['prompt', 'negativePrompt', 'clip', 'castAndLook']),
  /** UTF-16 offsets in that text; `[0, 0]` for a setting. */
  span: z.tuple([z.number(), z.number()]),
  /** The words there, on one line; empty for a setting. */
  words: z.string(),
  /** A sentence, without a full stop. */
  message: z.string(),
  fix: offeredFixSchema.optional(),
});

export const foundLineSchema = z.object({
  /** Missing where the words do not say. */
  speaker: z.string().optional(),
  text: z.string(),
  /** `vo`: over the picture; `os`: from outside it. */
  kind: z.enum(['spoken', 'vo', 'os', 'sung', 'thought']),
  /** 0 to 1: that it is said, and by this speaker; 1 for a line that the script gives. */
  confidence: z.number(),
});

/** The script's own words, where fixes put others in their place, and which fixes. */
export const fixedWordsSchema = z.object({
  prompt: z.string(),
  negativePrompt: z.string().optional(),
  by: z.array(z.object({ code: z.string(), label: z.string() })),
});

/**
 * What reading a shot's words found when it was planned. Kept with the shot, so that newer rules change nothing about what
 * was planned: they hold for what is planned anew.
 */
export const promptFindingsSchema = z.object({
  /** Errors first. */
  issues: z.array(foundIssueSchema),
  lines: z.array(foundLineSchema),
  fixed: fixedWordsSchema.optional(),
  /** A person wants it filmed with its errors. */
  accepted: z.literal(true).optional(),
});

export type OfferedFix = z.infer<typeof offeredFixSchema>;
export type FoundIssue = z.infer<typeof foundIssueSchema>;
export type FoundLine = z.infer<typeof foundLineSchema>;
export type FixedWords = z.infer<typeof fixedWordsSchema>;
export type PromptFindings = z.infer<typeof promptFindingsSchema>;
