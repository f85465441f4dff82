import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reel } from '../media/index.ts';
import type { ProjectPrompt } from '../store/index.ts';
import type { DrawnShot } from './cut-plan.ts';
import type { FrameFile } from './frame-files.ts';
import { takeParentFrames, type ClipFinder } from './parent-frames.ts';
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
  /** The clips that are here: a shot that continues one of them begins with its last picture. */
  clips: ClipFinder;
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
export async function renderStandIns({ shots, clips, framesFolder, like, pathOf, onProgress, signal }: StandInRequest): Promise<Map<string, string>> {
  const work = await mkdtemp(join(tmpdir(), 'directorstudio-parents-'));
  try {
    const parents = await takeParentFrames(shots.map(({ prompt }) => prompt), clips, work);
    return await renderPlaced({ shots, framesFolder, like, pathOf, onProgress, signal }, parents);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function renderPlaced({ shots, framesFolder, like, pathOf, onProgress, signal }: Omit<StandInRequest, 'clips'>, parents: ReadonlyMap<string, FrameFile>): Promise<Map<string, string>> {
  const { placed } = await placeDrawings(shots.map(({ drawing, prompt }) => ({ drawing: drawing.make(), inS: 0, lastS: prompt.outS, parentFrame: parents.get(prompt.id) })), [framesFolder], like && { width: like.width, height: like.height });
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
