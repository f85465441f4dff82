import type { Life, Witness } from './box/life.ts';

/** The n-th time that a process comes by a named moment. */
export interface Moment {
  point: string;
  occurrence: number;
}

/** Counts how often a process comes by each moment. */
export function countMoments(processName: string): { witness: Witness; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  return {
    counts,
    witness: (life, point) => {
      if (life.name === processName) counts.set(point, (counts.get(point) ?? 0) + 1);
    },
  };
}

/** Lets a process die there. @param what happens then; default only it dies. */
export function dieAt(processName: string, moment: Moment, what: (life: Life) => void = (life) => life.die()): { witness: Witness; struck: () => boolean } {
  let seen = 0;
  let struck = false;
  return {
    struck: () => struck,
    witness: (life, point) => {
      if (life.name !== processName || point !== moment.point) return;
      seen += 1;
      if (seen !== moment.occurrence) return;
      struck = true;
      what(life);
    },
  };
}

/** Of a moment that comes often, the first and the last time stand for all. */
export function momentsOf(counts: ReadonlyMap<string, number>): Moment[] {
  return [...counts].flatMap(([point, times]) => [...new Set([1, times])].map((occurrence) => ({ point, occurrence })));
}
