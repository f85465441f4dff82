import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StudioError } from '../lib/errors.ts';
import type { BrokenClip, CutPart, CutReport } from '../media/index.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import type { FilmFacts, FilmRecord, ProjectPrompt, Store, Take } from '../store/index.ts';
import { clipsFolderOf } from './clips-folder.ts';
import { cutOrder } from './cut-order.ts';
import { cutDigest, missingShots, outdatedShots, planCut, shotsOf, shotsToDraw, shownTake, type CutPiece } from './cut-plan.ts';
import { missingAdvice } from './missing-advice.ts';
import { findSameFilmFile, readFilmFile, type FilmFile } from './film-file.ts';
import { renderStandIns, type StandInRequest } from './stand-ins.ts';
import { throwIfGone, underRecipe } from './under.ts';

/** The clips of the cache, as far as a film needs them. */
export interface FilmClips {
  find(fingerprint: string, options?: { check?: 'stat' | 'hash' }): Promise<{ path: string } | undefined>;
  linkTo(fingerprint: string, targetPath: string): Promise<unknown>;
}

/** Of the time, where shots are drawn: drawing takes longer than cutting. */
const DRAW_SHARE = 0.7;

export interface FilmRequest {
  projectId: string;
  engine: Engine;
  /** Where the film goes; its folder must exist. */
  outputPath: string;
  /** Cut also when shots are missing: with another take that is ready, else with a drawing as long as the clip will be. */
  partial: boolean;
  /** 0 to 1. */
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

export interface FilmResult extends FilmFacts {
  path: string;
  /** `unchanged`: the film was there and right, nothing was cut. */
  method: CutReport['method'] | 'unchanged';
  /** Frames that were decoded and encoded again; the others are the clips' own, bit for bit. Absent when nothing was cut. */
  encodedFrames?: number;
  /** Clips that could not be decoded to their end: their last good frame, or silence, stands from there on. */
  broken: BrokenClip[];
  /** Shots whose selected take is not ready. */
  missing: string[];
  /** Those of them that are shown as drawings; the others show another take. */
  drawn: string[];
  /** Shots that show a take of other words or settings than they have now. */
  outdated: string[];
  /** The file whose order and trims the film has; absent: the script's. */
  editedBy?: string;
  /** The file that lies under it. */
  under?: string;
  /** The finished clips as files, named by slate and take. */
  clipsFolder: string;
}

/**
 * Cuts the selected takes of a project's shots into one MP4, in the order and with the trims of its edit, else of its
 * script. With `partial` it can always be played: a shot without a clip is drawn, from `framesFolder` where it has a start
 * frame. The film is replaced whole: until the last moment the old one is there, and a failed cut leaves it.
 * @param prompts the film's shots in order, each that continues another with the clip it starts from.
 * @throws StudioError FILM_EMPTY, FILM_INCOMPLETE (shots without a ready take, and not `partial`), SOUND_GONE, CLIP_LOST (a clip went
 * away since; `generate` fetches it again), and what cutting throws; the signal's reason unchanged.
 */
export async function makeFilm(store: Store, clips: FilmClips, prompts: readonly ProjectPrompt[], request: FilmRequest, framesFolder: string): Promise<FilmResult> {
  const takes = await store.takes.list(prompts.map(({ id }) => id), request.engine);
  const edit = await store.edits.find(request.projectId);
  const { castAndLook } = await store.projects.getProject(request.projectId);
  const pieces = planCut({ prompts, takes, edit, cast: castAndLook.cast });
  const shots = shotsOf(pieces);
  const missing = missingShots(pieces);
  if (!request.partial && shots.every(({ take }) => take === undefined)) throw new StudioError('FILM_EMPTY', 'No shot of this film has a clip yet.', { next: 'directorstudio generate makes them; --partial cuts a film of drawings.' });
  if (missing.length > 0 && !request.partial) {
    throw new StudioError('FILM_INCOMPLETE', `${missing.length} of ${new Set(shots.map(({ prompt }) => prompt.id)).size} shots have no clip: ${missing.join(', ')}. No film was cut.`, {
      next: missingAdvice(missing, prompts, takes, 'cut with drawings for them: --partial.'),
      detail: { missing },
    });
  }

  const path = resolve(request.outputPath);
  const clipsFolder = clipsFolderOf(path);
  const { filmSettings } = await store.projects.getProject(request.projectId);
  const recipe = await underRecipe(filmSettings);
  throwIfGone(filmSettings, recipe);
  const planDigest = cutDigest(pieces, recipe);
  const toDraw = shotsToDraw(pieces);
  const common = { path, missing, drawn: toDraw.map(({ prompt }) => prompt.name), outdated: outdatedShots(pieces), clipsFolder, ...(filmSettings.under && { under: filmSettings.under.path }), ...(edit && cutOrder(prompts, edit).edited ? { editedBy: edit.source } : {}) };
  const unchanged = await findUnchanged(store, path, planDigest, request.signal);
  if (unchanged) {
    await putClipsBeside(clips, clipsFolder, prompts, takes);
    return { ...common, method: 'unchanged', broken: [], ...unchanged };
  }

  // Loaded only to cut: a film that is unchanged is said to be so at once.
  const { cutClips } = await import('../media/index.ts');
  const work = await mkdtemp(join(tmpdir(), 'directorstudio-drawings-'));
  try {
    const drawShare = toDraw.length === 0 ? 0 : DRAW_SHARE;
    const onProgress = (from: number, share: number) => (done: number) => request.onProgress?.(from + done * share);
    const drawings = { shots: toDraw, framesFolder, signal: request.signal, onProgress: onProgress(0, drawShare) };
    const parts = await clipParts(pieces, clips, work, drawings);
    await putClipsBeside(clips, clipsFolder, prompts, takes);
    const report = await cutClips(parts, path, {
      onProgress: onProgress(drawShare, 1 - drawShare),
      ...(request.signal ? { signal: request.signal } : {}),
      ...(filmSettings.under && { under: filmSettings.under }),
    });
    const { method, encodedFrames, broken, frameCount, durationS, width, height, frameRate, audio } = report;
    const facts = { frameCount, durationS, width, height, frameRate, audio };
    // The film is there: stopping now must not hide that. What is not read is cut again next time.
    const file = await readFilmFile(path);
    if (file) await writeDown(store, { path: await realpath(path), projectId: request.projectId, planDigest, facts }, file);
    return { ...common, method, encodedFrames, broken, ...facts };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Every ready take of every shot as a file of its own, so that people can look at all of them and choose. */
async function putClipsBeside(clips: FilmClips, folder: string, prompts: readonly ProjectPrompt[], takes: readonly Take[]): Promise<void> {
  const names = new Map(prompts.map(({ id, name }) => [id, name]));
  for (const { shotId, number, generation } of takes) {
    // One that is gone from the cache is missed where the film needs it; elsewhere that is no reason not to cut.
    if (generation.state.status !== 'completed' || !(await clips.find(generation.fingerprint))) continue;
    await clips.linkTo(generation.fingerprint, join(folder, `${names.get(shotId) ?? shotId}_T${String(number).padStart(2, '0')}.mp4`));
  }
}

/** Facts of a film with the file they were true of. Without it (an earlier version wrote them) the film is cut again. */
type KnownFacts = FilmFacts & { file?: FilmFile };

async function writeDown(store: Store, film: Pick<FilmRecord, 'path' | 'projectId' | 'planDigest' | 'facts'>, file: FilmFile): Promise<void> {
  const facts: KnownFacts = { ...film.facts, file };
  await store.films.save({ ...film, facts, sizeBytes: file.sizeBytes, mtimeMs: file.mtimeMs });
}

/** The very film that this plan was cut to lies there, with the bytes it was written with. */
async function findUnchanged(store: Store, path: string, planDigest: string, signal: AbortSignal | undefined): Promise<FilmFacts | undefined> {
  const real = await realpath(path).catch(() => undefined);
  const record = real === undefined ? undefined : await store.films.find(real);
  if (real === undefined || record?.planDigest !== planDigest) return undefined;
  const { file: known, ...facts }: KnownFacts = record.facts;
  const file = known && (await findSameFilmFile(real, known, signal));
  if (!file) return undefined;
  // Read once for its new date or place, and not again next time.
  if (file !== known) await writeDown(store, { ...record, facts }, file);
  return facts;
}

async function clipParts(pieces: readonly CutPiece[], clips: FilmClips, work: string, drawings: Omit<StandInRequest, 'like' | 'pathOf' | 'clips'>): Promise<CutPart[]> {
  const files = new Map<string, string>();
  for (const shot of shotsOf(pieces)) {
    const take = shownTake(shot);
    if (!take || files.has(take.fingerprint)) continue;
    // Read whole before it is used: a clip that was damaged on the disk must not get into a film.
    const clip = await clips.find(take.fingerprint, { check: 'hash' });
    if (!clip) {
      throw new StudioError('CLIP_LOST', `The clip of ${shot.prompt.name} is no longer in the cache, or is damaged.`, {
        next: 'Run the same command again: it is fetched again, free of charge.',
      });
    }
    files.set(take.fingerprint, clip.path);
  }
  const { probeVideo, renderBlack } = await import('../media/index.ts');
  const [firstFile] = files.values();
  const clipShape = firstFile === undefined ? undefined : await probeVideo(firstFile);
  const drawn = await renderStandIns({ ...drawings, clips, like: clipShape, pathOf: ({ index }) => join(work, `shot-${index}.mp4`) });
  const [firstDrawn] = drawn.values();
  const like = clipShape ?? (firstDrawn === undefined ? undefined : await probeVideo(firstDrawn));
  const parts: CutPart[] = [];
  for (const [index, piece] of pieces.entries()) {
    if ('prompt' in piece) {
      const take = shownTake(piece);
      const path = take ? files.get(take.fingerprint) : drawn.get(piece.prompt.id);
      if (path !== undefined) parts.push({ path, inS: piece.inS, outS: piece.outS });
    } else if (like) {
      const path = join(work, `${index}.mp4`);
      await renderBlack({ ...like, frameCount: Math.max(1, Math.round(piece.blackS * like.frameRate)) }, path);
      parts.push({ path, inS: 0, outS: undefined });
    }
  }
  return parts;
}
