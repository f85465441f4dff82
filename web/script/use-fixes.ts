import type { Shot } from '../../src/protocol/api/index.ts';
import { useChange } from '../api/use-api.ts';
import { useFailureToast, useToast } from '../app/toasts.tsx';
import { backFrom, type ShotChange } from './shot-change.ts';
import { undone, withFix, type Place, type Problem } from './text-places.ts';

/** Where a fix goes: into the text, or to the shot beside it. */
export type Fix = { words: string } & ({ text: string } | { shotId: string; change: ShotChange });

export interface Fixes {
  /** Missing where nothing can be put in its place by a click. */
  fixOf: (problem: Problem) => Fix | undefined;
  apply: (problem: Problem) => void;
}

export interface FixesOptions {
  projectId: string;
  text: string;
  /** The text can be written in. */
  editable: boolean;
  /** It is not saved: shots beside it cannot be changed now. */
  dirty: boolean;
  shots: readonly Shot[];
  places: readonly Place[];
  onText: (next: string | ((now: string) => string)) => void;
}

/** Fixes, one click away: in the text where the shot's words stand in it, else to the shot itself; each with its way back. */
export function useFixes({ projectId, text, editable, dirty, shots, places, onText }: FixesOptions): Fixes {
  const toast = useToast();
  const change = useChange('changeShot', { onFailed: useFailureToast() });
  const fixOf = ({ shotName, issue: { fix } }: Problem): Fix | undefined => {
    const index = shots.findIndex(({ name }) => name === shotName);
    const shot = shots[index];
    const place = places[index];
    if (!fix || !shot || !place) return undefined;
    const prompts = fix.newShots ?? (fix.prompt === undefined ? [] : [fix.prompt]);
    const fixed = editable && prompts.length > 0 && fix.settings === undefined && fix.negativePrompt === undefined ? withFix(text, shot, place, prompts) : undefined;
    if (fixed !== undefined) return { words: fix.label, text: fixed };
    if (dirty || shot.shotId === undefined || fix.newShots !== undefined) return undefined;
    const body: ShotChange = { ...fix.settings, ...(fix.prompt === undefined ? {} : { prompt: fix.prompt }), ...(fix.negativePrompt === undefined ? {} : { negativePrompt: fix.negativePrompt === '' ? null : fix.negativePrompt }) };
    return Object.keys(body).length === 0 ? undefined : { words: fix.label, shotId: shot.shotId, change: body };
  };
  return {
    fixOf,
    apply(problem) {
      const fix = fixOf(problem);
      if (!fix || change.isPending) return;
      if ('text' in fix) {
        const before = text;
        onText(fix.text);
        toast({ words: `${problem.shotName}: ${fix.words}.`, action: { words: 'Undo', onPress: () => onText((now) => undone(before, fix.text, now)) } });
        return;
      }
      const shot = shots.find(({ shotId }) => shotId === fix.shotId);
      const back = shot ? backFrom(shot, fix.change) : {};
      change.mutate(
        { params: { projectId, shotId: fix.shotId }, body: fix.change },
        { onSuccess: () => toast({ words: `${problem.shotName}: ${fix.words}.`, action: { words: 'Undo', onPress: () => change.mutate({ params: { projectId, shotId: fix.shotId }, body: back }) } }) },
      );
    },
  };
}
