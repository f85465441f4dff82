import type Database from 'libsql';
import { TASK_COLUMNS } from './task-row.ts';

/** One account per folder. Money is in ten-thousandths of a unit, whole numbers, so that sums stay exact. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS account (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    balance INTEGER NOT NULL, -- ten-thousandths of a unit
    slots INTEGER NOT NULL,
    openedAtMs REAL NOT NULL,
    urlSecret BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tasks (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    taskId TEXT NOT NULL UNIQUE,
    externalTaskId TEXT UNIQUE,
    product TEXT NOT NULL, model TEXT NOT NULL, mode TEXT, prompt TEXT NOT NULL,
    durationS REAL NOT NULL, sound INTEGER NOT NULL, watermark INTEGER NOT NULL, frameUrls TEXT NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, frameRate REAL NOT NULL, frameCount INTEGER NOT NULL,
    price INTEGER NOT NULL, -- ten-thousandths of a unit
    createdAtMs REAL NOT NULL, processingAtMs REAL NOT NULL, dueAtMs REAL NOT NULL,
    renderedAtMs REAL, failure TEXT,
    status TEXT NOT NULL CHECK (status IN ('running', 'succeed', 'failed')),
    endedAtMs REAL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS tasksRunning ON tasks (model, price) WHERE status = 'running';
  CREATE INDEX IF NOT EXISTS tasksListed ON tasks (product, sequence);
  CREATE TABLE IF NOT EXISTS frames (taskId TEXT PRIMARY KEY, startFrame BLOB, endFrame BLOB) STRICT;
`;

/** Every sentence the store says to SQLite. */
export function statements(database: Database.Database) {
  const columns = TASK_COLUMNS.join(', ');
  const select = `SELECT ${columns} FROM tasks`;
  return {
    account: database.prepare('SELECT balance, slots, openedAtMs, urlSecret FROM account'),
    setSlots: database.prepare('UPDATE account SET slots = ?'),
    addToBalance: database.prepare('UPDATE account SET balance = balance + ?'),
    anyDue: database.prepare(
      `SELECT 1 FROM tasks WHERE status = 'running' AND dueAtMs <= ? AND (failure IS NOT NULL OR renderedAtMs <= ?) LIMIT 1`,
    ),
    endFailed: database.prepare(
      `UPDATE tasks SET status = 'failed', endedAtMs = dueAtMs WHERE status = 'running' AND failure IS NOT NULL AND dueAtMs <= ?`,
    ),
    endSucceeded: database.prepare(
      `UPDATE tasks SET status = 'succeed', endedAtMs = max(dueAtMs, renderedAtMs)
       WHERE status = 'running' AND failure IS NULL AND max(dueAtMs, renderedAtMs) <= ? RETURNING price`,
    ),
    charged: database.prepare(`SELECT coalesce(sum(price), 0) AS charged FROM tasks WHERE status = 'succeed'`),
    reserved: database.prepare(`SELECT coalesce(sum(price), 0) AS reserved FROM tasks WHERE status = 'running'`),
    runningOf: database.prepare(`SELECT count(*) AS running FROM tasks WHERE status = 'running' AND model = ?`),
    externalId: database.prepare('SELECT 1 FROM tasks WHERE externalTaskId = ?'),
    insert: database.prepare(
      `INSERT INTO tasks (${columns}) VALUES (${TASK_COLUMNS.map((column) => `:${column}`).join(', ')})`,
    ),
    find: database.prepare(`${select} WHERE product = ? AND (taskId = ? OR externalTaskId = ?)`),
    findById: database.prepare(`${select} WHERE taskId = ?`),
    findByExternalId: database.prepare(`${select} WHERE externalTaskId = ?`),
    list: database.prepare(`${select} WHERE product = ? ORDER BY sequence DESC LIMIT ? OFFSET ?`),
    all: database.prepare(`${select} ORDER BY sequence`),
    unrendered: database.prepare(
      `${select} WHERE status = 'running' AND renderedAtMs IS NULL AND failure IS NULL ORDER BY sequence`,
    ),
    insertFrames: database.prepare('INSERT INTO frames (taskId, startFrame, endFrame) VALUES (?, ?, ?)'),
    framesOf: database.prepare('SELECT startFrame, endFrame FROM frames WHERE taskId = ?'),
    removeFrames: database.prepare('DELETE FROM frames WHERE taskId = ?'),
    // Two processes may both have drawn it; the first one's time counts.
    markRendered: database.prepare('UPDATE tasks SET renderedAtMs = ? WHERE taskId = ? AND renderedAtMs IS NULL'),
    markFailed: database.prepare(
      `UPDATE tasks SET failure = ?, dueAtMs = max(dueAtMs, ?) WHERE taskId = ? AND status = 'running' AND renderedAtMs IS NULL AND failure IS NULL`,
    ),
    removeEnded: database.prepare(`DELETE FROM tasks WHERE status <> 'running' AND endedAtMs < ? RETURNING taskId`),
  };
}
