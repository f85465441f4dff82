import { imageSize } from 'image-size';
import { REFUSALS, TASK_FAILURES, type Refusal } from './refusals.ts';
import type { SandboxFrame } from './task.ts';

/** The classic API's limits for start and end frames. */
const LARGEST_BYTES = 10 * 1024 * 1024;
const SMALLEST_SIDE_PX = 300;
const WIDEST_RATIO = 2.5;

/** Reads `image` or `image_tail`: a URL, or base64 without a `data:` prefix. */
export function readFrame(field: string, value: string): { frame: SandboxFrame } | { refusal: Refusal } {
  if (/^https?:\/\//i.test(value)) return { frame: { from: 'url', url: value } };
  if (!isBase64(value)) return { refusal: REFUSALS.base64 };
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length > LARGEST_BYTES) return { refusal: REFUSALS.pictureTooLarge(field) };
  return { frame: { from: 'bytes', bytes } };
}

/** Why Kling would accept this picture and fail the task a minute later; undefined when it would not. */
export function failureOfFrame(frame: SandboxFrame): string | undefined {
  const size = sizeOfFrame(frame);
  if (frame.from === 'url') return undefined;
  if (size === undefined || Math.min(size.width, size.height) < SMALLEST_SIDE_PX) return TASK_FAILURES.pictureTooSmall;
  const ratio = size.width / size.height;
  return ratio > WIDEST_RATIO || ratio < 1 / WIDEST_RATIO ? TASK_FAILURES.pictureShape : undefined;
}

/** Pixels of a JPEG or PNG; undefined for anything else, and for a URL, which is never fetched. */
export function sizeOfFrame(frame: SandboxFrame): { width: number; height: number } | undefined {
  if (frame.from === 'url') return undefined;
  try {
    const { width, height, type } = imageSize(frame.bytes);
    return type === 'jpg' || type === 'png' ? { width, height } : undefined;
  } catch {
    // Not a picture: the task fails, the request does not.
    return undefined;
  }
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1;
}
