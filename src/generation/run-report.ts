import { sumUnits } from '../kling/index.ts';
import type { RunSummary } from '../protocol/events.ts';
import type { ErrorFacts, Generation } from '../store/index.ts';
import type { Rest } from './drive-context.ts';
import type { Shared } from './run-takes.ts';

/** How a run left a take. */
export interface TakeEnd {
  shotId: string;
  shot: string;
  take: number;
  outcome: 'completed' | 'failed' | 'waiting';
  /** Completed without anything being made in this run. */
  fromCache: boolean;
  /** Another run brought it to its end while this one watched. */
  followed?: true;
  generation: Generation;
  /** Why it failed or waits. */
  error?: ErrorFacts;
  rest?: Rest['why'] | 'stopped';
}

/**
 * When a take of a run was paid for. `now`: by this run, or by one whose bill is known only now. `earlier`: its bill was
 * known before this run, which fetched its clip or had it already. `elsewhere`: Kling had it already, from a home that was
 * lost or another machine, and refused to make it again.
 */
export type PaidWhen = 'now' | 'earlier' | 'elsewhere';

export interface TakeResult extends TakeEnd {
  /** Only what was paid for `now` is a cost of the run. */
  paid: PaidWhen;
}

export interface RunReport {
  /** In film order. */
  takes: TakeResult[];
  summary: RunSummary;
  /** True when the run was stopped before its end. */
  stopped: boolean;
}

/** The same end for every take that stands on a generation. */
export function resultsOf({ seats }: Shared, generation: Generation, outcome: TakeEnd['outcome'], more: Partial<TakeEnd> = {}): TakeEnd[] {
  return seats.map(({ shot, number }) => ({ shotId: shot.id, shot: shot.name, take: number, outcome, fromCache: false, generation, ...more }));
}

/** Counts a run. Takes that share a picture are one clip and one bill; a shot is as good as its worst take. */
export function summarise(takes: readonly TakeResult[]): RunSummary {
  const shots = new Map<string, TakeResult['outcome']>();
  for (const take of takes) {
    const worst = shots.get(take.shotId);
    if (worst === undefined || rank(take.outcome) > rank(worst)) shots.set(take.shotId, take.outcome);
  }
  const outcomes = [...shots.values()];
  const made = [...new Map(takes.filter(({ fromCache }) => !fromCache).map((take) => [take.generation.id, take])).values()];
  const count = (outcome: TakeResult['outcome']) => outcomes.filter((each) => each === outcome).length;
  return {
    shots: shots.size,
    completed: count('completed'),
    failed: count('failed'),
    waiting: count('waiting'),
    cached: takes.filter(({ fromCache }) => fromCache).length,
    generated: made.filter(({ outcome }) => outcome === 'completed').length,
    estimateUnits: sumUnits(made.map(({ generation }) => generation.estimateUnits)),
    // What was told, or charged, before is no cost of this run.
    billedUnits: sumUnits(made.filter(({ paid }) => paid === 'now').map(({ generation }) => generation.billedUnits ?? 0)),
  };
}

function rank(outcome: TakeResult['outcome']): number {
  return ['completed', 'waiting', 'failed'].indexOf(outcome);
}
