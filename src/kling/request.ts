/** How a clip is asked for. Names are ours; {@link ./wire.ts} alone knows Kling's. */

export type KlingMode = 'std' | 'pro' | '4k';
export type AspectRatio = '16:9' | '9:16' | '1:1';

/** One move of the camera; only kling-v1 (text to video, std, 5 s) and kling-v1-5 (image to video, pro, 5 s, `simple`) take it. */
export type CameraControl =
  | { type: 'down_back' | 'forward_up' | 'right_turn_forward' | 'left_turn_forward' }
  | {
      type: 'simple';
      /** Exactly one is not 0; each from -10 to 10. */
      config: Partial<Record<'horizontal' | 'vertical' | 'pan' | 'tilt' | 'roll' | 'zoom', number>>;
    };

/** A picture: its bytes, a file, or a URL that Kling fetches itself. JPEG or PNG. */
export type ImageInput = { bytes: Uint8Array } | { path: string } | { url: string };

interface VideoRequestBase {
  /** Kling's own name, e.g. `kling-v2-5-turbo`. {@link findModel} turns people's words into it. */
  model: string;
  /** Default `std`. Models without modes ignore it. */
  mode?: KlingMode;
  /** What to show; at most the model's prompt limit (2500 characters). */
  prompt: string;
  negativePrompt?: string;
  /** Length in seconds: 5 or 10 up to 2.6, 3 to 15 for 3.0. */
  durationS: number;
  /** 0 to 1, how closely to follow the prompt; no 2.x model takes it. */
  cfgScale?: number;
  /** Sound made with the picture; costs more. Default false. */
  sound?: boolean;
  cameraControl?: CameraControl;
  /** Ours, unique on the account for ever; `[A-Za-z0-9_-]`, at most 64. Finds the task again after a crash. */
  externalTaskId?: string;
  /** Ask for a second, watermarked file. Default false. */
  watermark?: boolean;
  callbackUrl?: string;
}

export interface TextToVideoRequest extends VideoRequestBase {
  kind: 'text2video';
  /** Default 16:9. */
  aspectRatio?: AspectRatio;
}

export interface ImageToVideoRequest extends VideoRequestBase {
  kind: 'image2video';
  /** First frame; the clip takes its shape. Either frame may be missing where the model allows it, never both. */
  startFrame?: ImageInput;
  endFrame?: ImageInput;
}

export type VideoRequest = TextToVideoRequest | ImageToVideoRequest;
