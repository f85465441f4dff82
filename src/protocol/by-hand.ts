import * as z from 'zod';

/** What of a shot a person can change beside its script. */
const HAND_FIELDS = ['prompt', 'negativePrompt', 'model', 'mode', 'durationS', 'aspectRatio', 'sound', 'cfgScale', 'cameraControl', 'takes', 'inS', 'outS', 'line', 'startFrame', 'endFrame'] as const;

/**
 * What a person changed of a shot in the studio. It holds as long as the script says of the shot what it said then; the
 * values are the shot's own.
 */
export const byHandSchema = z.strictObject({
  fields: z.array(z.enum(HAND_FIELDS)),
  /** The script's own prompt, where the person wrote another: the shot is still known by it. */
  prompt: z.string().optional(),
});

export type HandField = (typeof HAND_FIELDS)[number];
export type ByHand = z.infer<typeof byHandSchema>;
