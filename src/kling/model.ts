import type { AspectRatio, KlingMode, VideoRequest } from './request.ts';

/** Which of Kling's two create calls a request goes to; also the word in the path. */
export type KlingKind = VideoRequest['kind'];

/** What a model may be asked for. `endFrame` is with a start frame, `endFrameOnly` without one. */
export type KlingFeature =
  | 'textToVideo'
  | 'imageToVideo'
  | 'endFrame'
  | 'endFrameOnly'
  | 'cameraControl'
  | 'motionBrush'
  | 'negativePrompt'
  | 'cfgScale'
  | 'sound'
  | 'voices'
  | 'multiShot'
  | 'elements'
  | 'extend'
  | 'multiImage'
  | 'multiElements';

/** One cell of the capability map. A part left out means "any": `{}` is "everywhere". */
export interface FeatureCell {
  kinds?: readonly KlingKind[];
  modes?: readonly KlingMode[];
  durationsS?: readonly number[];
  /** Only without sound. */
  silentOnly?: true;
}

export type Resolution = '720p' | '1080p' | '4k';

/** A price that grows with the length. Every public price of a video model does, also those printed per clip. */
export interface PriceRow {
  /** Absent: the model has no modes. */
  mode?: KlingMode;
  sound: boolean;
  unitsPerSecond: number;
  /** Absent: text to video and image to video. The others are priced here and not called yet. */
  variant?: 'voices' | 'motion-control' | 'video-input';
}

/** Time from create to a finished clip, in seconds: middle, slow one in ten, slow one in a hundred. */
export interface LatencyRow {
  mode?: KlingMode;
  durationS: number;
  p50S: number;
  p90S: number;
  p99S: number;
}

export interface KlingModel {
  /** Kling's own name, as sent in `model_name`. */
  name: string;
  /** Name for people, e.g. `Kling 2.5 Turbo`. */
  label: string;
  /** The word people type for it, e.g. `2.5-turbo`. {@link findModel} understands more. */
  word: string;
  /** Name in Kling's newer path-per-model API, where it has one. */
  newStandardId?: string;
  lifecycle: 'active' | 'presumed-discontinued' | 'discontinued';
  lifecycleNote: string;
  /** Who saw it and when. */
  lifecycleSource: string;
  /** First day on the API, where known, as the vendor's changelog says it. */
  launched: string;
  /** Empty: the model takes no mode; one that is given is not sent. */
  modes: readonly KlingMode[];
  durationsS: readonly number[];
  /** A feature that is missing here is not supported at all. Ask through {@link supports}. */
  features: Readonly<Partial<Record<KlingFeature, readonly FeatureCell[]>>>;
  /** Camera moves the model takes, where it has camera control. */
  cameraTypes?: 'all' | 'simple';
  /** The model makes sound with every clip and cannot be silenced. */
  soundAlwaysOn?: true;
  resolutions: Readonly<Partial<Record<KlingMode | 'default', Resolution>>>;
  /** Frames per second. */
  frameRates: Readonly<Record<KlingKind, number>>;
  /** Shapes for text to video; empty where there is none. Image to video keeps the picture's shape. */
  aspectRatios: readonly AspectRatio[];
  /** In UTF-16 code units. Kling does not say how it counts. */
  promptLimit: number;
  negativePromptLimit: number;
  prices: readonly PriceRow[];
  /** Day of the price page, `YYYY-MM-DD`. */
  priceAsOf: string;
  latencies: readonly LatencyRow[];
  /** `measured` where somebody timed real tasks; `guess` otherwise. */
  latencyBasis: 'measured' | 'guess';
  /** Whether {@link KlingAPIClient} can make such a clip today; where not, `reason` says why. */
  callable: { textToVideo: boolean; imageToVideo: boolean; reason?: string };
  /** What is known to be uncertain, for the documentation. */
  doubts?: readonly string[];
}
