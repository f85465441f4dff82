import type { Generated, Insertable, Selectable } from 'kysely';
import type { Engine } from '../protocol/shot-settings.ts';
import type { GenerationStatus } from './generation-state.ts';

/**
 * The tables. Times are wall-clock milliseconds since 1970, money is in Kling units, JSON is text.
 * docs/architecture.md draws how they hang together.
 */
export interface StoreSchema {
  projects: ProjectsTable;
  scenes: ScenesTable;
  shots: ShotsTable;
  takes: TakesTable;
  generations: GenerationsTable;
  journal: JournalTable;
  metrics: MetricsTable;
  accounts: AccountsTable;
  credentials: CredentialsTable;
  slots: SlotsTable;
  slot_demands: SlotDemandsTable;
  recovered_bills: RecoveredBillsTable;
  films: FilmsTable;
  edits: EditsTable;
  hand_offs: HandOffsTable;
  requests: RequestsTable;
}

interface ProjectsTable {
  id: string;
  /** `--project`, else the script's real path, else a hash of standard input. Unique. */
  name: string;
  /** Real path of the script; null for standard input. */
  script_path: string | null;
  engine: Engine;
  /** The most this project may ever spend on its engine; null: no cap. */
  cap_units: number | null;
  /** What was asked for the whole film, {@link FilmSettings} as JSON: a later run without options means the same. */
  film_settings: string;
  /** Where the film was last asked for; `resume` cuts it there. */
  output_path: string | null;
  /** {@link CastAndLook} as JSON, as the shots were last planned with it; null: none. */
  cast_and_look: string | null;
  /** The file that `--cast` named, or `none`; null: what stands beside the script. */
  cast_file: string | null;
  created_at: number;
  updated_at: number;
}

interface ScenesTable {
  id: string;
  project_id: string;
  /** Counted from 1 in film order. */
  number: number;
  heading: string | null;
}

interface ShotsTable {
  id: string;
  project_id: string;
  scene_id: string;
  /** Counted from 1 in film order; null once the shot was taken out of the script (its takes stay). */
  position: number | null;
  /** Counted from 1 inside its scene. */
  number_in_scene: number;
  /** The script's words that the shot stands on. */
  text: string;
  start_line: number;
  end_line: number;
  /** {@link ShotSettings} as JSON. */
  settings: string;
  /** Time on screen within the clip, in seconds; out null: to the clip's end. */
  in_s: number;
  out_s: number | null;
  /** Spoken words, for subtitles. */
  line: string | null;
  /** The shot's own words, where cast and look add to them in `settings`; null: the prompt in there is all. */
  prompt: string | null;
  /** Names of who is in the shot, a list as JSON; null: nobody is named. */
  cast_names: string | null;
  /** {@link PromptFindings} as JSON: what reading its words found when it was planned; null: planned before they were read. */
  findings: string | null;
  /** How many takes the plan asks for. */
  takes_wanted: number;
  /** {@link ByHand} as JSON: what a person changed of the shot beside its script; null: nothing. */
  by_hand: string | null;
}

interface TakesTable {
  id: string;
  shot_id: string;
  engine: Engine;
  /** Counted from 1 per shot and engine. */
  number: number;
  generation_id: string;
  /** 1 for the take the film shows; at most one a shot and engine. */
  selected: 0 | 1;
  created_at: number;
  /** What a person wrote about it. */
  note: string | null;
  /** 1: a person does not want it. */
  rejected: Generated<0 | 1>;
}

interface GenerationsTable {
  id: string;
  fingerprint: string;
  engine: Engine;
  /** The account the money comes from; null until the first send. */
  account_id: string | null;
  /** The project whose cap pays. */
  project_id: string;
  model: string;
  /** Empty for a model without modes. */
  mode: string;
  duration_s: number;
  /** {@link ShotSettings} as JSON: all that the POST is built from. */
  request: string;
  attempt: number;
  external_task_id: string;
  status: GenerationStatus;
  /** {@link GenerationState} as JSON. */
  state: string;
  estimate_units: number;
  /** Money held for it now: the estimate from the send until it is over, then 0. */
  reserved_units: number;
  /** What Kling deducted; null while unknown. */
  billed_units: number | null;
  /** The process that drives it; null when nobody does. */
  lease: string | null;
  /** Goes up with every change; a writer must name the one it read. */
  version: number;
  created_at: number;
  updated_at: number;
}

interface JournalTable {
  id: Generated<number>;
  generation_id: string;
  at: number;
  event: string;
  /** JSON; facts only. */
  detail: string;
}

interface MetricsTable {
  generation_id: string;
  engine: Engine;
  model: string;
  mode: string;
  duration_s: number;
  /** From asked to sent. */
  queue_wait_ms: number;
  /** From accepted to noticed as finished. */
  generation_ms: number;
  download_ms: number;
  /** Checking, hashing and storing. */
  local_ms: number;
  size_bytes: number;
  billed_units: number | null;
  completed_at: number;
}

interface AccountsTable {
  id: string;
  engine: Engine;
  base_url: string;
  created_at: number;
}

interface CredentialsTable {
  /** SHA-256 over base URL and key name; never the key. */
  digest: string;
  account_id: string;
}

interface SlotsTable {
  account_id: string;
  model: string;
  /** How many tasks ran at once when Kling said "full"; null before the first contact is over. */
  known_limit: number | null;
  /** First contact: how many may still be sent in this batch, and the batch's size. */
  batch_left: number;
  batch_size: number;
  /** 1 while one more after another is accepted beyond the limit that was known. */
  climbing: number;
  probed_at: number;
}

/** Bills of clips that were recovered from an account although no row here knew of them. */
interface RecoveredBillsTable {
  external_task_id: string;
  task_id: string;
  billed_units: number;
}

/** Projects that wait for a slot now; a process that dies leaves its rows, which count for nothing. */
interface SlotDemandsTable {
  lease: string;
  project_id: string;
  account_id: string;
  model: string;
  priority: number;
  asked_at: number;
}

interface FilmsTable {
  /** Real path of the film. */
  path: string;
  project_id: string;
  /** SHA-256 of the cut plan; equal plan and untouched file: nothing is cut again. */
  plan_digest: string;
  size_bytes: number;
  mtime_ms: number;
  /** {@link FilmFacts} as JSON. */
  facts: string;
}

/** How an editor cut a film, while that is not given up for the script's order. */
interface EditsTable {
  project_id: string;
  /** The name of the file it came from. */
  source: string;
  read_at: number;
  /** The film's parts in order, {@link EditPart}s as JSON. */
  parts: string;
  /** Ids of shots that the editor knew and did not use, as JSON. */
  left_out: string;
}

/** The last hand-off of a film to an editor. */
interface HandOffsTable {
  project_id: string;
  made_at: number;
  /** Shot ids by slate as JSON: what the clips were called. */
  slates: string;
  frame_rate: number;
}

/** Requests that may spend, by the key that whoever sent them gave: one that comes again begins nothing anew. */
interface RequestsTable {
  key: string;
  /** SHA-256 of what was asked. */
  digest: string;
  job_id: string;
  at: number;
}

export type ProjectRow = Selectable<ProjectsTable>;
export type ShotRow = Selectable<ShotsTable>;
export type GenerationRow = Selectable<GenerationsTable>;
export type NewMetrics = Insertable<MetricsTable>;
