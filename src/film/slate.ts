import { frameCountOf, frameRateOf, modelNamed } from '../kling/index.ts';
import type { VideoProbe } from '../media/index.ts';
import type { ShotSettings } from '../protocol/shot-settings.ts';
import type { ProjectPrompt } from '../store/index.ts';

/** Writes a slate that stands in for a shot without a clip: as long as its clip will be, in the shape of another one. */
export async function renderSlate({ name, settings }: Pick<ProjectPrompt, 'name' | 'settings'>, like: Pick<VideoProbe, 'width' | 'height' | 'frameRate'>, path: string): Promise<void> {
  const { renderClip } = await import('../media/index.ts');
  await renderClip(
    {
      width: like.width,
      height: like.height,
      frameRate: like.frameRate,
      frameCount: Math.round(clipLengthS(settings) * like.frameRate),
      prompt: settings.prompt,
      heading: `${name} is not filmed yet`,
      stamp: 'SLATE, not filmed',
      variant: 0,
      sound: false,
    },
    path,
  );
}

/** How long Kling's clip will be: a frame more than was asked for, so that the film keeps its length once it is filmed. */
function clipLengthS({ model, kind, mode, durationS }: ShotSettings): number {
  const entry = modelNamed(model);
  return entry ? frameCountOf(entry, kind, mode, durationS) / frameRateOf(entry, kind, mode) : durationS;
}
