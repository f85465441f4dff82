import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { CompiledQuery, Kysely, Migrator, SqliteAdapter, SqliteDialect, SqliteDriver, sql, type DatabaseConnection, type SqliteDatabase } from 'kysely';
import { messageOf, StudioError } from '../lib/errors.ts';
import { switchToWal } from '../lib/switch-to-wal.ts';
import { explainedError, explainErrors } from './explain-errors.ts';
import { MIGRATIONS } from './migrations.ts';
import { keepStatements } from './keep-statements.ts';
import type { StoreSchema } from './schema.ts';

/** Another process may hold the write lock for one short transaction; longer than this is a fault worth a message. */
const BUSY_TIMEOUT_MS = 10_000;

export type Db = Kysely<StoreSchema>;

/**
 * SQLite makes and changes tables in transactions; Kysely does not use that unless it is told. So a migration that breaks
 * off leaves nothing, and of two processes that meet a new store the second waits for the first.
 */
class StoreDialect extends SqliteDialect {
  private readonly database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super({ database });
    this.database = database;
  }

  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl() {
        return true;
      }
    })();
  }

  override createDriver(): SqliteDriver {
    return new (class extends SqliteDriver {
      override async beginTransaction(connection: DatabaseConnection) {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      }
    })({ database: this.database });
  }
}

/**
 * Opens the store, makes it when missing and brings its tables up to date. Several processes may open one store.
 * Every commit is on the disk when it returns (WAL, synchronous=FULL): the ledger's promise stands on it.
 * @throws StudioError STORE_UNUSABLE (cannot be opened), STORE_DAMAGED, DISK_FULL or STORE_TOO_NEW.
 */
export async function openDatabase(path: string): Promise<Db> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const database = new Database(path);
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    await switchToWal(database, BUSY_TIMEOUT_MS);
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Scripts and prompts are their author's business, also on a shared machine.
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    const db = new Kysely<StoreSchema>({ dialect: new StoreDialect(keepStatements(explainErrors(database))) });
    try {
      await migrate(db);
    } catch (error) {
      await db.destroy();
      throw error;
    }
    return db;
  } catch (error) {
    const said = explainedError(error);
    if (said && (said === error || said.code === 'DISK_FULL' || said.code === 'STORE_DAMAGED')) throw said;
    throw new StudioError('STORE_UNUSABLE', `The store ${path} cannot be opened: ${messageOf(error)}.`, {
      next: 'Check that the folder is writable and has room, or name another home with --home or DIRECTORSTUDIO_HOME.',
      cause: error,
    });
  }
}

async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const known = Object.keys(MIGRATIONS);
  // Two processes may meet a new store at once; the loser finds the tables made and tries again.
  for (let attempt = 1; ; attempt += 1) {
    const applied = await appliedMigrations(db);
    const unknown = applied.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new StudioError('STORE_TOO_NEW', `The store was written by a newer DirectorStudio (it has "${unknown[0]}", which this version does not know).`, {
        next: 'Update DirectorStudio, or name another home with --home. Nothing was changed.',
      });
    }
    if (applied.length === known.length) return;
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) return;
    if (StudioError.is(error) && error.code !== 'STORE_BUSY') throw error;
    if (attempt >= 10) throw new Error(`its tables cannot be brought up to date: ${messageOf(error)}`, { cause: error });
    await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
  }
}

async function appliedMigrations(db: Db): Promise<string[]> {
  const table = await sql<{ n: number }>`select count(*) as n from sqlite_master where name = 'kysely_migration'`.execute(db);
  if (table.rows[0]?.n !== 1) return [];
  const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.rows.map((row) => row.name);
}
