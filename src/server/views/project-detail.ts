import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { cutDigest, planCut, underRecipe } from '../../film/index.ts';
import type { ProjectDetail } from '../../protocol/api/index.ts';
import { animaticFile } from '../animatic-facts.ts';
import type { Board } from '../boards.ts';
import { filmPath } from '../places.ts';
import type { ServerParts } from '../server-parts.ts';

/** A film with its files and settings. @throws StudioError PROJECT_UNKNOWN. */
export async function projectDetail(parts: Pick<ServerParts, 'boards' | 'studio'>, projectId: string): Promise<ProjectDetail> {
  const board = await parts.boards.open(projectId);
  const { under, ...filmSettings } = board.project.filmSettings;
  const edit = await parts.studio.store.edits.find(projectId);
  const film = await filmFile(parts.studio, board);
  const animatic = await animaticFile(parts.studio.home, board);
  return {
    ...board.summary,
    filmSettings,
    ...(edit ? { editedBy: edit.source } : {}),
    ...(film ? { film } : {}),
    ...(animatic ? { animatic } : {}),
    ...(under ? { sound: await soundOf(projectId, under) } : {}),
  };
}

/** Its address names its content, as far as the time of the last change tells. */
async function soundOf(projectId: string, { path, gainDb }: { path: string; gainDb?: number | undefined }): Promise<NonNullable<ProjectDetail['sound']>> {
  const file = await stat(path).catch(() => undefined);
  return { fileName: basename(path), ...(gainDb === undefined ? {} : { gainDb }), url: `/api/projects/${projectId}/sound?v=${Math.round(file?.mtimeMs ?? 0)}` };
}

async function filmFile(studio: ServerParts['studio'], { project, prompts }: Board): Promise<ProjectDetail['film']> {
  const path = filmPath(studio.home, project.id);
  const file = await stat(path).catch(() => undefined);
  const record = file?.isFile() ? await studio.store.films.find(path) : undefined;
  if (!file || !record) return undefined;
  const shots = [...prompts.values()];
  const takes = await studio.store.takes.list(shots.map(({ id }) => id), project.engine);
  const digest = cutDigest(planCut({ prompts: shots, takes, edit: await studio.store.edits.find(project.id), cast: project.castAndLook.cast }), await underRecipe(project.filmSettings));
  const { durationS, width, height, frameRate, audio } = record.facts;
  return {
    url: `/api/projects/${project.id}/film?v=${Math.round(file.mtimeMs)}`,
    state: record.planDigest === digest ? 'current' : 'outOfDate',
    durationS,
    width,
    height,
    frameRate,
    audio,
    sizeBytes: file.size,
    madeAt: new Date(file.mtimeMs).toISOString(),
  };
}

