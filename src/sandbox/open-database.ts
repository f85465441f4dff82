import { join } from 'node:path';
import Database from 'libsql';
import { StudioError, messageOf, systemErrorCode } from '../lib/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { switchToWal } from '../lib/switch-to-wal.ts';
import { COLUMNS_OF_VERSION_1, SCHEMA, SCHEMA_VERSION } from './task-statements.ts';

const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens a folder's database, makes it when missing, brings an older one up to date. `undefined`: in memory, gone when closed.
 * @throws StudioError `SANDBOX_FOLDER_UNUSABLE` when it cannot be opened or written.
 */
export async function openDatabase(folder: string | undefined): Promise<Database.Database> {
  if (folder === undefined) {
    const database = new Database(':memory:');
    database.exec(SCHEMA);
    return database;
  }
  const path = join(folder, 'sandbox.sqlite');
  try {
    await makeFolder(folder);
    const database = new Database(path);
    // Another process may hold the lock for a moment; an accepted task must survive a power cut, as Kling's would.
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    await switchToWal(database, BUSY_TIMEOUT_MS);
    database.pragma('synchronous = FULL');
    bringUpToDate(database);
    return database;
  } catch (error) {
    throw new StudioError('SANDBOX_FOLDER_UNUSABLE', `The sandbox cannot keep its tasks in ${path}: ${messageOf(error)}.`, {
      next: 'Choose a folder on this machine that can be written, or move the damaged file away.',
      cause: error,
      detail: { path, systemCode: systemErrorCode(error) },
    });
  }
}

/** The first version held external ids unique by a constraint, which SQLite cannot take off a table. */
function bringUpToDate(database: Database.Database): void {
  const version = () => (database.pragma('user_version') as { user_version: number }[])[0]?.user_version;
  if (version() === SCHEMA_VERSION) return;
  database
    .transaction(() => {
      // Another process may have been quicker.
      if (version() === SCHEMA_VERSION) return;
      const isOld = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'tasks'`).get() !== undefined;
      if (isOld) database.exec('DROP INDEX IF EXISTS tasksRunning; DROP INDEX IF EXISTS tasksListed; ALTER TABLE tasks RENAME TO tasksBefore');
      database.exec(SCHEMA);
      if (isOld) {
        database.exec(`INSERT INTO tasks (${COLUMNS_OF_VERSION_1}) SELECT ${COLUMNS_OF_VERSION_1} FROM tasksBefore; DROP TABLE tasksBefore`);
      }
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    })
    .immediate();
}
