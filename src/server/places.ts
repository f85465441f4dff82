import { join } from 'node:path';

/** Where the studio keeps what it makes of a film. Ids are ours, so no path leads out of the home. */
function folderOf(home: string, projectId: string): string {
  return join(home, 'films', projectId);
}

export function filmPath(home: string, projectId: string): string {
  return join(folderOf(home, projectId), 'film.mp4');
}

export function animaticPath(home: string, projectId: string): string {
  return join(folderOf(home, projectId), 'animatic.mp4');
}

/** What the animatic was drawn of. */
export function animaticFactsPath(home: string, projectId: string): string {
  return join(folderOf(home, projectId), 'animatic.json');
}

export function sheetPath(home: string, projectId: string): string {
  return join(folderOf(home, projectId), 'storyboard.pdf');
}

export function handOffFolder(home: string, projectId: string): string {
  return join(folderOf(home, projectId), 'handoff');
}

/** Start and end frames, and pictures of the cast, by their content. */
export function framesFolder(home: string): string {
  return join(home, 'frames');
}

/** Where the one file lies that is under the film, by the name it came with. */
export function soundFolder(home: string, projectId: string): string {
  return join(folderOf(home, projectId), 'sound');
}
