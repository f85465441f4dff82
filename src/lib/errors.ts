/** Facts of a failure, in the order a person needs them. */
export interface StudioErrorOptions {
  /** What to do next, one sentence in the imperative. Printed on a line of its own. */
  next?: string;
  /** The error below this one, kept for `--json`, logs and bug reports. */
  cause?: unknown;
  /** Facts worth showing a program: numbers, names, paths. Never a key, never a signed URL. */
  detail?: Record<string, unknown>;
}

/**
 * An error whose message is meant for a person: it says what was tried and what came back; `next` says what to do.
 * Anything that is not a StudioError is a bug and keeps its stack.
 */
export class StudioError extends Error {
  override readonly name: string = 'StudioError';
  /** Stable, in UPPER_SNAKE_CASE; programs and translations key on it. */
  readonly code: string;
  readonly next: string | undefined;
  readonly detail: Record<string, unknown>;

  constructor(code: string, message: string, options: StudioErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.next = options.next;
    this.detail = options.detail ?? {};
  }

  /** True for every StudioError, also one from another copy of this package. */
  static is(error: unknown): error is StudioError {
    return error instanceof Error && typeof (error as Partial<StudioError>).code === 'string' && 'detail' in error;
  }
}

/** The end of a switch over our own union: a new member fails to compile here. */
export function assertNever(value: never, what: string): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Node's error code (`ENOENT`, `ECONNREFUSED`, ...) of an error or of the first cause that has one. */
export function systemErrorCode(error: unknown): string | undefined {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 8; current = current.cause, depth += 1) {
    const code = (current as NodeJS.ErrnoException).code;
    if (typeof code === 'string') return code;
  }
  return undefined;
}
