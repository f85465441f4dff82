import * as z from 'zod';

/**
 * A start or end frame: a picture kept in the home by its hash; a URL that Kling fetches itself; or, as a start frame, the
 * last frame of another clip, which need not be there yet. That clip is named by its fingerprint (`previous` while it is
 * open which take of the shot before the film shows); `atS`: where the film leaves it, in seconds, when not at its end.
 */
export const frameSchema = z.union([
  z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), format: z.enum(['png', 'jpeg']), name: z.string() }),
  z.strictObject({ url: z.string() }),
  z.strictObject({ lastFrameOf: z.string().regex(/^(?:previous|[0-9a-f]{64})$/), atS: z.number().positive().optional() }),
]);

/**
 * Everything that decides what a shot looks like, defaults filled in. Two shots with equal settings show the same clip.
 * Lengths are in seconds.
 */
export const shotSettingsSchema = z.strictObject({
  kind: z.enum(['text2video', 'image2video']),
  /** Kling's own model name. */
  model: z.string(),
  /** Missing for a model that has no modes. */
  mode: z.enum(['std', 'pro', '4k']).optional(),
  prompt: z.string(),
  negativePrompt: z.string().optional(),
  durationS: z.number(),
  /** Missing for image to video: the start frame decides. */
  aspectRatio: z.enum(['16:9', '9:16', '1:1']).optional(),
  cfgScale: z.number().optional(),
  sound: z.boolean(),
  cameraControl: z.json().optional(),
  startFrame: frameSchema.optional(),
  endFrame: frameSchema.optional(),
});

/** How a story or screenplay is cut into shots; docs/segmenter.md. */
export const paceSchema = z.enum(['calm', 'even', 'brisk']);
/** `clipS`: the length that every clip was asked to have; no shot is longer. */
const pacingSchema = z.strictObject({ pace: paceSchema, clipS: z.number().optional() });
export type Pacing = z.infer<typeof pacingSchema>;

/** What was asked for the whole film; a shot's own fields win over it. */
export const filmSettingsSchema = z.strictObject({
  /** A word for a model: `1.6-standard`, `2.5-turbo-pro`, or Kling's own name. Default 2.5-turbo. */
  model: z.string().optional(),
  /** Default std. */
  mode: z.enum(['std', 'pro', '4k']).optional(),
  /** Seconds; default 5, or what a shot's time on screen needs. */
  durationS: z.number().optional(),
  /** Default 16:9; a start frame has its own shape. */
  aspectRatio: z.enum(['16:9', '9:16', '1:1']).optional(),
  negativePrompt: z.string().optional(),
  /** Default even. */
  pace: paceSchema.optional(),
  /** How scenes are cut that were filmed before another pace was asked for. */
  pacesKept: z.array(pacingSchema).optional(),
  /** A voice or music under the whole film: the file's absolute path, and its gain in decibels (default: 0 under a silent film, else -12). */
  under: z.strictObject({ path: z.string(), gainDb: z.number().optional() }).optional(),
});

export type FilmSettings = z.infer<typeof filmSettingsSchema>;
export type Frame = z.infer<typeof frameSchema>;
/** The last frame of another clip. */
export type LastFrame = Extract<Frame, { lastFrameOf: string }>;
export type ShotSettings = z.infer<typeof shotSettingsSchema>;

/** Who made a clip. Sandbox clips are play: they never stand in for Kling's. */
export type Engine = 'kling' | 'sandbox';

/** Whether a shot that starts from this frame continues another. */
export function isLastFrame(frame: Frame | undefined): frame is LastFrame {
  return frame !== undefined && 'lastFrameOf' in frame;
}
