import { availableParallelism } from 'node:os';
import type { Reel } from '../media/index.ts';
import type { ProjectPrompt } from '../store/index.ts';
import type { DrawnShot } from './cut-plan.ts';
import { placeDrawings } from './place-drawings.ts';
import { reelShotOf } from './reel-of-drawings.ts';
import { MOST_CHILDREN, renderParts } from './render-parts.ts';

/** The shape of a film's clips. */
export interface ClipShape {
  width: number;
  height: number;
  frameRate: number;
}

export interface StandInRequest {
  /** Shots without a take, each once, in the script's order. */
  shots: readonly DrawnShot[];
  /** Where start and end frames lie by content. */
  framesFolder: string;
  /** Of the film's first clip; `undefined`: there is no clip at all, and the first drawing sets it. */
  like: ClipShape | undefined;
  /** Where the film of a shot goes. */
  pathOf: (shot: ProjectPrompt) => string;
  /** 0 to 1. */
  onProgress?: ((done: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

const WORDS = { stamp: 'NOT FILMED YET', clock: 'clip' };

/**
 * Draws the shots that were not filmed yet, each whole, as long as its clip will be, so that the film keeps its length.
 * @returns the files by shot id.
 * @throws what rendering throws; the signal's reason unchanged.
 */
export async function renderStandIns({ shots, framesFolder, like, pathOf, onProgress, signal }: StandInRequest): Promise<Map<string, string>> {
  const { placed } = await placeDrawings(shots.map(({ drawing }) => ({ drawing: drawing.make(), inS: 0 })), [framesFolder], like && { width: like.width, height: like.height });
  const [first] = placed;
  if (!first) return new Map();
  const { createRenderPool } = await import('../media/index.ts');
  const shape = like ?? { ...first.shape, frameRate: first.drawing.clip.frameRate };
  const even = (length: number) => Math.max(16, length - (length % 2));
  const frame = { width: even(shape.width), height: even(shape.height), frameRate: shape.frameRate, firstFrame: 0 };
  const parts = placed.map((each, index) => {
    const { prompt } = shots[index] as DrawnShot;
    const part: Reel = { ...frame, shots: [reelShotOf(each, frame.frameRate, WORDS)] };
    return { part, path: pathOf(prompt), id: prompt.id };
  });
  const pool = createRenderPool({ size: Math.max(1, Math.min(parts.length, MOST_CHILDREN, availableParallelism())) });
  try {
    await renderParts(pool, parts, { onProgress, signal });
  } finally {
    await pool.close();
  }
  return new Map(parts.map(({ id, path }) => [id, path]));
}
