import { createHash } from 'node:crypto';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { ProjectPrompt, Take } from '../store/index.ts';

/** What one shot gives to the film: the clip of its selected take, or nothing yet. Times in seconds within the clip. */
export interface CutShot {
  prompt: ProjectPrompt;
  /** Missing: the shot has no take that is ready. */
  take?: { number: number; fingerprint: string; contentHash: string };
  inS: number;
  outS?: number;
}

/** The takes that are ready, by shot; which of them the film shows is marked `selected`. */
export function planCut(prompts: readonly ProjectPrompt[], takes: readonly Take[]): CutShot[] {
  const selected = new Map(takes.filter((take) => take.selected).map((take) => [take.shotId, take]));
  return prompts.map((prompt) => {
    const take = selected.get(prompt.id);
    const state = take?.generation.state;
    return {
      prompt,
      ...(take && state?.status === 'completed' ? { take: { number: take.number, fingerprint: take.generation.fingerprint, contentHash: state.contentHash } } : {}),
      inS: prompt.inS,
      ...(prompt.outS === undefined ? {} : { outS: prompt.outS }),
    };
  });
}

/** SHA-256 of all that decides the film's bytes: equal digest and untouched file, nothing to cut. */
export function cutDigest(shots: readonly CutShot[]): string {
  const recipe = shots.map(({ prompt, take, inS, outS }) => ({
    clip: take?.contentHash ?? `slate:${prompt.name}:${prompt.settings.prompt}`,
    inS,
    outS,
    // A slate is as long as the clip it stands in for.
    durationS: take ? undefined : prompt.settings.durationS,
  }));
  return createHash('sha256').update(canonicalJson({ recipe: 1, shots: recipe })).digest('hex');
}
