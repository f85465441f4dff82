import { isLastFrame } from '../protocol/shot-settings.ts';
import type { Drawing } from './drawing.ts';
import { findFrameFile, type FrameFile } from './frame-files.ts';
import { shapeOfDrawing, type PlacedDrawing, type Shape } from './reel-of-drawings.ts';

/**
 * The shots' drawings with their pictures as files. A shot that continues the one before it begins with that one's last
 * picture and has its shape, or `like` where that one is not drawn; `parentFrame` is what it begins with, where that one's
 * clip is here. `lastS`: where the film leaves a shot that is drawn longer, as a clip is.
 * @returns `absent`: slates of shots that are drawn from their words, because a picture of theirs is not on this machine.
 */
export async function placeDrawings(shots: readonly { drawing: Drawing; inS: number; outS?: number | undefined; parentFrame?: FrameFile | undefined; lastS?: number | undefined }[], frameFolders: readonly string[], like?: Shape): Promise<{ placed: PlacedDrawing[]; absent: string[] }> {
  const placed: PlacedDrawing[] = [];
  const absent: string[] = [];
  for (const [index, { drawing, inS, outS, parentFrame }] of shots.entries()) {
    const { startFrame, endFrame } = drawing;
    const files = {
      startFrame: parentFrame ?? (startFrame && (await findFrameFile(frameFolders, startFrame))),
      endFrame: endFrame && (await findFrameFile(frameFolders, endFrame)),
    };
    const continues = isLastFrame(startFrame);
    if ((startFrame && !files.startFrame && !continues) || (endFrame && !files.endFrame)) absent.push(drawing.slate);
    const before = like ?? placed.at(-1)?.shape;
    const parent = placed.at(-1);
    const goesOn = !files.startFrame && parent && parent.drawing.slate === drawing.goesOnFrom ? { ...parent, outS: shots[index - 1]?.lastS ?? parent.outS } : undefined;
    placed.push({ drawing, shape: continues && before ? before : shapeOfDrawing(drawing, files.startFrame), inS, outS, ...files, goesOn });
  }
  return { placed, absent };
}
