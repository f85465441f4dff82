import { join, resolve } from 'node:path';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import { StudioError } from '../../lib/errors.ts';
import type { Engine } from '../../protocol/shot-settings.ts';
import type { ProjectPrompt, Store, Take } from '../../store/index.ts';
import { missingShots, planCut, shotsOf, shotsToDraw, shownTake, type CutPiece, type CutShot } from '../cut-plan.ts';
import type { FilmClips } from '../make-film.ts';
import { missingAdvice } from '../missing-advice.ts';
import { renderStandIns } from '../stand-ins.ts';
import { subtitlesOf, toSrt, toVtt } from '../subtitles.ts';
import { asFolderError, fileName, prepareFolder, refuseToReplace } from './folder.ts';
import { frameRateFrom, perSecond, sameRate, secondsOf } from './frame-rate.ts';
import { writePictures } from './pictures.ts';
import { findTakeFiles, type TakeFile } from './take-files.ts';
import { takeName } from './take-name.ts';
import { copyUnder } from './under-file.ts';
import { timelineOfFilm, timelineShot } from './timeline-of-film.ts';
import { clipsOf, lengthOf, MEDIA_FOLDER, type Timeline, type TimelineMedia } from './timeline.ts';
import { writeEdl } from './write-edl.ts';
import { writeFcpxml } from './write-fcpxml.ts';
import { writeOtio } from './write-otio.ts';
import { writeXmeml } from './write-xmeml.ts';

