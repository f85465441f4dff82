import { shotSettingsSchema, type Engine, type ShotSettings } from '../protocol/shot-settings.ts';
import type { Db } from './database.ts';
import { readGenerationState, type GenerationState } from './generation-state.ts';
import { settingsText } from './project-file-manager.ts';
import type { GenerationRow } from './schema.ts';
import { storedJson } from './stored-json.ts';

/** One attempt to get one picture: a row of the ledger. Money in Kling units, times in wall-clock milliseconds. */
export interface Generation {
  id: string;
  fingerprint: string;
  engine: Engine;
  accountId?: string;
  projectId: string;
  request: ShotSettings;
  attempt: number;
  /** Our id at Kling: the same for the same picture and attempt, wherever it is asked for. */
  externalTaskId: string;
  state: GenerationState;
  estimateUnits: number;
  reservedUnits: number;
  billedUnits?: number;
  lease?: string;
  version: number;
  createdAtMs: number;
  updatedAtMs: number;
}

/** The newest row of a picture. */
export async function newestRow(db: Db, fingerprint: string): Promise<Generation | undefined> {
  const row = await db.selectFrom('generations').selectAll().where('fingerprint', '=', fingerprint).orderBy('attempt', 'desc').limit(1).executeTakeFirst();
  return row && toGeneration(row);
}

/** SQLite takes 32,766 parameters at most, and a long sentence is kept prepared as long as a short one. */
const ROWS_A_SENTENCE = 100;

/** Rows by ids or fingerprints, those of a fingerprint by attempt. */
export async function someRows(db: Db, column: 'id' | 'fingerprint', values: readonly string[]): Promise<Generation[]> {
  const found: Generation[] = [];
  for (let start = 0; start < values.length; start += ROWS_A_SENTENCE) {
    const rows = await db.selectFrom('generations').selectAll().where(column, 'in', values.slice(start, start + ROWS_A_SENTENCE)).orderBy('attempt').execute();
    for (const row of rows) found.push(toGeneration(row));
  }
  return found;
}

export function toGeneration(row: GenerationRow): Generation {
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    engine: row.engine,
    ...(row.account_id === null ? {} : { accountId: row.account_id }),
    projectId: row.project_id,
    request: storedRequest(row),
    attempt: row.attempt,
    externalTaskId: row.external_task_id,
    state: storedState(row),
    estimateUnits: row.estimate_units,
    reservedUnits: row.reserved_units,
    ...(row.billed_units === null ? {} : { billedUnits: row.billed_units }),
    ...(row.lease === null ? {} : { lease: row.lease }),
    version: row.version,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  };
}

/** @throws StudioError STORE_DAMAGED. */
export function storedState(row: Pick<GenerationRow, 'state' | 'external_task_id'>): GenerationState {
  return storedJson(row.state, `the state of take ${row.external_task_id}`, readGenerationState);
}

/** @throws StudioError STORE_DAMAGED. */
export function storedRequest(row: Pick<GenerationRow, 'request' | 'external_task_id'>): ShotSettings {
  return storedJson(row.request, `what was asked for as take ${row.external_task_id}`, (value) => shotSettingsSchema.parse(value));
}

/** The other way round than {@link toGeneration}. */
export function toRow(generation: Generation): GenerationRow {
  const { request, state } = generation;
  return {
    id: generation.id,
    fingerprint: generation.fingerprint,
    engine: generation.engine,
    account_id: generation.accountId ?? null,
    project_id: generation.projectId,
    model: request.model,
    mode: request.mode ?? '',
    duration_s: request.durationS,
    request: settingsText(request),
    attempt: generation.attempt,
    external_task_id: generation.externalTaskId,
    status: state.status,
    state: JSON.stringify(state),
    estimate_units: generation.estimateUnits,
    reserved_units: generation.reservedUnits,
    billed_units: generation.billedUnits ?? null,
    lease: generation.lease ?? null,
    version: generation.version,
    created_at: generation.createdAtMs,
    updated_at: generation.updatedAtMs,
  };
}
