import { useMemo } from 'react';
import type { Plan, Shot } from '../../src/protocol/api/index.ts';
import type { Mark } from './mirror.ts';
import { carried, carriedWhole, changeBetween, placesOfShots, problemsOf, type Place, type Problem } from './text-places.ts';

/** Shots with their places in the text as it stands on the screen now. */
export interface Reading {
  shots: readonly Shot[];
  places: readonly Place[];
  problems: readonly Problem[];
  /** Of the text on the screen; missing while what is read is an older one. */
  plan: Plan | undefined;
}

/** Binds shots to the text, those of a draft's plan while there is one: read from the text they were planned of, then carried along with what was written since. */
export function useReading(text: string, savedText: string, savedShots: readonly Shot[], planned: { about: string; answer: Plan } | undefined): Reading {
  const plannedText = planned?.about ?? savedText;
  const shots = useMemo(() => (planned ? withPictures(planned.answer.shots, savedShots) : savedShots), [planned, savedShots]);
  const then = useMemo(() => {
    const places = placesOfShots(plannedText, shots);
    return { places, problems: problemsOf(plannedText, shots, places) };
  }, [plannedText, shots]);
  return useMemo(() => {
    if (text === plannedText) return { shots, ...then, plan: planned?.answer };
    const change = changeBetween(plannedText, text);
    const problems = then.problems.map(({ place, ...problem }): Problem => {
      const moved = place && carried(place, change);
      return { ...problem, ...(moved ? { place: moved } : {}), at: moved?.start ?? carriedWhole({ start: problem.at, end: problem.at }, change).start };
    });
    return { shots, places: then.places.map((place) => carriedWhole(place, change)), problems, plan: planned?.answer };
  }, [text, plannedText, shots, then, planned]);
}

/** A plan knows no pictures; a shot that is stored keeps its own. */
function withPictures(planned: readonly Shot[], saved: readonly Shot[]): Shot[] {
  const pictures = new Map(saved.map(({ shotId, pictureUrl }) => [shotId, pictureUrl]));
  return planned.map((shot) => {
    const pictureUrl = shot.shotId === undefined ? undefined : pictures.get(shot.shotId);
    return pictureUrl === undefined ? shot : { ...shot, pictureUrl };
  });
}

/** What is underlined. Places that overlap are all drawn. */
export function marksOf(problems: readonly Problem[], current: Problem | undefined): Mark[] {
  return problems.flatMap((problem) => (problem.place ? [{ ...problem.place, severity: problem.issue.severity, current: problem.key === current?.key }] : []));
}
