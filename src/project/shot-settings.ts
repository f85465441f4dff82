import { effectiveMode, findModel } from '../kling/index.ts';
import type { FilmSettings, Frame, ShotSettings } from '../protocol/shot-settings.ts';
import type { ShotFields } from '../script/index.ts';

/** The seed's default: the cheapest model that is alive. */
const DEFAULT_MODEL = '2.5-turbo';
const DEFAULT_DURATION_S = 5;

/**
 * Everything that decides a shot's picture, with the defaults filled in.
 * @throws StudioError MODEL_UNKNOWN, MODEL_HAS_NO_SUCH_MODE.
 */
export function settingsOf(shot: ShotFields, film: FilmSettings, frames: { startFrame?: Frame; endFrame?: Frame }): ShotSettings {
  const found = findModel(shot.model ?? film.model ?? DEFAULT_MODEL);
  const { model } = found;
  // A mode inside the word for a model belongs to that word: it is as near to the shot as the word is.
  const mode = effectiveMode(model, shot.mode ?? (shot.model === undefined ? (film.mode ?? found.mode) : (found.mode ?? film.mode)));
  const fits = shot.outS === undefined ? undefined : model.durationsS.find((durationS) => durationS >= (shot.outS ?? 0));
  const negativePrompt = shot.negativePrompt ?? film.negativePrompt;
  const kind = frames.startFrame || frames.endFrame ? 'image2video' : 'text2video';
  return {
    kind,
    model: model.name,
    ...(mode === undefined ? {} : { mode }),
    prompt: shot.prompt,
    ...(negativePrompt === undefined || negativePrompt.trim() === '' ? {} : { negativePrompt }),
    durationS: shot.durationS ?? film.durationS ?? fits ?? DEFAULT_DURATION_S,
    ...(kind === 'text2video' ? { aspectRatio: shot.aspectRatio ?? film.aspectRatio ?? '16:9' } : {}),
    ...(shot.cfgScale === undefined ? {} : { cfgScale: shot.cfgScale }),
    sound: shot.sound ?? false,
    ...(shot.cameraControl === undefined ? {} : { cameraControl: shot.cameraControl }),
    ...frames,
  };
}
