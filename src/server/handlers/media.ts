import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawPicture } from '../../film/index.ts';
import type { Handlers } from '../call.ts';
import { HttpError } from '../errors.ts';
import { shotOf, takeOf } from '../find.ts';
import { fileTitle } from '../file-title.ts';
import { filmPath, framesFolder } from '../places.ts';
import { widthFor } from '../pictures.ts';
import type { ServerParts } from '../server-parts.ts';
import { drawingKey } from '../views/card-view.ts';

/** Clips, films and pictures. */
export const mediaHandlers = {
  async takeClip({ params, query }, parts) {
    const { path, contentHash, name } = await clipOf(parts, params.takeId);
    return { body: { path }, mediaType: 'video/mp4', etag: contentHash, immutable: isThis(query.v, contentHash), ...(query.download === true ? { downloadAs: `${name}.mp4` } : {}) };
  },
  async takePicture({ params, query }, parts) {
    const clip = await clipOf(parts, params.takeId);
    const width = widthFor(query.width);
    return { body: { bytes: await parts.pictures.ofClip(clip, width) }, mediaType: 'image/jpeg', etag: `${clip.contentHash}-${width}`, immutable: isThis(query.v, clip.contentHash) };
  },
  async shotPicture({ params, query }, { boards, studio, pictures }) {
    const board = await boards.open(params.projectId);
    const { drawings } = board;
    const shot = shotOf(board, params.shotId);
    const width = widthFor(query.width);
    const key = drawingKey(shot, drawings);
    const bytes = await pictures.drawn(`${key} ${width}`, async () => await drawPicture(drawings.make(shot), { inS: shot.inS, outS: shot.outS }, { frameFolders: [framesFolder(studio.home)], widthPx: width }));
    return { body: { bytes }, mediaType: 'image/jpeg', etag: `${key}-${width}` };
  },
  async framePicture({ params }, { studio }) {
    for (const [ending, mediaType] of [['png', 'image/png'], ['jpg', 'image/jpeg']] as const) {
      const bytes = await readFile(join(framesFolder(studio.home), `${params.sha256}.${ending}`)).catch(() => undefined);
      if (bytes) return { body: { bytes }, mediaType, etag: params.sha256, immutable: true };
    }
    throw new HttpError(404, 'FRAME_UNKNOWN', 'There is no such picture here.', { next: 'Plan the film again: its pictures are kept then.' });
  },
  async filmFile({ params, query }, { boards, studio }) {
    const { summary } = await boards.open(params.projectId);
    return { body: { path: filmPath(studio.home, params.projectId) }, mediaType: 'video/mp4', ...(query.download === true ? { downloadAs: `${fileTitle(summary.title)}.mp4` } : {}) };
  },
} satisfies Partial<Handlers>;

async function clipOf(parts: Pick<ServerParts, 'studio' | 'boards'>, takeId: string): Promise<{ path: string; contentHash: string; name: string }> {
  const { take, shot } = await takeOf(parts, takeId);
  const clip = take.generation.state.status === 'completed' ? await parts.studio.cache.find(take.generation.fingerprint) : undefined;
  if (!clip) throw new HttpError(404, 'CLIP_LOST', `The clip of ${shot.name} is not here.`, { next: 'Bring the shot in again: what Kling made is fetched again, free of charge.' });
  return { ...clip, name: `${shot.name}_T${String(take.number).padStart(2, '0')}` };
}

function isThis(version: string | undefined, contentHash: string): boolean {
  return version !== undefined && version.length >= 16 && contentHash.startsWith(version);
}
