import * as z from 'zod';
import { frameSchema } from './shot-settings.ts';

/** One character of a film. */
const castRecordSchema = z.strictObject({
  /** As prompts and shot lists call it. */
  name: z.string(),
  /** Fixed words, sent to Kling with every shot that carries it. */
  words: z.string().optional(),
  /** `#rrggbb`, for drawings; not sent. */
  colour: z.string().optional(),
  /** Pictures of it, with where they were found; kept in the home, and not sent to a model that takes none. */
  pictures: z.array(z.strictObject({ path: z.string(), frame: frameSchema })).optional(),
});

/** How the whole film looks, in words that are sent to Kling with every shot. */
const lookSchema = z.strictObject({
  style: z.string().optional(),
  lens: z.string().optional(),
  light: z.string().optional(),
  palette: z.string().optional(),
});

/** What is the same in every shot of a film: a record per character in the order they were written, and one for the look. */
export const castAndLookSchema = z.strictObject({ cast: z.array(castRecordSchema), look: lookSchema });

export type CastRecord = z.infer<typeof castRecordSchema>;
export type Look = z.infer<typeof lookSchema>;
export type CastAndLook = z.infer<typeof castAndLookSchema>;
