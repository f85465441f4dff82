import type { ClipProgress } from '../protocol/clip-progress.ts';

/** One take on its way, as a screen shows it. Times in milliseconds of the clock given to {@link RunWatch}. */
export interface WatchedTake {
  progress: ClipProgress;
  /** When its stage began. */
  stageSinceMs: number;
}

export type TakeChange = 'new' | 'stage' | 'fraction' | 'none';

/** What a run has told so far: every take's last word. The printing reads it. */
export interface RunWatch {
  /** Takes that the run will bring in, as far as can be known before. */
  readonly expectedTakes: number;
  readonly takes: ReadonlyMap<string, WatchedTake>;
  /** Takes a change in. @returns what kind of change it is. */
  take(progress: ClipProgress): TakeChange;
}

export function createRunWatch(expectedTakes: number, nowMs: () => number): RunWatch {
  const takes = new Map<string, WatchedTake>();
  return {
    get expectedTakes() {
      return Math.max(expectedTakes, takes.size);
    },
    takes,
    take(progress) {
      const key = `${progress.shotId}/${progress.take}`;
      const before = takes.get(key);
      const sameStage = before?.progress.stage === progress.stage && before.progress.reason === progress.reason;
      takes.set(key, { progress, stageSinceMs: before && isOneWait(before.progress, progress) ? before.stageSinceMs : nowMs() });
      if (!before) return 'new';
      if (!sameStage) return 'stage';
      return before.progress.fraction === progress.fraction ? 'none' : 'fraction';
    },
  };
}

/** Submitted and processing are one wait for whoever looks at the clock. */
function isOneWait(before: ClipProgress, after: ClipProgress): boolean {
  return before.stage === after.stage || (before.stage === 'submitted' && after.stage === 'processing');
}
