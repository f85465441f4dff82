import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reel } from '../../media/index.ts';
import type { FilmSettings } from '../../protocol/shot-settings.ts';
import { partReel } from '../reel-of-drawings.ts';
import { framesOf, MOST_CHILDREN, renderParts, type Watching } from '../render-parts.ts';

/** Rendering takes the most of the time, joining the rest. */
const RENDER_SHARE = 0.97;

/**
 * Renders a reel with all cores, in parts that are joined without another encoding. The film appears whole or not at all.
 * @throws what rendering and cutting throw; the signal's reason unchanged.
 */
export async function renderFilm(reel: Reel, outputPath: string, { under, onProgress, signal }: Watching & { under?: FilmSettings['under'] }): Promise<void> {
  const { createRenderPool, cutClips } = await import('../../media/index.ts');
  const size = Math.max(1, Math.min(MOST_CHILDREN, availableParallelism()));
  const frames = framesOf(reel);
  const work = await mkdtemp(join(tmpdir(), 'directorstudio-animatic-'));
  const pool = createRenderPool({ size });
  try {
    // Twice as many parts as children: the last one is not waited for with idle hands.
    const parts = partReel(reel, Math.ceil(frames / (2 * size))).map((part, index) => ({ part, path: join(work, `${index}.mp4`) }));
    await renderParts(pool, parts, { signal, onProgress: (done) => onProgress?.(done * RENDER_SHARE) });
    await cutClips(
      parts.map(({ path }) => ({ path, inS: 0, outS: undefined })),
      outputPath,
      { onProgress: (done) => onProgress?.(RENDER_SHARE + done * (1 - RENDER_SHARE)), ...(under && { under }), ...(signal ? { signal } : {}) },
    );
  } finally {
    await pool.close();
    await rm(work, { recursive: true, force: true });
  }
}
