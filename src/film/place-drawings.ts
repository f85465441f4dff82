import { drawingOf, type ShotToDraw } from './drawing.ts';
import { findFrameFile } from './frame-files.ts';
import type { PlacedDrawing } from './reel-of-drawings.ts';

/**
 * The shots' drawings with their pictures as files.
 * @returns `absent`: slates of shots that are drawn from their words, because a picture of theirs is not on this machine.
 */
export async function placeDrawings(shots: readonly ShotToDraw[], frameFolders: readonly string[]): Promise<{ placed: PlacedDrawing[]; absent: string[] }> {
  const placed: PlacedDrawing[] = [];
  const absent: string[] = [];
  for (const shot of shots) {
    const { startFrame, endFrame } = shot.settings;
    const files = {
      startFrame: startFrame && (await findFrameFile(frameFolders, startFrame)),
      endFrame: endFrame && (await findFrameFile(frameFolders, endFrame)),
    };
    if ((startFrame && !files.startFrame) || (endFrame && !files.endFrame)) absent.push(shot.name);
    placed.push({ drawing: drawingOf(shot), inS: shot.inS, outS: shot.outS, ...files });
  }
  return { placed, absent };
}
