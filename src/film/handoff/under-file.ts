import { randomUUID } from 'node:crypto';
import { copyFile, rename, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { FilmSettings } from '../../protocol/shot-settings.ts';
import { fileName } from './folder.ts';
import { perSecond, type FrameRate } from './frame-rate.ts';
import { MEDIA_FOLDER, type TimelineSound } from './timeline.ts';

/**
 * Puts what lies under the film beside the takes. Its name begins with `under_`: it is known by that when it comes back.
 * A kill leaves a file that ends in `.part`, or the earlier copy.
 * @throws StudioError SOUND_UNUSABLE.
 */
export async function copyUnder({ path }: NonNullable<FilmSettings['under']>, folder: string, rate: FrameRate): Promise<TimelineSound> {
  const { probeSoundFile } = await import('../../media/index.ts');
  const { durationS, sampleRate, channels } = await probeSoundFile(path);
  const ending = extname(path);
  const file = `under_${fileName(basename(path, ending))}${ending.toLowerCase()}`;
  const target = join(folder, MEDIA_FOLDER, file);
  const temporary = `${target}.${randomUUID()}.part`;
  try {
    await copyFile(path, temporary);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return { file, path: target, frameCount: Math.max(1, Math.floor(durationS * perSecond(rate) + 1e-6)), sampleRate, channels };
}
