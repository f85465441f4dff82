import { shotSettingsSchema, type Engine, type ShotSettings } from '../protocol/shot-settings.ts';
import type { Db } from './database.ts';
import type { GenerationState } from './generation-state.ts';
import type { GenerationRow } from './schema.ts';

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

export function toGeneration(row: GenerationRow): Generation {
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    engine: row.engine,
    ...(row.account_id === null ? {} : { accountId: row.account_id }),
    projectId: row.project_id,
    request: shotSettingsSchema.parse(JSON.parse(row.request)),
    attempt: row.attempt,
    externalTaskId: row.external_task_id,
    // Written by this program alone, from the same union.
    state: JSON.parse(row.state) as GenerationState,
    estimateUnits: row.estimate_units,
    reservedUnits: row.reserved_units,
    ...(row.billed_units === null ? {} : { billedUnits: row.billed_units }),
    ...(row.lease === null ? {} : { lease: row.lease }),
    version: row.version,
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  };
}
