import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { frameCountOf, frameRateOf, modelNamed } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import type { CutPart } from '../media/index.ts';
import type { Engine, ShotSettings } from '../protocol/shot-settings.ts';
import type { FilmFacts, FilmRecord, ProjectPrompt, Store, Take } from '../store/index.ts';
import { clipsFolderOf } from './clips-folder.ts';
import { cutDigest, planCut, type CutShot } from './cut-plan.ts';
import { findSameFilmFile, readFilmFile, type FilmFile } from './film-file.ts';

/** The clips of the cache, as far as a film needs them. */
export interface FilmClips {
  find(fingerprint: string, options?: { check?: 'stat' | 'hash' }): Promise<{ path: string } | undefined>;
  linkTo(fingerprint: string, targetPath: string): Promise<unknown>;
}

export interface FilmRequest {
  projectId: string;
  engine: Engine;
  /** Where the film goes; its folder must exist. */
  outputPath: string;
  /** Cut also when shots are missing, with a slate of the right length for each. */
  partial: boolean;
  /** 0 to 1. */
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

export interface FilmResult extends FilmFacts {
  path: string;
  /** `unchanged`: the film was there and right, nothing was cut. */
  method: 'copied' | 'encoded' | 'unchanged';
  /** Shots shown as slates. */
  missing: string[];
  /** The finished clips as files, named by slate and take. */
  clipsFolder: string;
}

/**
 * Cuts the selected takes of a project's shots, in order, from in to out, into one MP4. The film is replaced whole: until
 * the last moment the old one is there, and a failed cut leaves it.
 * @throws StudioError FILM_EMPTY, FILM_INCOMPLETE (shots without a ready take, and not `partial`), CLIP_LOST (a clip went
 * away since; `generate` fetches it again), and what cutting throws; the signal's reason unchanged.
 */
export async function makeFilm(store: Store, clips: FilmClips, request: FilmRequest): Promise<FilmResult> {
  const prompts = await store.projects.loadPromptList(request.projectId);
  const takes = await store.takes.list(prompts.map(({ id }) => id), request.engine);
  const shots = planCut(prompts, takes);
  const missing = shots.filter(({ take }) => take === undefined).map(({ prompt }) => prompt.name);
  if (missing.length === shots.length) throw new StudioError('FILM_EMPTY', 'No shot of this film has a clip yet.', { next: 'directorstudio generate makes them.' });
  if (missing.length > 0 && !request.partial) {
    throw new StudioError('FILM_INCOMPLETE', `${missing.length} of ${shots.length} shots have no clip: ${missing.join(', ')}. No film was cut.`, {
      next: 'Make them with directorstudio generate, or cut with slates for them: --partial.',
      detail: { missing },
    });
  }

  const path = resolve(request.outputPath);
  const clipsFolder = clipsFolderOf(path);
  const planDigest = cutDigest(shots);
  const unchanged = await findUnchanged(store, path, planDigest, request.signal);
  if (unchanged) {
    await putClipsBeside(clips, clipsFolder, prompts, takes);
    return { path, method: 'unchanged', ...unchanged, missing, clipsFolder };
  }

  // Loaded only to cut: a film that is unchanged is said to be so at once.
  const { cutClips } = await import('../media/index.ts');
  const work = await mkdtemp(join(tmpdir(), 'directorstudio-slates-'));
  try {
    const parts = await clipParts(shots, clips, work);
    await putClipsBeside(clips, clipsFolder, prompts, takes);
    const report = await cutClips(parts, path, {
      ...(request.onProgress ? { onProgress: request.onProgress } : {}),
      ...(request.signal ? { signal: request.signal } : {}),
    });
    const { method, frameCount, durationS, width, height, frameRate, audio } = report;
    const facts = { frameCount, durationS, width, height, frameRate, audio };
    // The film is there: stopping now must not hide that. What is not read is cut again next time.
    const file = await readFilmFile(path);
    if (file) await writeDown(store, { path: await realpath(path), projectId: request.projectId, planDigest, facts }, file);
    return { path, method, ...facts, missing, clipsFolder };
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

async function clipParts(shots: readonly CutShot[], clips: FilmClips, work: string): Promise<CutPart[]> {
  const files = new Map<CutShot, string>();
  for (const shot of shots) {
    if (!shot.take) continue;
    // Read whole before it is used: a clip that was damaged on the disk must not get into a film.
    const clip = await clips.find(shot.take.fingerprint, { check: 'hash' });
    if (!clip) {
      throw new StudioError('CLIP_LOST', `The clip of ${shot.prompt.name} is no longer in the cache, or is damaged.`, {
        next: 'Run the same command again: it is fetched again, free of charge.',
      });
    }
    files.set(shot, clip.path);
  }
  const { probeVideo, renderClip } = await import('../media/index.ts');
  const [firstFile] = files.values();
  const like = firstFile === undefined ? undefined : await probeVideo(firstFile);
  const parts: CutPart[] = [];
  for (const [index, shot] of shots.entries()) {
    let path = files.get(shot);
    if (path === undefined && like) {
      path = join(work, `${index}.mp4`);
      const { settings, name } = shot.prompt;
      await renderClip(
        {
          width: like.width,
          height: like.height,
          frameRate: like.frameRate,
          frameCount: Math.round(clipLengthS(settings) * like.frameRate),
          prompt: settings.prompt,
          heading: `${name} is not filmed yet`,
          stamp: 'SLATE, not filmed',
          variant: 0,
          sound: false,
        },
        path,
      );
    }
    if (path !== undefined) parts.push({ path, inS: shot.inS, outS: shot.outS });
  }
  return parts;
}

/** How long Kling's clip will be: a frame more than was asked for, so that the film keeps its length once it is filmed. */
function clipLengthS({ model, kind, mode, durationS }: ShotSettings): number {
  const entry = modelNamed(model);
  return entry ? frameCountOf(entry, kind, mode, durationS) / frameRateOf(entry, kind, mode) : durationS;
}
