import { extname, resolve } from 'node:path';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import type { Paper, Reel } from '../../media/index.ts';
import type { CastRecord } from '../../protocol/cast-and-look.ts';
import type { FilmSettings } from '../../protocol/shot-settings.ts';
import { FilmDrawings, type ShotToDraw } from '../drawing.ts';
import { placeDrawings } from '../place-drawings.ts';
import { reelShotOf, type PlacedDrawing } from '../reel-of-drawings.ts';
import { lineTimeS, subtitlesOf, toSrt, toVtt, type SpokenShot } from '../subtitles.ts';
import { renderFilm } from './render-film.ts';
import { storyboardOf } from './storyboard-of-shots.ts';

export interface AnimaticRequest {
  /** The film's name, for the storyboard. */
  title: string;
  /** In film order, at least one. */
  shots: readonly ShotToDraw[];
  /** Records of its characters: their colours. */
  cast: readonly CastRecord[];
  /** Where start and end frames lie by content. */
  frameFolders: readonly string[];
  /** Where it goes, an MP4; its folder must exist. Subtitles lie beside it under the same name. */
  outputPath: string;
  /** A voice or music under the whole of it. */
  under?: FilmSettings['under'];
  /** The storyboard as well: `.pdf`, or `.png` in a file a page. */
  sheet?: { path: string; paper: Paper };
  /** 0 to 1. */
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

export interface AnimaticResult {
  path: string;
  frameCount: number;
  durationS: number;
  width: number;
  height: number;
  frameRate: number;
  /** The file that lies under it. */
  under?: string;
  /** SubRip and WebVTT; none where nobody speaks. */
  subtitles: string[];
  /** The storyboard's files. */
  sheets: string[];
  /** For a person: lines that take longer than their shot, pictures that are not here. */
  notes: string[];
}

const WORDS = { stamp: 'ANIMATIC, not Kling', clock: 'film' };
/** Of the time; drawing a film takes far longer than its pages. */
const SHEET_SHARE = 0.15;
/** What nobody hears. */
const LINE_TOLERANCE_S = 0.1;

/**
 * Draws every shot for its time on screen and cuts them to one MP4, as long to the frame as the film will be. The first shot
 * gives shape and rate, as it does to the film. Makes no clip, sends nothing.
 * @throws what rendering and cutting throw; the signal's reason unchanged. Nothing is left behind then.
 */
export async function makeAnimatic(request: AnimaticRequest): Promise<AnimaticResult> {
  const path = resolve(request.outputPath);
  const { shots, sheet, under, signal } = request;
  const drawings = new FilmDrawings(shots, request.cast);
  const { placed, absent } = await placeDrawings(shots.map((shot) => ({ drawing: drawings.make(shot), inS: shot.inS, outS: shot.outS })), request.frameFolders);
  const reel = reelOf(placed);
  const sheetShare = sheet ? SHEET_SHARE : 0;
  const report = (from: number, share: number) => (done: number) => request.onProgress?.(from + done * share);
  // The pages first and in memory: a run that is stopped leaves neither them nor a film.
  const pages = sheet ? await drawPages(request, sheet, reel, report(0, sheetShare)) : [];
  await renderFilm(reel, path, { under, signal, onProgress: report(sheetShare, 1 - sheetShare) });
  const sheets = sheet ? await writePages(pages, sheet.path) : [];
  const frameCount = reel.shots.reduce((sum, shot) => sum + shot.frameCount, 0);
  const { width, height, frameRate } = reel;
  const spoken = spokenShots(shots, reel);
  return { path, frameCount, durationS: frameCount / frameRate, width, height, frameRate, ...(under && { under: under.path }), subtitles: await writeSubtitles(spoken, path), sheets, notes: [...absentFrames(absent), ...longLines(shots, spoken)] };
}

async function drawPages({ shots, title, signal }: AnimaticRequest, { path, paper }: { path: string; paper: Paper }, reel: Reel, onProgress: (done: number) => void): Promise<Uint8Array[]> {
  const { drawStoryboard } = await import('../../media/index.ts');
  const board = storyboardOf(shots, reel.shots, { title, paper, frameRate: reel.frameRate });
  return await drawStoryboard(board, /\.pdf$/i.test(path) ? 'pdf' : 'png', { onProgress, ...(signal ? { signal } : {}) });
}

/** One file under the name that was asked for, several numbered. */
async function writePages(pages: readonly Uint8Array[], path: string): Promise<string[]> {
  const ending = extname(path);
  const paths = pages.map((_, index) => (pages.length === 1 ? path : `${path.slice(0, -ending.length)}-${String(index + 1).padStart(2, '0')}${ending}`));
  for (const [index, page] of pages.entries()) await writeFileAtomic(paths[index] ?? path, page);
  return paths;
}

function reelOf(placed: readonly PlacedDrawing[]): Reel {
  const [first] = placed;
  if (!first) throw new RangeError('An animatic needs a shot');
  const { frameRate } = first.drawing.clip;
  return { ...first.shape, frameRate, firstFrame: 0, shots: placed.map((each) => reelShotOf(each, frameRate, WORDS)) };
}

function spokenShots(shots: readonly ShotToDraw[], reel: Reel): SpokenShot[] {
  let frame = 0;
  return reel.shots.map(({ frameCount }, index) => {
    const startS = frame / reel.frameRate;
    frame += frameCount;
    return { line: shots[index]?.line, startS, endS: frame / reel.frameRate };
  });
}

async function writeSubtitles(spoken: readonly SpokenShot[], filmPath: string): Promise<string[]> {
  const subtitles = subtitlesOf(spoken);
  if (subtitles.length === 0) return [];
  const written: string[] = [];
  for (const [ending, content] of [['srt', toSrt(subtitles)], ['vtt', toVtt(subtitles)]] as const) {
    const path = `${filmPath.replace(/\.mp4$/i, '')}.${ending}`;
    await writeFileAtomic(path, content);
    written.push(path);
  }
  return written;
}

function absentFrames(slates: readonly string[]): string[] {
  return slates.length === 0 ? [] : [`Drawn from their words, because their start or end frame is an address or not on this machine: ${slates.join(', ')}.`];
}

function longLines(shots: readonly ShotToDraw[], spoken: readonly SpokenShot[]): string[] {
  return spoken.flatMap(({ line, startS, endS }, index) => {
    const neededS = lineTimeS(line ?? '');
    const shownS = endS - startS;
    if (neededS <= shownS + LINE_TOLERANCE_S) return [];
    return [`${shots[index]?.name ?? ''}: the line takes about ${neededS.toFixed(1)} s to say, the shot is ${Math.round(shownS * 10) / 10} s.`];
  });
}
