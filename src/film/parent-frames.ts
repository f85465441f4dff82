import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectImage } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import { isLastFrame } from '../protocol/shot-settings.ts';
import type { ProjectPrompt } from '../store/index.ts';
import type { FrameFile } from './frame-files.ts';

/** Where a clip lies, by the picture that it shows. */
export interface ClipFinder {
  find(fingerprint: string, options?: { check?: 'stat' | 'hash' }): Promise<{ path: string } | undefined>;
}

/**
 * What the shots that continue another begin with: the last picture that the film shows of that one's clip, where the clip
 * is here. By shot id; a clip that cannot be decoded gives none.
 */
export async function takeParentFrames(prompts: readonly Pick<ProjectPrompt, 'id' | 'settings'>[], clips: ClipFinder, folder: string): Promise<Map<string, FrameFile>> {
  const frames = new Map<string, FrameFile>();
  for (const [index, { id, settings }] of prompts.entries()) {
    if (!isLastFrame(settings.startFrame)) continue;
    const { lastFrameOf, atS } = settings.startFrame;
    const clip = await clips.find(lastFrameOf, { check: 'hash' });
    if (!clip) continue;
    const path = join(folder, `parent-${index}.png`);
    const { grabLastFrame } = await import('../media/index.ts');
    try {
      await grabLastFrame(clip.path, atS, path, { maxBytes: Number.POSITIVE_INFINITY, minSidePx: 1 });
    } catch (error) {
      if (!StudioError.is(error)) throw error;
      continue;
    }
    const { width, height } = inspectImage(await readFile(path));
    frames.set(id, { path, width, height });
  }
  return frames;
}
