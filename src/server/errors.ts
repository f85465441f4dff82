import type { ApiError } from '../protocol/api/index.ts';
import { nextInPage } from './views/next-words.ts';
import { StudioError, systemErrorCode } from '../lib/errors.ts';

/** An error with the status it is answered with, where the code does not say it. */
export class HttpError extends StudioError {
  readonly httpStatus: number;

  constructor(httpStatus: number, code: string, message: string, options: ConstructorParameters<typeof StudioError>[2] = {}) {
    super(code, message, options);
    this.httpStatus = httpStatus;
  }
}

/** Statuses by code, or by how the code begins or ends; the first that fits. */
const STATUSES: readonly [RegExp, number][] = [
  [/^(?:PROJECT|SHOT|TAKE|JOB|EXAMPLE|FRAME|FILM|ANIMATIC|TRASH)_UNKNOWN$/, 404],
  [/^(?:CLIP_LOST|FILM_NOT_CUT|HANDOFF_NOT_MADE|ANIMATIC_NOT_DRAWN|SOUND_GONE)$/, 404],
  [/^(?:FRAME_REFUSED|SCRIPT|SHOTS|CAST|MODEL|EDIT|SHOT_SELECTION|KEY_MALFORMED|KEY_INPUT|BASE_URL|SOUND|MEDIA|PROJECT_FILE)/, 422],
  [/^(?:STORE_BUSY|KEYCHAIN_LOCKED)$/, 503],
  [/^DISK_FULL$/, 507],
  [/^(?:STORE|HOME|CACHE|KEY_FILE)_/, 500],
  [/^KLING_/, 502],
];

export function httpStatusOf(error: StudioError): number {
  if ('httpStatus' in error && error instanceof HttpError) return error.httpStatus;
  return STATUSES.find(([codes]) => codes.test(error.code))?.[1] ?? 409;
}

/** What a caller reads of an error. Facts that may name places of this machine stay here. */
export function apiError(error: StudioError): ApiError {
  const detail = Object.fromEntries(Object.entries(error.detail).filter(([name]) => !/path|folder|home|named/i.test(name)));
  return { code: error.code, message: error.message, ...(error.next === undefined ? {} : { next: nextInPage(error.next) }), ...(Object.keys(detail).length === 0 ? {} : { detail }) };
}

/** Anything thrown, as an error for a caller; what is no StudioError is a bug, and its words stay here. */
export function asStudioError(error: unknown): StudioError {
  if (StudioError.is(error)) return error;
  if (systemErrorCode(error) === 'ENOSPC') return new StudioError('DISK_FULL', 'The disk is full.', { next: 'Make room and try again; nothing half-done stays behind.', cause: error });
  return new HttpError(500, 'INTERNAL', 'The studio came upon a fault of its own.', { next: 'What was going on is in the terminal it was started from. Please report it.', cause: error });
}
