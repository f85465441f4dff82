import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: unknown;

/**
 * Has thrown away what nothing refers to any more. Much of the codecs' memory hangs on small objects of which V8 does not
 * know how much they hold; left to itself it waits, and an hour of film grows to 400 MB where 200 are enough. Takes some
 * 20 ms, so it is for long films, not for each frame. A host without a collector to call does without.
 */
export function freeNativeMemory(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('typeof gc === "function" ? gc : null');
  }
  if (typeof collect === 'function') (collect as () => void)();
}
