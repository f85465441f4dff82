import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { subtitlesOf, toSrt, toVtt } from '../../film/index.ts';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import { probeSoundFile } from '../../media/index.ts';
import type { FilmSettings } from '../../protocol/shot-settings.ts';
import type { Edit } from '../../store/index.ts';
import { SHORTEST_ON_SCREEN_S } from '../../script/index.ts';
import type { Handlers } from '../call.ts';
import { HttpError } from '../errors.ts';
import { fileTitle } from '../file-title.ts';
import { shotOf } from '../find.ts';
import { animaticPath, handOffFolder, sheetPath, soundFolder } from '../places.ts';
import { makeAnimaticNow, makeFilmNow, makeHandOffNow } from '../render.ts';
import type { ServerParts } from '../server-parts.ts';
import { cutView } from '../views/cut-view.ts';
import { projectDetail } from '../views/project-detail.ts';
import { zipOf } from '../zip-stream.ts';
import { safeFileName } from '../scripts.ts';

/** Clips come out some frames longer than asked for. */
const END_TOLERANCE_S = 0.5;
const SOUND_TYPES: Readonly<Record<string, string>> = { '.wav': 'audio/wav', '.mp3': 'audio/mpeg', '.m4a': 'audio/mp4', '.aac': 'audio/aac', '.ogg': 'audio/ogg', '.opus': 'audio/ogg', '.flac': 'audio/flac' };

