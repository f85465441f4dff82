import { sql } from 'kysely';
import type { Db } from './database.ts';

/** A shot of which a take changed. */
export interface ChangedShot {
  projectId: string;
  shotId: string;
}

/** Tells whoever shows films what others have changed: cheap enough to be asked ten times a second. */
export class Changes {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** The place of the last line in the journals of all takes. It only grows. */
  async journalEnd(): Promise<number> {
    const { rows } = await sql<{ last: number | null }>`select max(id) as last from journal`.execute(this.db);
    return rows[0]?.last ?? 0;
  }

  /** The shots to whose takes something happened behind one place of the journal, up to another. */
  async changedShots(behind: number, upTo: number): Promise<ChangedShot[]> {
    return await this.db
      .selectFrom('journal')
      .innerJoin('takes', 'takes.generation_id', 'journal.generation_id')
      .innerJoin('shots', 'shots.id', 'takes.shot_id')
      .select(['shots.project_id as projectId', 'shots.id as shotId'])
      .distinct()
      .where('journal.id', '>', behind)
      .where('journal.id', '<=', upTo)
      .execute();
  }

  /**
   * A mark for every film; equal marks: its shots, its plan, its cut, and the number and selection of its takes are as they were. What
   * happens to a take by itself is in the journal.
   */
  async filmMarks(): Promise<Map<string, string>> {
    const { rows } = await sql<{ id: string; mark: string }>`
      select projects.id, projects.updated_at || ' ' || projects.engine || ' ' || coalesce(projects.cap_units, 'none') || ' ' || coalesce((select read_at from edits where project_id = projects.id), 'script') || ' ' ||
        coalesce((select count(*) || ' ' || coalesce(group_concat(case when takes.selected = 1 then takes.id end), '') || ' ' || coalesce(group_concat(case when takes.rejected = 1 or takes.note is not null then takes.id || takes.rejected || takes.note end), '') from takes inner join shots on shots.id = takes.shot_id where shots.project_id = projects.id), '') as mark
      from projects`.execute(this.db);
    return new Map(rows.map(({ id, mark }) => [id, mark]));
  }
}
