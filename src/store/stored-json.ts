import { messageOf, StudioError } from '../lib/errors.ts';

/** What to do about a store that cannot be trusted any more. */
export const STORE_DAMAGED_NEXT =
  'Put a backup of the home in its place, or move the file away; then directorstudio recover, which fetches what Kling made in the last 30 days, free of charge.';

/**
 * Reads a text that this program wrote into its store as JSON. One that cannot be read is damage, and nothing is done on
 * half a record of what was paid.
 * @param what the thing, for the message: `the state of take ds1-…-a1`.
 * @param read makes of it what it should be, or throws.
 * @throws StudioError STORE_DAMAGED.
 */
export function storedJson<Value>(text: string, what: string, read: (value: unknown) => Value): Value {
  try {
    return read(JSON.parse(text));
  } catch (error) {
    throw new StudioError('STORE_DAMAGED', `The store (studio.sqlite in the home) is damaged: ${what} cannot be read.`, {
      next: STORE_DAMAGED_NEXT,
      cause: error,
      detail: { reason: messageOf(error) },
    });
  }
}