/** The cut: order, trims, sound; the film, the animatic and the hand-off as files. */
export const cutHandlers = {
  async getCut({ params }, { studio, boards, watch }) {
    await watch.look({ whole: true });
    return await cutView(studio, await boards.open(params.projectId));
  },
  async changeCut({ params, body }, parts) {
    const board = await parts.boards.open(params.projectId);
    for (const part of body.parts) {
      if ('blackS' in part) continue;
      const { name, settings } = shotOf(board, part.shotId);
      const { inS, outS = settings.durationS } = part;
      if (inS >= settings.durationS || outS > settings.durationS + END_TOLERANCE_S || outS - inS < SHORTEST_ON_SCREEN_S) {
        throw new HttpError(422, 'EDIT_TRIM_INVALID', `${name} cannot be shown from ${inS} to ${outS} s: its clip has ${settings.durationS} s.`, { next: 'Let the part be a picture long at least, and end with the clip at the latest. Nothing was changed.' });
      }
    }
    const used = new Set(body.parts.flatMap((part) => ('shotId' in part ? [part.shotId] : [])));
    if (used.size === 0) throw new HttpError(422, 'EDIT_EMPTY', 'A film needs a shot.', { next: 'Leave one in.' });
    const edit: Omit<Edit, 'readAtMs'> = { source: 'the page', parts: body.parts.map((part) => ('blackS' in part ? part : { shotId: part.shotId, inS: part.inS, ...(part.outS === undefined ? {} : { outS: part.outS }) })), leftOut: [...board.prompts.keys()].filter((id) => !used.has(id)) };
    await parts.studio.store.edits.save(params.projectId, edit);
    return await changedCut(parts, params.projectId);
  },
  async resetCut({ params }, parts) {
    await parts.boards.open(params.projectId);
    await parts.studio.store.edits.remove(params.projectId);
    return await changedCut(parts, params.projectId);
  },
  async readCut({ params, query, body }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    const { notes, selections } = await parts.studio.readEdit({ projectId: project.id, engine: project.engine, file: { name: safeFileName(query.name), bytes: body } });
    const cut = await changedCut(parts, project.id);
    return { notes: [...notes], selections: selections.map(({ slate, take }) => ({ slate, take })), cut };
  },
  async setSound({ params, query, body }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    const ending = extname(query.name).toLowerCase();
    if (!(ending in SOUND_TYPES)) throw new HttpError(422, 'SOUND_UNUSABLE', `${JSON.stringify(query.name.slice(0, 80))} is no sound file that can be used.`, { next: `Choose one of ${Object.keys(SOUND_TYPES).join(', ')}.` });
    const folder = soundFolder(parts.studio.home, project.id);
    // Looked at before the one that is there goes: what cannot be played takes nothing away.
    const candidate = join(`${folder}.new`, safeFileName(query.name));
    const path = join(folder, safeFileName(query.name));
    try {
      await writeFileAtomic(candidate, body, { mode: 0o600 });
      await probeSoundFile(candidate);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(candidate, path);
    } finally {
      await rm(`${folder}.new`, { recursive: true, force: true });
    }
    await parts.studio.store.projects.updateProject(project.id, { filmSettings: { ...project.filmSettings, under: { path, ...(query.gainDb === undefined ? {} : { gainDb: query.gainDb }) } } });
    return await changedSound(parts, project.id);
  },
  async changeSound({ params, body }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    const { path } = underOf(project.filmSettings);
    await parts.studio.store.projects.updateProject(project.id, { filmSettings: { ...project.filmSettings, under: { path, ...(body.gainDb === null ? {} : { gainDb: body.gainDb }) } } });
    return await changedSound(parts, project.id);
  },
  async soundFile({ params }, { boards }) {
    const { path } = underOf((await boards.open(params.projectId)).project.filmSettings);
    return { body: { path }, mediaType: SOUND_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream' };
  },
  async removeSound({ params }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    const { under: _, ...filmSettings } = project.filmSettings;
    await parts.studio.store.projects.updateProject(project.id, { filmSettings });
    return await changedSound(parts, project.id);
  },
  async makeFilm({ params, body }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    const engine = body.sandbox === true ? 'sandbox' : project.engine;
    return parts.jobs.start({ kind: 'film', projectId: project.id, engine, work: async (signal, report) => await makeFilmNow(parts, project.id, { partial: body.partial === true, engine }, signal, report) });
  },
  async makeAnimatic({ params, body }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    return parts.jobs.start({ kind: 'animatic', projectId: project.id, work: async (signal, report) => await makeAnimaticNow(parts, project.id, body.sheet, signal, report) });
  },
  async makeHandOff({ params, body }, parts) {
    const { project } = await parts.boards.open(params.projectId);
    const engine = body.sandbox === true ? 'sandbox' : project.engine;
    return parts.jobs.start({ kind: 'handoff', projectId: project.id, engine, work: async (signal, report) => await makeHandOffNow(parts, project.id, { partial: body.partial === true, engine }, signal, report) });
  },
  async animaticFile({ params, query }, { studio, boards }) {
    const { summary } = await boards.open(params.projectId);
    return { body: { path: animaticPath(studio.home, params.projectId) }, mediaType: 'video/mp4', ...(query.download === true ? { downloadAs: `${fileTitle(summary.title)}.animatic.mp4` } : {}) };
  },
  async sheetFile({ params, query }, { studio, boards }) {
    const { summary } = await boards.open(params.projectId);
    return { body: { path: sheetPath(studio.home, params.projectId) }, mediaType: 'application/pdf', ...(query.download === true ? { downloadAs: `${fileTitle(summary.title)}.storyboard.pdf` } : {}) };
  },
  async handOffFile({ params }, { studio, boards }) {
    const { summary } = await boards.open(params.projectId);
    const folder = handOffFolder(studio.home, params.projectId);
    const title = fileTitle(summary.title);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile());
    if (files.length === 0) throw new HttpError(404, 'HANDOFF_NOT_MADE', 'The hand-off of this film was not made yet.', { next: 'Make it: POST to the same address.' });
    const entries = files.map((entry) => ({ path: join(entry.parentPath, entry.name), name: `${title}.handoff/${join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/')}` }));
    return { body: { stream: await zipOf(entries) }, mediaType: 'application/zip', downloadAs: `${title}.handoff.zip` };
  },
  async clipsFile({ params }, { studio, boards }) {
    const { summary, prompts, project } = await boards.open(params.projectId);
    const takes = await studio.store.takes.list([...prompts.keys()], project.engine);
    const entries = [];
    for (const { shotId, number, generation } of takes) {
      const clip = generation.state.status === 'completed' ? await studio.cache.find(generation.fingerprint) : undefined;
      if (clip) entries.push({ path: clip.path, name: `${prompts.get(shotId)?.name ?? shotId}_T${String(number).padStart(2, '0')}.mp4` });
    }
    if (entries.length === 0) throw new HttpError(404, 'FILM_EMPTY', 'No shot of this film has a clip yet.', { next: 'Make some first.' });
    return { body: { stream: await zipOf(entries) }, mediaType: 'application/zip', downloadAs: `${fileTitle(summary.title)}.clips.zip` };
  },
  async subtitlesFile({ params }, { studio, boards }) {
    const board = await boards.open(params.projectId);
    const { parts } = await cutView(studio, board);
    const subtitles = subtitlesOf(parts.map((part) => ({ line: 'line' in part ? part.line : undefined, startS: part.startS, endS: part.endS })));
    const [text, mediaType] = params.format === 'srt' ? [toSrt(subtitles), 'application/x-subrip; charset=utf-8'] : [toVtt(subtitles), 'text/vtt; charset=utf-8'];
    return { body: { bytes: Buffer.from(text) }, mediaType, downloadAs: `${fileTitle(board.summary.title)}.${params.format}` };
  },
} satisfies Partial<Handlers>;

/** @throws HttpError SOUND_NONE. */
function underOf({ under }: FilmSettings): NonNullable<FilmSettings['under']> {
  if (!under) throw new HttpError(404, 'SOUND_NONE', 'Nothing lies under this film.', { next: 'Choose a voice or music first.' });
  return under;
}

async function changedCut(parts: ServerParts, projectId: string) {
  await parts.boards.refresh(projectId);
  parts.log.publish('cut', { projectId }, projectId);
  return await cutView(parts.studio, await parts.boards.open(projectId));
}

async function changedSound(parts: ServerParts, projectId: string) {
  await parts.boards.refresh(projectId);
  parts.log.publish('cut', { projectId }, projectId);
  return await projectDetail(parts, projectId);
}
