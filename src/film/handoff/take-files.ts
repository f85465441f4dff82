import { join } from 'node:path';
import { StudioError } from '../../lib/errors.ts';
import type { ProjectPrompt, Take } from '../../store/index.ts';
import type { CutPiece } from '../cut-plan.ts';
import { shotsOf, shownTake } from '../cut-plan.ts';
import type { FilmClips } from '../make-film.ts';
import { frameRateFrom } from './frame-rate.ts';
import { takeName } from './take-name.ts';
import { timelineShot } from './timeline-of-film.ts';
import { MEDIA_FOLDER, type TimelineMedia } from './timeline.ts';

/** A take that is ready, with its clip in the cache and the file that it becomes. */
export interface TakeFile {
  fingerprint: string;
  contentHash: string;
  cachedPath: string;
  media: TimelineMedia & { take: number };
}

/**
 * Every ready take of the shots. One that is damaged or gone is left out, unless the film shows it.
 * @throws StudioError HANDOFF_CLIP_LOST; MEDIA_UNREADABLE for a clip that the film shows.
 */
export async function findTakeFiles(
  clips: Pick<FilmClips, 'find'>,
  film: { prompts: readonly ProjectPrompt[]; takes: readonly Take[]; pieces: readonly CutPiece[]; folder: string },
  onStep: () => void,
): Promise<TakeFile[]> {
  const { probeVideo } = await import('../../media/index.ts');
  const shown = new Set(shotsOf(film.pieces).flatMap((shot) => shownTake(shot)?.fingerprint ?? []));
  const files: TakeFile[] = [];
  for (const prompt of film.prompts) {
    for (const { number, generation } of film.takes.filter(({ shotId }) => shotId === prompt.id)) {
      onStep();
      const { state, fingerprint } = generation;
      if (state.status !== 'completed') continue;
      const isShown = shown.has(fingerprint);
      const clip = await clips.find(fingerprint, { check: isShown ? 'hash' : 'stat' });
      const name = takeName(prompt.name, number);
      if (!clip && isShown) {
        throw new StudioError('HANDOFF_CLIP_LOST', `The clip of ${name} is no longer in the cache, or is damaged. Nothing was handed off.`, { next: 'directorstudio generate fetches it again, free of charge.' });
      }
      const probe = clip && (await probeVideo(clip.path).catch((error: unknown) => {
        if (isShown) throw error;
        return undefined;
      }));
      if (!clip || !probe) continue;
      const { frameRate, frameCount, width, height, audio } = probe;
      const file = `${name}.mp4`;
      const sound = audio ? { sound: { sampleRate: audio.sampleRate, channels: audio.channels } } : {};
      const media = { shot: timelineShot(prompt), take: number, name, file, path: join(film.folder, MEDIA_FOLDER, file), rate: frameRateFrom(frameRate), frameCount, width, height, ...sound };
      files.push({ fingerprint, contentHash: state.contentHash, cachedPath: clip.path, media });
    }
  }
  return files;
}
