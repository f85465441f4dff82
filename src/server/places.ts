import { join } from 'node:path';

/** Where the studio keeps what it makes of a film. Ids are ours, so no path leads out of the home. */
export function filmPath(home: string, projectId: string): string {
  return join(home, 'films', projectId, 'film.mp4');
}
