import { keepPicture, keptFrame, readStored, type ShotChange } from '../../project/index.ts';
import type { ReadCall } from '../../protocol/api/index.ts';
import type { Frame } from '../../protocol/shot-settings.ts';
import type { Handlers } from '../call.ts';
import { HttpError } from '../errors.ts';
import { shotOf } from '../find.ts';
import { framesFolder } from '../places.ts';
import { safeFileName } from '../scripts.ts';
import type { ServerParts } from '../server-parts.ts';
import { planChange, saveChange, type PlannedChange } from '../shot-changes.ts';
import { drawingUrl } from '../views/card-view.ts';
import { shotView } from '../views/shot-view.ts';

/** Shots changed beside their script, and the pictures for them. */
export const changeHandlers = {
  async changeShot({ params, body }, parts) {
    const plan = await planChange(parts.studio, params.projectId, [params.shotId], await changeOf(parts, body));
    await saveChange(parts.studio, plan);
    await told(parts, params.projectId);
    const board = await parts.boards.open(params.projectId);
    const [shot = shotOf(board, params.shotId)] = await readStored([shotOf(board, params.shotId)]);
    return { anew: plan.anew, forecast: plan.forecast, shot: shotView(shot, { pictureUrl: drawingUrl(shot, board.drawings) }) };
  },
  async priceShot({ params, body }, parts) {
    const { anew, forecast, changed } = await planChange(parts.studio, params.projectId, [params.shotId], await changeOf(parts, body));
    const shot = changed.prompts.find(({ id }) => id === params.shotId);
    if (!shot) throw new HttpError(404, 'SHOT_UNKNOWN', 'This film has no such shot.', { next: 'Ask for the shots again.' });
    const [read = shot] = await readStored([shot]);
    return { anew, forecast, shot: shotView(read) };
  },
  async changeShots({ params, body }, parts) {
    const { shotIds, ...change } = body;
    const plan = await planChange(parts.studio, params.projectId, shotIds, change);
    await saveChange(parts.studio, plan);
    await told(parts, params.projectId);
    return ofMany(plan);
  },
  async priceShots({ params, body }, parts) {
    const { shotIds, ...change } = body;
    return ofMany(await planChange(parts.studio, params.projectId, shotIds, change));
  },
  async keepFrame({ params, query, body }, { studio, boards }) {
    await boards.open(params.projectId);
    const { sha256, format, name } = await keepPicture(framesFolder(studio.home), { name: safeFileName(query.name ?? 'picture'), bytes: body });
    return { sha256, format, name, url: `/api/frames/${sha256}` };
  },
} satisfies Partial<Handlers>;

function ofMany({ changed, anew, forecast }: PlannedChange) {
  return { changed: changed.changes.length, errors: changed.errors, anew, forecast };
}

async function changeOf({ studio }: ServerParts, { startFrame, endFrame, ...change }: ReadCall<'changeShot'>['body']): Promise<ShotChange> {
  return { ...change, startFrame: await frameOf(studio.home, startFrame), endFrame: await frameOf(studio.home, endFrame) };
}

type FrameChoice = ReadCall<'changeShot'>['body']['startFrame'];

async function frameOf(home: string, choice: FrameChoice): Promise<Frame | null | undefined> {
  if (choice == null) return choice;
  if ('continues' in choice) return { lastFrameOf: 'previous' };
  return 'url' in choice ? choice : await keptFrame(framesFolder(home), choice);
}

async function told({ boards, log }: ServerParts, projectId: string): Promise<void> {
  await boards.refresh(projectId);
  log.publish('plan', { projectId }, projectId);
}
