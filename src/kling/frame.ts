import type { KlingKind, KlingModel, Resolution } from './model.ts';
import type { AspectRatio, KlingMode } from './request.ts';
import { effectiveMode } from './supports.ts';

export interface FrameSize {
  /** Pixels. */
  width: number;
  height: number;
}

const WIDE: Record<Resolution, FrameSize> = {
  '720p': { width: 1280, height: 720 },
  '1080p': { width: 1920, height: 1080 },
  '4k': { width: 3840, height: 2160 },
};
const SQUARE_SIDE: Record<Resolution, number> = { '720p': 960, '1080p': 1440, '4k': 2880 };

/** @throws RangeError when the model has no such mode. */
export function resolutionOf(model: KlingModel, mode?: KlingMode): Resolution {
  const resolution = model.resolutions[effectiveMode(model, mode) ?? 'default'];
  if (resolution === undefined) throw new RangeError(`${model.word} has no mode ${mode}`);
  return resolution;
}

/** Size of a clip made from text. Sizes for all three shapes: one public client's table for 2.5, 2.6 and 3.0. */
export function frameSizeOf(model: KlingModel, mode?: KlingMode, aspectRatio: AspectRatio = '16:9'): FrameSize {
  const resolution = resolutionOf(model, mode);
  const { width, height } = WIDE[resolution];
  switch (aspectRatio) {
    case '16:9':
      return { width, height };
    case '9:16':
      return { width: height, height: width };
    case '1:1':
      return { width: SQUARE_SIDE[resolution], height: SQUARE_SIDE[resolution] };
    default:
      return aspectRatio satisfies never;
  }
}

/**
 * Size of a clip made from a picture: the picture's shape at the resolution's pixel count, sides even.
 * Derived, not measured: the three documented shapes of a resolution hold equally many pixels.
 */
export function frameSizeForImage(model: KlingModel, mode: KlingMode | undefined, image: FrameSize): FrameSize {
  const { width, height } = WIDE[resolutionOf(model, mode)];
  const ratio = image.width / image.height;
  return { width: evenSide(Math.sqrt(width * height * ratio)), height: evenSide(Math.sqrt((width * height) / ratio)) };
}

/** H.264 halves the colour planes, so sides are even. */
function evenSide(length: number): number {
  return Math.max(2, Math.round(length / 2) * 2);
}

/** Frames per second. No model's rate is known to depend on the mode. */
export function frameRateOf(model: KlingModel, kind: KlingKind, _mode?: KlingMode): number {
  return model.frameRates[kind];
}

/**
 * Frames in a clip. At 24 per second one more than asked for: 5 s has 121 (5.041 s), as clips of 3.041 s and a billed
 * length of 5.04 s show. At 30 per second three more: 5 s was recorded as 5.1 s (once; 10 s is inferred).
 */
export function frameCountOf(model: KlingModel, kind: KlingKind, mode: KlingMode | undefined, durationS: number): number {
  const framesPerSecond = frameRateOf(model, kind, mode);
  return durationS * framesPerSecond + (framesPerSecond === 30 ? 3 : 1);
}
