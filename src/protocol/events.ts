import type { Job } from './api/making.ts';
import type { ProjectSummary } from './api/projects.ts';
import type { ShotCard } from './api/shots.ts';
import type { ClipProgress } from './clip-progress.ts';
import type { Engine } from './shot-settings.ts';

/** What the orchestrator says while it works. One map for listeners in the process, the command line and the page. */
export interface StudioEvents {
  /** A take changed. */
  clip: ClipProgress;
  /** Said once per cause, for a person: an empty account, a slot limit learned, a key refused. */
  notice: { code: string; message: string; next?: string };
}

export type StudioEvent = { [Name in keyof StudioEvents]: { type: Name } & StudioEvents[Name] }[keyof StudioEvents];
export type StudioListener = (event: StudioEvent) => void;

/**
 * What the page hears, by the name of the event; both ends use it. Every event says how something *is* now, so hearing one
 * twice changes nothing. The first event of a connection is `snapshot`, unless it goes on behind the Last-Event-ID.
 */
export interface PageEvents {
  /** All there is; whatever was known before is thrown away. `cards` and `project` where a film is watched. */
  snapshot: { projects: ProjectSummary[]; jobs: Job[]; paused: boolean; project?: ProjectSummary; cards?: ShotCard[] };
  /** A take on its way: quicker than the card, and the only one that tells fractions. */
  clip: ClipProgress & { projectId: string; engine: Engine };
  /** A shot's card, whole. */
  card: { projectId: string; card: ShotCard };
  /** A film's summary, whole: money, counts, title, cap. */
  project: { project: ProjectSummary };
  projectGone: { projectId: string };
  /** Its shots, script or cast are others now: ask for them again. `shotIds` where shots came or went: all that it has; cards of new ones follow. */
  plan: { projectId: string; shotIds?: string[] };
  /** Its order, trims, sound or film file are others now. */
  cut: { projectId: string };
  /** A take was noted, rejected, or is new: ask for the takes of this shot again. */
  takes: { projectId: string; shotId: string };
  job: { job: Job };
  paused: { paused: boolean };
  /** The key or what new films begin with was changed. */
  settings: Record<string, never>;
  /** Said once per cause, for a person. */
  notice: StudioEvents['notice'];
  /** The reader was too slow and the rest is lost to it: the connection ends, and the next one begins with a snapshot. */
  resync: Record<string, never>;
}

export type PageEvent = { [Name in keyof PageEvents]: { type: Name; data: PageEvents[Name] } }[keyof PageEvents];

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
