import { createHash } from 'node:crypto';
import { canonicalJson } from '../lib/canonical-json.ts';
// Not by the index: a film that only asks what it is loads no codecs.
import { ARTIST_VERSION } from '../media/artist/version.ts';
import type { CastRecord } from '../protocol/cast-and-look.ts';
import { isLastFrame } from '../protocol/shot-settings.ts';
import { pictureKey, takesByShot, type Edit, type ProjectPrompt, type Take } from '../store/index.ts';
import { cutOrder, type Black, type PlacedShot } from './cut-order.ts';
import { FilmDrawings, type Drawing } from './drawing.ts';
import type { UnderRecipe } from './under.ts';

/** A take that is ready. */
export interface CutTake {
  number: number;
  fingerprint: string;
  contentHash: string;
  /** Made of the shot's words and settings as they are now. */
  current: boolean;
}

/** What one shot gives to the film: the clip of its selected take, or nothing yet. Times in seconds within the clip. */
export interface CutShot {
  prompt: ProjectPrompt;
  /** Missing: the selected take is not ready, or there is none. */
  take?: CutTake;
  /** Another take that is ready, to stand in where the selected one is missing. Without it the shot is drawn. */
  otherTake?: CutTake;
  /** How it is drawn where it has no take to show. */
  drawing?: LateDrawing;
  inS: number;
  outS?: number;
}

/** A drawing that is made when it is asked for: whoever only asks what a film is does not wait for it. */
export interface LateDrawing {
  /** Equal keys, equal drawings. */
  key(): string;
  make(): Drawing;
}

/** All that a cut is planned from. */
export interface FilmToCut {
  prompts: readonly ProjectPrompt[];
  takes: readonly Take[];
  edit: Edit | undefined;
  /** Records of its characters: their colours in drawings. */
  cast: readonly CastRecord[];
}

/** One piece of the film, in order. */
export type CutPiece = CutShot | Black;

/**
 * The film's pieces in the script's order, or in the edit's where there is one. The takes that are ready, by shot; which of
 * them the film shows is marked `selected`.
 */
export function planCut({ prompts, takes, edit, cast }: FilmToCut): CutPiece[] {
  const byShot = takesByShot(takes.filter(({ generation }) => generation.state.status === 'completed'));
  const drawings = new FilmDrawings(prompts, cast);
  return cutOrder(prompts, edit).pieces.map((piece): CutPiece => {
    if ('blackS' in piece) return piece;
    const picture = pictureKey(piece.prompt.settings);
    const ready = (byShot.get(piece.prompt.id) ?? []).map((found) => ({ found, current: pictureKey(found.generation.request) === picture }));
    const take = cutTake(ready.find(({ found }) => found.selected));
    const otherTake = take ? undefined : cutTake(standIn(piece, ready));
    return { ...piece, ...(take ? { take } : {}), ...(otherTake ? { otherTake } : {}), ...(take || otherTake ? {} : { drawing: { key: () => [drawings.keyOf(piece.prompt), parentOf(piece.prompt, takes)].join('\n'), make: () => drawings.make(piece.prompt) } }) };
  });
}

/** The clip that a shot continues, where it is ready: its drawing begins with that one's last picture. */
function parentOf({ settings: { startFrame } }: ProjectPrompt, takes: readonly Take[]): string {
  if (!isLastFrame(startFrame)) return '';
  const state = takes.find(({ generation }) => generation.fingerprint === startFrame.lastFrameOf && generation.state.status === 'completed')?.generation.state;
  return state?.status === 'completed' ? state.contentHash : '';
}

interface ReadyTake {
  found: Take;
  current: boolean;
}

/** Made of the shot's words as they are, else the newest one that is long enough. */
function standIn({ inS, outS }: PlacedShot, ready: readonly ReadyTake[]): ReadyTake | undefined {
  const longEnough = ({ found: { generation: { request } } }: ReadyTake) => request.durationS > inS && request.durationS >= (outS ?? 0);
  return ready.find(({ current }) => current) ?? ready.findLast(longEnough);
}

function cutTake(ready: ReadyTake | undefined): CutTake | undefined {
  const state = ready?.found.generation.state;
  return ready && state?.status === 'completed' ? { number: ready.found.number, fingerprint: ready.found.generation.fingerprint, contentHash: state.contentHash, current: ready.current } : undefined;
}

/** Slates of the shots in a cut whose take is not ready, each once. */
export function missingShots(pieces: readonly CutPiece[]): string[] {
  return [...new Set(shotsOf(pieces).flatMap(({ take, prompt }) => (take === undefined ? [prompt.name] : [])))];
}

/** The take that a film shows of a shot, where it may do without the selected one. */
export function shownTake({ take, otherTake }: CutShot): CutTake | undefined {
  return take ?? otherTake;
}

/** Slates of the shots that show a take of other words or settings than they have now. */
export function outdatedShots(pieces: readonly CutPiece[]): string[] {
  return [...new Set(shotsOf(pieces).flatMap((shot) => (shownTake(shot)?.current === false ? [shot.prompt.name] : [])))];
}

/** The shots that have no take to show, each once, in the script's order: they are drawn. */
export function shotsToDraw(pieces: readonly CutPiece[]): DrawnShot[] {
  const shots = shotsOf(pieces).flatMap(({ prompt, drawing }) => (drawing ? [{ prompt, drawing }] : []));
  return [...new Map(shots.map((shot) => [shot.prompt.id, shot])).values()].sort((one, other) => one.prompt.index - other.prompt.index);
}

/** A shot that has no take to show. */
export interface DrawnShot {
  prompt: ProjectPrompt;
  drawing: LateDrawing;
}

export function shotsOf(pieces: readonly CutPiece[]): CutShot[] {
  return pieces.filter((piece) => 'prompt' in piece);
}

/** SHA-256 of all that decides the film's bytes: equal digest and untouched file, nothing to cut. */
export function cutDigest(pieces: readonly CutPiece[], under?: UnderRecipe): string {
  const recipe = pieces.map((piece) => {
    if ('blackS' in piece) return { blackS: piece.blackS };
    const { inS, outS } = piece;
    const clip = shownTake(piece)?.contentHash;
    return clip === undefined ? { drawing: piece.drawing?.key(), artist: ARTIST_VERSION, inS, outS } : { clip, inS, outS };
  });
  return createHash('sha256').update(canonicalJson({ recipe: 1, shots: recipe, under: under && { sha256: under.sha256, gainDb: under.gainDb } })).digest('hex');
}
