import type { createLogUpdate } from 'log-update';
import type { Output } from './session.ts';

export type LiveLines = ReturnType<typeof createLogUpdate>;

/**
 * Lines that are drawn anew in their place; `undefined` where the output is no terminal. The drawing is loaded only for
 * one: with its tables of emoji it is a tenth of a start.
 */
export async function liveLines(output: Output): Promise<LiveLines | undefined> {
  if (output.isTTY !== true) return undefined;
  const loaded = await import('log-update');
  // The cursor is left alone: hidden, it would stay hidden after a kill.
  return loaded.createLogUpdate(output, { showCursor: true });
}
