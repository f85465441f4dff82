import { StudioError } from '../lib/errors.ts';
import type { ProjectOption } from './film-options.ts';

/**
 * The options of a word that is about a film, with the film that stands behind it: its script or its name.
 * @throws StudioError USAGE when another one is named with --project.
 */
export function ofFilm<Options extends ProjectOption>(options: Options, film: string | undefined): Options {
  if (film === undefined) return options;
  if (options.project !== undefined && options.project !== film) {
    throw new StudioError('USAGE', `Two films are named: ${film}, and ${options.project} with --project.`, { next: 'Name one of them.' });
  }
  return { ...options, project: film };
}
