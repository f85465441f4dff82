export type { AspectRatio, CameraControl, ImageInput, ImageToVideoRequest, KlingMode, TextToVideoRequest, VideoRequest } from './request.ts';
export type { FeatureCell, KlingFeature, KlingKind, KlingModel, LatencyRow, PriceRow, Resolution } from './model.ts';
export { KLING_MODELS, modelNamed } from './models.ts';
export { KLING_VERSION_NAMES, klingVersion, type KlingVersion, type KlingVersionConfig } from './kling-version.ts';
export { findModel, type FoundModel } from './find-model.ts';
export { effectiveMode, supports, type FeatureQuestion } from './supports.ts';
export { frameCountOf, frameRateOf, frameSizeForImage, frameSizeOf, resolutionOf, type FrameSize } from './frame.ts';
export { latencyOf } from './latency.ts';
export { formatMoney, formatMoneyDifference, priceUnits, sumUnits, unitsToUsd, USD_PER_UNIT, type PriceQuestion } from './price.ts';
export { listPriceUnits } from './list-price.ts';
export { retirement, type Retirement } from './retirement.ts';
export { requestFromSettings, type RequestSettings } from './request-from-settings.ts';
export { checkVideoRequest } from './check-request.ts';
export type { RequestProblem, RequestProblemCode } from './request-problem.ts';
export {
  checkFrames,
  checkImage,
  IMAGE_MAX_BYTES,
  IMAGE_MAX_RATIO,
  IMAGE_MIN_SIDE,
  inspectImage,
  type InspectedImage,
} from './image-input.ts';
export { KLING_ERROR_CODES, judgeAnswer, type KlingAction, type KlingAnswer, type KlingCodeRow, type KlingDecision, type KlingErrorCode, type KlingOutcome, type KlingVerdict } from './outcome.ts';
export { KlingError, type KlingErrorFacts, type KlingErrorKind } from './kling-error.ts';
export { KLING_ERROR_TEXTS, type KlingLocale } from './error-texts.ts';
export { isTerminal, type KlingTask, type KlingTaskStatus, type KlingVideo, type ResourcePack } from './kling-task.ts';
export { FIND_TASKS_MAX_IDS, KlingAPIClient, type KlingAPIClientOptions, type TaskReference } from './kling-api-client.ts';
export type { KlingCredentials } from './authorization.ts';
export { isPassing, type WaitOptions } from './wait-for-task.ts';
export type { WalkOptions } from './walk-tasks.ts';
export type { WireCreateBody } from './wire.ts';
