import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Engine } from '../protocol/shot-settings.ts';
import { animaticDigest, keepAnimaticFacts } from './animatic-facts.ts';
import { animaticPath, filmPath, handOffFolder, sheetPath } from './places.ts';
import type { JobEnd } from './jobs.ts';
import type { ServerParts } from './server-parts.ts';
import { fileTitle } from './file-title.ts';

type Parts = Pick<ServerParts, 'studio' | 'boards' | 'log'>;
type Report = (done: number) => void;

/** Cuts the film to its place in the home. */
export async function makeFilmNow({ studio, boards, log }: Parts, projectId: string, how: { partial: boolean; engine: Engine }, signal: AbortSignal, report: Report): Promise<JobEnd> {
  const outputPath = filmPath(studio.home, projectId);
  await mkdir(dirname(outputPath), { recursive: true, mode: 0o700 });
  const film = await studio.film({ projectId, engine: how.engine, outputPath, partial: how.partial, signal, onProgress: report });
  log.publish('cut', { projectId }, projectId);
  await boards.refresh(projectId);
  const notes = [
    ...(film.drawn.length > 0 ? [`Not filmed yet, so drawn: ${film.drawn.join(', ')}.`] : []),
    ...(film.outdated.length > 0 ? [`Shown as it was before its words or settings changed: ${film.outdated.join(', ')}.`] : []),
    ...film.broken.map(({ what, atS }) => `A clip is damaged: its ${what} could not be read beyond ${atS.toFixed(2)} s.`),
  ];
  return { words: `${film.durationS.toFixed(1)} s, ${film.width} × ${film.height}, ${film.method === 'unchanged' ? 'unchanged' : 'cut'}.`, resultUrl: `/api/projects/${projectId}/film`, notes };
}

/** Draws the film. */
export async function makeAnimaticNow({ studio, boards, log }: Parts, projectId: string, sheet: 'a4' | 'letter' | undefined, signal: AbortSignal, report: Report): Promise<JobEnd> {
  const board = await boards.open(projectId);
  const { project, prompts, summary } = board;
  // As it is drawn: what is changed meanwhile makes it an old one.
  const digest = await animaticDigest(board);
  const outputPath = animaticPath(studio.home, projectId);
  await mkdir(dirname(outputPath), { recursive: true, mode: 0o700 });
  const { under } = project.filmSettings;
  const result = await studio.animatic({
    plan: { shots: [...prompts.values()], castAndLook: project.castAndLook, frames: [] },
    title: fileTitle(summary.title),
    outputPath,
    ...(under === undefined ? {} : { under }),
    ...(sheet === undefined ? {} : { sheet: { path: sheetPath(studio.home, projectId), paper: sheet } }),
    signal,
    onProgress: report,
  });
  await keepAnimaticFacts(studio.home, projectId, digest, { ...result, audio: under !== undefined });
  log.publish('cut', { projectId }, projectId);
  return { words: `${result.durationS.toFixed(1)} s, ${result.width} × ${result.height}.`, resultUrl: `/api/projects/${projectId}/animatic`, notes: result.notes };
}

/** Makes the folder for an editor, anew. */
export async function makeHandOffNow({ studio, boards }: Parts, projectId: string, how: { partial: boolean; engine: Engine }, signal: AbortSignal, report: Report): Promise<JobEnd> {
  const { summary } = await boards.open(projectId);
  const folder = handOffFolder(studio.home, projectId);
  // Ours alone: nobody edits in it, so nothing of anybody is lost.
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  const result = await studio.handOff({ projectId, engine: how.engine, name: fileTitle(summary.title), folder, partial: how.partial, signal, onProgress: report });
  return { words: `${result.clips} clips in ${(result.frameCount / result.frameRate).toFixed(1)} s of film.`, resultUrl: `/api/projects/${projectId}/handoff`, notes: result.notes };
}
