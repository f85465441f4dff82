import { KlingError } from '../kling/index.ts';
import { messageOf, StudioError } from '../lib/errors.ts';
import type { ErrorFacts } from '../store/index.ts';

/** The facts of anything thrown, as a row keeps them. */
export function errorFacts(error: unknown): ErrorFacts {
  if (error instanceof KlingError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.next === undefined ? {} : { next: error.next }),
      ...(error.klingCode === undefined ? {} : { klingCode: error.klingCode }),
      ...(error.httpStatus === undefined ? {} : { httpStatus: error.httpStatus }),
      ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    };
  }
  if (StudioError.is(error)) return { code: error.code, message: error.message, ...(error.next === undefined ? {} : { next: error.next }) };
  return { code: 'UNEXPECTED', message: messageOf(error) };
}
