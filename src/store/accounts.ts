import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import type { Engine, ShotSettings } from '../protocol/shot-settings.ts';
import type { Db } from './database.ts';
import { inTransaction } from './transaction.ts';
import { storedRequest, storedState } from './generation-row.ts';

export interface Account {
  id: string;
  engine: Engine;
  baseUrl: string;
}

/** Which account a key opens. Keys themselves are never stored, only a digest that tells two of them apart. */
export class Accounts {
  private readonly db: Db;
  private readonly clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }

  async findByCredential(digest: string): Promise<Account | undefined> {
    const row = await this.db
      .selectFrom('credentials')
      .innerJoin('accounts', 'accounts.id', 'credentials.account_id')
      .selectAll('accounts')
      .where('credentials.digest', '=', digest)
      .executeTakeFirst();
    return row && { id: row.id, engine: row.engine, baseUrl: row.base_url };
  }

  /** Accounts of an engine that a new key might open too, each with the newest task that would prove it. */
  async listWithProof(engine: Engine): Promise<{ account: Account; task?: { taskId: string; kind: ShotSettings['kind'] } }[]> {
    const accounts = await this.db.selectFrom('accounts').selectAll().where('engine', '=', engine).execute();
    return await Promise.all(
      accounts.map(async (row) => {
        const rows = await this.db
          .selectFrom('generations')
          .select(['state', 'request', 'external_task_id'])
          .where('account_id', '=', row.id)
          .where('status', 'in', ['submitted', 'processing', 'downloading', 'unobtainable', 'completed', 'failed', 'parked'])
          .orderBy('updated_at', 'desc')
          .limit(20)
          .execute();
        const account = { id: row.id, engine: row.engine, baseUrl: row.base_url };
        for (const candidate of rows) {
          const written = storedState(candidate);
          const state = written.status === 'parked' ? written.resumeFrom : written;
          if ('taskId' in state && state.taskId !== undefined) {
            return { account, task: { taskId: state.taskId, kind: storedRequest(candidate).kind } };
          }
        }
        return { account };
      }),
    );
  }

  /** Binds a key to an account it was proven to open, or to a new one. */
  async bind(digest: string, to: { accountId: string } | { engine: Engine; baseUrl: string }): Promise<Account> {
    return await inTransaction(this.db, async (transaction) => {
      let accountId: string;
      if ('accountId' in to) {
        accountId = to.accountId;
      } else {
        accountId = randomUUID();
        await transaction
          .insertInto('accounts')
          .values({ id: accountId, engine: to.engine, base_url: to.baseUrl, created_at: this.clock.now() })
          .execute();
      }
      await transaction
        .insertInto('credentials')
        .values({ digest, account_id: accountId })
        .onConflict((conflict) => conflict.column('digest').doNothing())
        .execute();
      const row = await transaction
        .selectFrom('credentials')
        .innerJoin('accounts', 'accounts.id', 'credentials.account_id')
        .selectAll('accounts')
        .where('credentials.digest', '=', digest)
        .executeTakeFirstOrThrow();
      return { id: row.id, engine: row.engine, baseUrl: row.base_url };
    });
  }
}
