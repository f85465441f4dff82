import type { Engine } from '../protocol/shot-settings.ts';
import type { Db } from './database.ts';

/** Clips that take about as long as each other. */
export interface ClipKind {
  engine: Engine;
  model: string;
  mode?: string;
  durationS: number;
}

/** How long clips of a kind took from accepted to finished, in milliseconds; the last `limit` of them, newest first. */
export async function recentGenerationMs(db: Db, like: ClipKind, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('metrics')
    .select('generation_ms')
    .where('engine', '=', like.engine)
    .where('model', '=', like.model)
    .where('mode', '=', like.mode ?? '')
    .where('duration_s', '=', like.durationS)
    .orderBy('completed_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.generation_ms);
}
