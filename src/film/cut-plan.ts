import { createHash } from 'node:crypto';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Edit, ProjectPrompt, Take } from '../store/index.ts';
import { cutOrder, type Black } from './cut-order.ts';

/** What one shot gives to the film: the clip of its selected take, or nothing yet. Times in seconds within the clip. */
export interface CutShot {
  prompt: ProjectPrompt;
  /** Missing: the shot has no take that is ready. */
  take?: { number: number; fingerprint: string; contentHash: string };
  inS: number;
  outS?: number;
}

/** One piece of the film, in order. */
export type CutPiece = CutShot | Black;

/**
 * The film's pieces in the script's order, or in the edit's where there is one. The takes that are ready, by shot; which of
 * them the film shows is marked `selected`.
 */
export function planCut(prompts: readonly ProjectPrompt[], takes: readonly Take[], edit: Edit | undefined): CutPiece[] {
  const selected = new Map(takes.filter((take) => take.selected).map((take) => [take.shotId, take]));
  return cutOrder(prompts, edit).pieces.map((piece) => {
    if ('blackS' in piece) return piece;
    const take = selected.get(piece.prompt.id);
    const state = take?.generation.state;
    return { ...piece, ...(take && state?.status === 'completed' ? { take: { number: take.number, fingerprint: take.generation.fingerprint, contentHash: state.contentHash } } : {}) };
  });
}

/** Slates of the shots in a cut that have no clip yet, each once. */
export function missingShots(pieces: readonly CutPiece[]): string[] {
  return [...new Set(shotsOf(pieces).flatMap(({ take, prompt }) => (take === undefined ? [prompt.name] : [])))];
}

export function shotsOf(pieces: readonly CutPiece[]): CutShot[] {
  return pieces.filter((piece) => 'prompt' in piece);
}

/** SHA-256 of all that decides the film's bytes: equal digest and untouched file, nothing to cut. */
export function cutDigest(pieces: readonly CutPiece[]): string {
  const recipe = pieces.map((piece) => {
    if ('blackS' in piece) return { blackS: piece.blackS };
    const { prompt, take, inS, outS } = piece;
    return {
      clip: take?.contentHash ?? `slate:${prompt.name}:${prompt.settings.prompt}`,
      inS,
      outS,
      // A slate is as long as the clip it stands in for.
      durationS: take ? undefined : prompt.settings.durationS,
    };
  });
  return createHash('sha256').update(canonicalJson({ recipe: 1, shots: recipe })).digest('hex');
}
