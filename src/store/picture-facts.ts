import { canonicalJson, type JsonValue } from '../lib/canonical-json.ts';
import type { Frame, ShotSettings } from '../protocol/shot-settings.ts';

/**
 * What of a shot's settings changes its picture, and nothing else: texts without what cannot be seen in them (composition,
 * line ends, outer blanks), frames by their content and not by the name of their file.
 */
export function pictureFacts(settings: ShotSettings) {
  return {
    kind: settings.kind,
    model: settings.model,
    mode: settings.mode,
    prompt: normalise(settings.prompt),
    negativePrompt: settings.negativePrompt === undefined ? undefined : normalise(settings.negativePrompt),
    durationS: settings.durationS,
    aspectRatio: settings.aspectRatio,
    cfgScale: settings.cfgScale,
    sound: settings.sound,
    cameraControl: settings.cameraControl,
    startFrame: settings.startFrame && frameKey(settings.startFrame),
    endFrame: settings.endFrame && frameKey(settings.endFrame),
  } satisfies Record<string, JsonValue | undefined>;
}

/** Equal for settings that show the same picture. */
export function pictureKey(settings: ShotSettings): string {
  return canonicalJson(pictureFacts(settings));
}

function normalise(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
}

function frameKey(frame: Frame): string {
  if ('url' in frame) return `url:${frame.url}`;
  if ('sha256' in frame) return `sha256:${frame.sha256}`;
  // Not the picture's bytes but the clip it comes from: so the price and the id are known before that clip is there, and
  // another version of a decoder is no reason to pay again.
  return `last:${frame.lastFrameOf}${frame.atS === undefined ? '' : `@${frame.atS}`}`;
}
