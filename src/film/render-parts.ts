import type { Reel, RenderPool } from '../media/index.ts';

/** A child more than this helps little: the encoder uses several cores itself. */
export const MOST_CHILDREN = 4;

export interface Watching {
  /** 0 to 1, never going back. */
  onProgress?: ((done: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Renders reels side by side, each to its own file; the first failure ends them all. */
export async function renderParts(pool: Pick<RenderPool, 'renderReel'>, parts: readonly { part: Reel; path: string }[], { onProgress, signal }: Watching): Promise<void> {
  const total = parts.reduce((sum, { part }) => sum + framesOf(part), 0);
  const done = parts.map(() => 0);
  const failed = new AbortController();
  const either = AbortSignal.any([failed.signal, ...(signal ? [signal] : [])]);
  const results = await Promise.allSettled(
    parts.map(async ({ part, path }, index) => {
      try {
        await pool.renderReel(part, path, {
          signal: either,
          onProgress: (share) => {
            done[index] = share * framesOf(part);
            onProgress?.(done.reduce((sum, frames) => sum + frames, 0) / total);
          },
        });
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    }),
  );
  // Ctrl-C in a terminal reaches the children as well, who then die before they are told: what stopped them is the person.
  signal?.throwIfAborted();
  for (const result of results) if (result.status === 'rejected') throw failed.signal.reason;
}

export function framesOf(reel: Reel): number {
  return reel.shots.reduce((sum, { frameCount }) => sum + frameCount, 0);
}