export interface HandOffRequest {
  projectId: string;
  engine: Engine;
  /** The film's title: in the timelines, and as their files' name. */
  name: string;
  /** Made when missing; what is in it under the same names is replaced, but never a clip by another one. */
  folder: string;
  /** Hand off also when shots are missing: with another take that is ready, else with a drawing as long as the clip will be. */
  partial: boolean;
  /** 0 to 1. */
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

export interface HandOffResult {
  folder: string;
  /** The timelines and subtitles. */
  files: string[];
  sheets: string[];
  /** Parts in the film. */
  clips: number;
  /** Takes as files, also those that the film does not show. */
  takes: number;
  thumbnails: number;
  frameCount: number;
  frameRate: number;
  /** Shots whose selected take is not ready. */
  missing: string[];
  /** Those of them that are there as drawings. */
  drawn: string[];
  notes: string[];
}

/** Editors number three digits. */
const EDL_EVENTS = 999;

/**
 * Writes a folder that an editor opens: timelines in four formats, every ready take as a file, subtitles, pictures. Nothing
 * is made and nothing is spent. A kill leaves media without timelines, or timelines that find their media.
 * @throws StudioError FILM_EMPTY, HANDOFF_INCOMPLETE (shots without a ready take, and not `partial`), HANDOFF_CLIP_LOST,
 * HANDOFF_FOLDER_TAKEN, HANDOFF_NOT_WRITABLE, HANDOFF_WOULD_REPLACE, SOUND_UNUSABLE, DISK_FULL, and what reading clips throws.
 */
export async function makeHandOff(store: Store, clips: FilmClips, prompts: readonly ProjectPrompt[], request: HandOffRequest, framesFolder: string): Promise<HandOffResult> {
  const { projectId, engine, signal } = request;
  const folder = resolve(request.folder);
  const takes = await store.takes.list(prompts.map(({ id }) => id), engine);
  const { castAndLook, filmSettings } = await store.projects.getProject(projectId);
  const pieces = planCut({ prompts, takes, edit: await store.edits.find(projectId), cast: castAndLook.cast });
  const missing = requireClips(pieces, { prompts, takes }, request.partial);

  // A take is looked at, and has its picture taken; a part has its picture taken.
  const steps = 2 * takes.length + shotsOf(pieces).length + missing.length;
  let done = 0;
  const onStep = () => {
    signal?.throwIfAborted();
    done += 1;
    request.onProgress?.(Math.min(1, done / Math.max(1, steps)));
  };
  const files = await findTakeFiles(clips, { prompts, takes, pieces, folder }, onStep);
  await prepareFolder(folder);
  await refuseToReplace(folder, files, signal);
  try {
    for (const { fingerprint, media } of files) {
      signal?.throwIfAborted();
      await clips.linkTo(fingerprint, media.path);
    }
    const drawings = await writeDrawings(pieces, files, { clips, folder, framesFolder, signal });
    for (const _ of drawings) onStep();
    const pictured = timelineOf(request.name, pieces, files, drawings);
    const under = filmSettings.under && (await copyUnder(filmSettings.under, folder, pictured.rate));
    const timeline: Timeline = { ...pictured, ...(under && { under }) };
    // Before the timelines: whatever comes back is known by the names that went out.
    await store.edits.saveHandOff(projectId, { slates: Object.fromEntries(prompts.map(({ name, id }) => [name, id])), frameRate: perSecond(timeline.rate) });
    const written = await writeTimelines(timeline, folder);
    const pictures = await writePictures(timeline, folder, { onStep, signal });
    return {
      folder,
      files: written,
      sheets: pictures.sheets,
      clips: clipsOf(timeline).length,
      takes: files.length,
      thumbnails: pictures.thumbnails,
      frameCount: lengthOf(timeline),
      frameRate: perSecond(timeline.rate),
      missing,
      drawn: shotsToDraw(pieces).map(({ prompt }) => prompt.name),
      notes: [...notesOn(timeline), ...pictures.notes],
    };
  } catch (error) {
    throw asFolderError(error, folder);
  }
}

/** @returns slates of the shots without a clip. */
function requireClips(pieces: readonly CutPiece[], film: { prompts: readonly ProjectPrompt[]; takes: readonly Take[] }, partial: boolean): string[] {
  const missing = missingShots(pieces);
  if (!partial && shotsOf(pieces).every(({ take }) => take === undefined)) throw new StudioError('FILM_EMPTY', 'No shot of this film has a clip yet.', { next: 'directorstudio generate makes them; --partial hands off drawings.' });
  if (missing.length > 0 && !partial) {
    throw new StudioError('HANDOFF_INCOMPLETE', `${missing.length === 1 ? '1 shot of the film has' : `${missing.length} shots of the film have`} no clip: ${missing.join(', ')}. Nothing was handed off.`, {
      next: missingAdvice(missing, film.prompts, film.takes, 'hand off with drawings in their place: --partial.'),
      detail: { missing },
    });
  }
  return missing;
}

/** By shot. A drawing has the shape of the film's first clip. */
async function writeDrawings(pieces: readonly CutPiece[], files: readonly TakeFile[], place: { clips: FilmClips; folder: string; framesFolder: string; signal: AbortSignal | undefined }): Promise<Map<string, TimelineMedia>> {
  const shots = shotsToDraw(pieces);
  const drawings = new Map<string, TimelineMedia>();
  if (shots.length === 0) return drawings;
  const { probeVideo } = await import('../../media/index.ts');
  const fileOf = (slate: string) => `${takeName(slate, undefined)}.mp4`;
  const like = firstClip(pieces, files);
  const paths = await renderStandIns({
    shots,
    clips: place.clips,
    framesFolder: place.framesFolder,
    like: like && { ...like, frameRate: perSecond(like.rate) },
    pathOf: ({ name }) => join(place.folder, MEDIA_FOLDER, fileOf(name)),
    signal: place.signal,
  });
  for (const { prompt } of shots) {
    const path = paths.get(prompt.id);
    if (path === undefined) continue;
    const { frameRate, frameCount, width, height } = await probeVideo(path);
    drawings.set(prompt.id, { shot: timelineShot(prompt), name: takeName(prompt.name, undefined), file: fileOf(prompt.name), path, rate: frameRateFrom(frameRate), frameCount, width, height });
  }
  return drawings;
}

function firstClip(pieces: readonly CutPiece[], files: readonly TakeFile[]): TimelineMedia | undefined {
  const fingerprint = shotsOf(pieces).flatMap((shot) => shownTake(shot)?.fingerprint ?? [])[0];
  return files.find((file) => file.fingerprint === fingerprint)?.media;
}

function timelineOf(name: string, pieces: readonly CutPiece[], files: readonly TakeFile[], drawings: ReadonlyMap<string, TimelineMedia>): Timeline {
  const byTake = new Map(files.map(({ media }) => [`${media.shot.id} ${media.take}`, media]));
  const mediaOf = (shot: CutShot): TimelineMedia => {
    const { prompt } = shot;
    const take = shownTake(shot);
    const found = take ? byTake.get(`${prompt.id} ${take.number}`) : drawings.get(prompt.id);
    if (!found) throw new StudioError('HANDOFF_CLIP_LOST', `The clip of ${prompt.name} cannot be read. Nothing was handed off.`, { next: 'directorstudio generate fetches it again, free of charge.' });
    return found;
  };
  return timelineOfFilm({ name, pieces, mediaOf, media: [...files.map(({ media }) => media), ...drawings.values()] });
}

async function writeTimelines(timeline: Timeline, folder: string): Promise<string[]> {
  const subtitles = subtitlesOf(spokenShots(timeline));
  const contents: Record<string, string> = {
    otio: writeOtio(timeline),
    fcpxml: writeFcpxml(timeline),
    edl: writeEdl(timeline),
    xml: writeXmeml(timeline),
    ...(subtitles.length > 0 ? { srt: toSrt(subtitles), vtt: toVtt(subtitles) } : {}),
  };
  const written: string[] = [];
  for (const [ending, content] of Object.entries(contents)) {
    const path = join(folder, `${fileName(timeline.name)}.${ending}`);
    await writeFileAtomic(path, content);
    written.push(path);
  }
  return written;
}

/** A shot that is there twice speaks the first time. */
function spokenShots(timeline: Timeline): { line?: string; startS: number; endS: number }[] {
  const heard = new Set<string>();
  return clipsOf(timeline).flatMap(({ shot, firstFrame, frameCount }) => {
    if (shot.line === undefined || heard.has(shot.id)) return [];
    heard.add(shot.id);
    return [{ line: shot.line, startS: secondsOf(firstFrame, timeline.rate), endS: secondsOf(firstFrame + frameCount, timeline.rate) }];
  });
}

function notesOn(timeline: Timeline): string[] {
  const rate = perSecond(timeline.rate);
  const others = [...new Set(clipsOf(timeline).flatMap(({ media }) => (sameRate(media.rate, timeline.rate) ? [] : [`${media.name} (${shortRate(perSecond(media.rate))})`])))];
  const events = timeline.items.length;
  return [
    ...(others.length > 0 ? [`These clips have another rate than the film's ${shortRate(rate)} frames a second; they play at their own speed, and each cut lies on the film's nearest frame: ${others.join(', ')}.`] : []),
    ...(events > EDL_EVENTS ? [`The EDL has ${events} events; some programs read only ${EDL_EVENTS}. The other formats have no such limit.`] : []),
  ];
}

function shortRate(rate: number): string {
  return String(Math.round(rate * 1000) / 1000);
}
