import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { imageSize } from 'image-size';
import { messageOf, systemErrorCode } from '../lib/errors.ts';
import type { RequestProblem } from './request-problem.ts';
import type { ImageInput, VideoRequest } from './request.ts';

/** 10 MB, read generously: one byte too many costs a free refusal, one too few a picture that would have been taken. */
export const IMAGE_MAX_BYTES = 10 * 1024 * 1024;
/** Pixels a side. */
export const IMAGE_MIN_SIDE = 300;
/** Longer side over shorter side. */
export const IMAGE_MAX_RATIO = 2.5;

const RULE = `Kling takes JPEG or PNG of at most 10 MB, at least ${IMAGE_MIN_SIDE} px a side, 1:${IMAGE_MAX_RATIO} to ${IMAGE_MAX_RATIO}:1`;

export interface InspectedImage {
  /** By its first bytes, never by its name. */
  format: 'jpeg' | 'png' | 'gif' | 'webp' | 'bmp' | 'tiff' | 'heif' | 'unknown';
  /** Pixels as stored (a JPEG's turn flag is not applied); 0 when unreadable. */
  width: number;
  height: number;
  /** The end of the picture is missing. Only known for JPEG and PNG. */
  cutOff: boolean;
}

/** What a picture is. Never throws: an unreadable one has 0 × 0 pixels. */
export function inspectImage(bytes: Uint8Array): InspectedImage {
  const format = formatOf(bytes);
  if (format === 'unknown') return { format, width: 0, height: 0, cutOff: false };
  try {
    const { width, height } = imageSize(bytes);
    return { format, width, height, cutOff: isCutOff(format, bytes) };
  } catch {
    return { format, width: 0, height: 0, cutOff: true };
  }
}

function formatOf(bytes: Uint8Array): InspectedImage['format'] {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('GIF8')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('BM')) return 'bmp';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff';
  if (head.slice(4, 8) === 'ftyp') return 'heif';
  return 'unknown';
}

function isCutOff(format: InspectedImage['format'], bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'jpeg') return buffer.lastIndexOf(Buffer.from([0xff, 0xd9])) === -1;
  if (format === 'png') return buffer.lastIndexOf('IEND', undefined, 'latin1') === -1;
  return false;
}

/** What of Kling's rules a picture breaks, in one sentence with what was found; `undefined` when it keeps them all. */
export function checkImage(bytes: Uint8Array, name: string): string | undefined {
  const { format, width, height, cutOff } = inspectImage(bytes);
  const found: string[] = [];
  if (format === 'unknown') return `${name} is no picture that is known here (${bytes.length} bytes); ${RULE}`;
  const sized = width > 0 && height > 0;
  found.push(`is a ${format.toUpperCase()}${sized ? ` of ${width}×${height}` : ' that can’t be read'}`);
  const wrongType = format !== 'jpeg' && format !== 'png';
  const tooSmall = sized && Math.min(width, height) < IMAGE_MIN_SIDE;
  const tooLong = sized && Math.max(width, height) / Math.min(width, height) > IMAGE_MAX_RATIO;
  const tooBig = bytes.length > IMAGE_MAX_BYTES;
  if (tooBig) found.push(`has ${megabytes(bytes.length)} MB`);
  if (sized && cutOff) found.push('is cut off');
  if (!(wrongType || !sized || tooSmall || tooLong || tooBig || cutOff)) return undefined;
  return `${name} ${found.join(' and ')}; ${RULE}`;
}

function megabytes(sizeBytes: number): string {
  return (sizeBytes / 1024 / 1024).toFixed(1);
}

type EncodedImage = { value: string } | { problem: Omit<RequestProblem, 'field'> };

/** The picture as Kling's body wants it: a URL as it is, everything else as base64 without a `data:` prefix. */
async function encodeImage(image: ImageInput, word: string, signal?: AbortSignal): Promise<EncodedImage> {
  if ('url' in image) return encodeUrl(image.url, word);
  const name = 'path' in image ? basename(image.path) : `the ${word}`;
  let bytes: Uint8Array;
  try {
    bytes = 'path' in image ? await readPicture(image.path, signal) : image.bytes;
  } catch (error) {
    signal?.throwIfAborted();
    return { problem: { code: 'FRAME_UNREADABLE', message: unreadable(name, error) } };
  }
  const problem = checkImage(bytes, name);
  if (problem !== undefined) return { problem: { code: 'FRAME_UNSUITABLE', message: problem, fix: `use another ${word}` } };
  return { value: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') };
}

/** Reads a file, but not one that is far above the limit. */
async function readPicture(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }));
  if (!isFile) throw new Error('it is not a file');
  if (size > IMAGE_MAX_BYTES) throw new Error(`it has ${megabytes(size)} MB; ${RULE}`);
  return readFile(path, { signal });
}

function unreadable(name: string, error: unknown): string {
  switch (systemErrorCode(error)) {
    case 'ENOENT':
      return `${name} does not exist`;
    case 'EACCES':
    case 'EPERM':
      return `${name} may not be read by this user`;
    default:
      return `${name} can't be read: ${messageOf(error)}`;
  }
}

function encodeUrl(url: string, word: string): EncodedImage {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') {
    return {
      problem: { code: 'FRAME_UNREADABLE', message: `the ${word}'s address must be https without a user name, since Kling fetches it itself`, fix: 'give a file instead' },
    };
  }
  return { value: url };
}

export interface EncodedFrames {
  startFrame?: string;
  endFrame?: string;
  problems: RequestProblem[];
}

/** Reads and encodes both frames of a request; nothing for text to video. */
export async function encodeFrames(request: VideoRequest, signal?: AbortSignal): Promise<EncodedFrames> {
  const frames: EncodedFrames = { problems: [] };
  if (request.kind !== 'image2video') return frames;
  for (const [field, word] of [['startFrame', 'start frame'], ['endFrame', 'end frame']] as const) {
    const image = request[field];
    if (image === undefined) continue;
    const encoded = await encodeImage(image, word, signal);
    if ('problem' in encoded) frames.problems.push({ field, ...encoded.problem });
    else frames[field] = encoded.value;
  }
  return frames;
}

/** What is wrong with a request's pictures, read from disk where they are files. {@link checkVideoRequest} checks the rest. */
export async function checkFrames(request: VideoRequest, signal?: AbortSignal): Promise<RequestProblem[]> {
  return (await encodeFrames(request, signal)).problems;
}
