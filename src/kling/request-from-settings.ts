import type { AspectRatio, CameraControl, ImageInput, KlingMode, VideoRequest } from './request.ts';
import type { KlingKind } from './model.ts';

/** A request as a program keeps it: one flat record, its pictures named in the program's own way. */
export interface RequestSettings<Picture> {
  kind: KlingKind;
  model: string;
  mode?: KlingMode;
  prompt: string;
  negativePrompt?: string;
  durationS: number;
  /** Left out of image to video. */
  aspectRatio?: AspectRatio;
  cfgScale?: number;
  sound?: boolean;
  /** A {@link CameraControl}, read back from JSON; {@link checkVideoRequest} judges what it really is. */
  cameraControl?: unknown;
  startFrame?: Picture;
  endFrame?: Picture;
}

/** The request that settings stand for: the same for the check before anything is saved and for what is sent. */
export function requestFromSettings<Picture>(settings: RequestSettings<Picture>, imageOf: (picture: Picture) => ImageInput): VideoRequest {
  const { kind, startFrame, endFrame, aspectRatio, cameraControl, model, mode, prompt, negativePrompt, durationS, cfgScale, sound } = settings;
  const common = {
    model,
    ...(mode === undefined ? {} : { mode }),
    prompt,
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    durationS,
    ...(cfgScale === undefined ? {} : { cfgScale }),
    ...(sound === true ? { sound } : {}),
    ...(cameraControl === undefined ? {} : { cameraControl: cameraControl as CameraControl }),
  };
  if (kind === 'text2video') return { ...common, kind, ...(aspectRatio === undefined ? {} : { aspectRatio }) };
  return {
    ...common,
    kind,
    ...(startFrame === undefined ? {} : { startFrame: imageOf(startFrame) }),
    ...(endFrame === undefined ? {} : { endFrame: imageOf(endFrame) }),
  };
}
