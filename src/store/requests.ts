import type { Clock } from '../lib/clock.ts';
import type { Db } from './database.ts';
import { inTransaction } from './transaction.ts';

/** So long a repeated request is known; people and browsers repeat within minutes. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** Requests that may spend. Written before anything is begun: a kill behind it loses a click, never money. */
export class Requests {
  private readonly db: Db;
  private readonly clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }

  async find(key: string): Promise<{ digest: string; jobId: string } | undefined> {
    const row = await this.db.selectFrom('requests').selectAll().where('key', '=', key).executeTakeFirst();
    return row && { digest: row.digest, jobId: row.job_id };
  }

  /** Writes a request down. @returns the one that had this key before; `undefined`: it is new, and may be begun. */
  async begin(request: { key: string; digest: string; jobId: string }): Promise<{ digest: string; jobId: string } | undefined> {
    return await inTransaction(this.db, async (transaction) => {
      const now = this.clock.now();
      await transaction.deleteFrom('requests').where('at', '<', now - KEPT_MS).execute();
      const before = await transaction.selectFrom('requests').selectAll().where('key', '=', request.key).executeTakeFirst();
      if (before) return { digest: before.digest, jobId: before.job_id };
      await transaction.insertInto('requests').values({ key: request.key, digest: request.digest, job_id: request.jobId, at: now }).execute();
      return undefined;
    });
  }
}
