import type { Db } from './database.ts';
import { storedJson } from './stored-json.ts';

/** What is in a film. */
export interface FilmFacts {
  frameCount: number;
  /** Seconds. */
  durationS: number;
  width: number;
  height: number;
  frameRate: number;
  audio: boolean;
}

/** What a film on the disk was cut from, so that an unchanged film is not cut again. */
export interface FilmRecord {
  /** Real path of the file. */
  path: string;
  projectId: string;
  /** SHA-256 of the cut plan. */
  planDigest: string;
  sizeBytes: number;
  mtimeMs: number;
  facts: FilmFacts;
}

export class Films {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  async find(path: string): Promise<FilmRecord | undefined> {
    const row = await this.db.selectFrom('films').selectAll().where('path', '=', path).executeTakeFirst();
    return row && { path: row.path, projectId: row.project_id, planDigest: row.plan_digest, sizeBytes: row.size_bytes, mtimeMs: row.mtime_ms, facts: storedJson(row.facts, `what is known of the film ${row.path}`, (value) => value as FilmFacts) };
  }

  async save(film: FilmRecord): Promise<void> {
    const values = { project_id: film.projectId, plan_digest: film.planDigest, size_bytes: film.sizeBytes, mtime_ms: film.mtimeMs, facts: JSON.stringify(film.facts) };
    await this.db
      .insertInto('films')
      .values({ path: film.path, ...values })
      .onConflict((conflict) => conflict.column('path').doUpdateSet(values))
      .execute();
  }
}
