import type { ClipProgress } from './clip-progress.ts';

/** What the orchestrator says while it works. One map for listeners in the process, the command line and the page. */
export interface StudioEvents {
  /** A take changed. */
  clip: ClipProgress;
  /** Said once per cause, for a person: an empty account, a slot limit learned, a key refused. */
  notice: { code: string; message: string; next?: string };
}

export type StudioEvent = { [Name in keyof StudioEvents]: { type: Name } & StudioEvents[Name] }[keyof StudioEvents];
export type StudioListener = (event: StudioEvent) => void;

/** How a run ended; the last line of `--json`. Money in Kling units. */
export interface RunSummary {
  shots: number;
  completed: number;
  failed: number;
  waiting: number;
  /** Takes that were there already. */
  cached: number;
  /** Takes made now. */
  generated: number;
  estimateUnits: number;
  /** What this run was charged; bills that were known before it, or that another home had run up, are not in it. */
  billedUnits: number;
}
