import { StudioError } from '../lib/errors.ts';
import { hashFile } from '../lib/hash-file.ts';
import type { FilmSettings } from '../protocol/shot-settings.ts';

/** What lies under a film, as far as it decides the film's bytes. */
export interface UnderRecipe {
  /** SHA-256 of its bytes; `missing` when it can't be read, which no film was cut with. */
  sha256: string;
  gainDb?: number | undefined;
}

/** Reads the file whole: whoever changes the music wants another film. */
export async function underRecipe({ under }: FilmSettings): Promise<UnderRecipe | undefined> {
  return under && { sha256: await hashFile(under.path).catch(() => 'missing'), gainDb: under.gainDb };
}

/** @throws StudioError SOUND_GONE. */
export function throwIfGone({ under }: FilmSettings, recipe: UnderRecipe | undefined): void {
  if (!under || recipe?.sha256 !== 'missing') return;
  throw new StudioError('SOUND_GONE', `What lies under this film cannot be read any more: ${under.path}.`, {
    next: 'Put it back, name another with film SCRIPT --under FILE, or take it away with --under none.',
    detail: { path: under.path },
  });
}
