import { IMAGE_MAX_BYTES, IMAGE_MIN_SIDE } from '../kling/index.ts';

/** Reads a clip through; throws when it does not play. The codecs are loaded with the first clip: a run that fetches nothing starts faster. */
export async function probeClip(path: string): Promise<{ durationS: number }> {
  const { probeVideo } = await import('../media/index.ts');
  return await probeVideo(path);
}

/** Writes the last frame of a clip, or the last before a time, as a picture. */
export async function grabLastFrame(clipPath: string, outS: number | undefined, picturePath: string): Promise<void> {
  const media = await import('../media/index.ts');
  await media.grabLastFrame(clipPath, outS, picturePath, { maxBytes: IMAGE_MAX_BYTES, minSidePx: IMAGE_MIN_SIDE });
}
