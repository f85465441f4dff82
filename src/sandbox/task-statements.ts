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

const columns = TASK_COLUMNS.join(', ');
const select = `SELECT ${columns} FROM tasks`;

/** Every sentence the store says to SQLite. */
const SENTENCES = {
  account: 'SELECT balance, slots, openedAtMs, urlSecret FROM account',
  setSlots: 'UPDATE account SET slots = ?',
  addToBalance: 'UPDATE account SET balance = balance + ?',
  anyDue: `SELECT 1 FROM tasks WHERE status = 'running' AND dueAtMs <= ? AND (failure IS NOT NULL OR renderedAtMs <= ?) LIMIT 1`,
  endFailed: `UPDATE tasks SET status = 'failed', endedAtMs = dueAtMs WHERE status = 'running' AND failure IS NOT NULL AND dueAtMs <= ?`,
  endSucceeded: `UPDATE tasks SET status = 'succeed', endedAtMs = max(dueAtMs, renderedAtMs)
    WHERE status = 'running' AND failure IS NULL AND max(dueAtMs, renderedAtMs) <= ? RETURNING price`,
  charged: `SELECT coalesce(sum(price), 0) AS charged FROM tasks WHERE status = 'succeed'`,
  reserved: `SELECT coalesce(sum(price), 0) AS reserved FROM tasks WHERE status = 'running'`,
  runningOf: `SELECT count(*) AS running FROM tasks WHERE status = 'running' AND model = ?`,
  externalId: 'SELECT 1 FROM tasks WHERE externalTaskId = ?',
  insert: `INSERT INTO tasks (${columns}) VALUES (${TASK_COLUMNS.map((column) => `:${column}`).join(', ')})`,
  find: `${select} WHERE product = ? AND (taskId = ? OR externalTaskId = ?)`,
  findById: `${select} WHERE taskId = ?`,
  findByExternalId: `${select} WHERE externalTaskId = ?`,
  list: `${select} WHERE product = ? ORDER BY sequence DESC LIMIT ? OFFSET ?`,
  all: `${select} ORDER BY sequence`,
  unrendered: `${select} WHERE status = 'running' AND renderedAtMs IS NULL AND failure IS NULL ORDER BY sequence`,
  insertFrames: 'INSERT INTO frames (taskId, startFrame, endFrame) VALUES (?, ?, ?)',
  framesOf: 'SELECT startFrame, endFrame FROM frames WHERE taskId = ?',
  removeFrames: 'DELETE FROM frames WHERE taskId = ?',
  // Two processes may both have drawn it; the first one's time counts.
  markRendered: 'UPDATE tasks SET renderedAtMs = ? WHERE taskId = ? AND renderedAtMs IS NULL',
  markFailed: `UPDATE tasks SET failure = ?, dueAtMs = max(dueAtMs, ?) WHERE taskId = ? AND status = 'running' AND renderedAtMs IS NULL AND failure IS NULL`,
  removeEnded: `DELETE FROM tasks WHERE status <> 'running' AND endedAtMs < ? RETURNING taskId`,
} as const;

/** As much of a prepared sentence as is used. */
interface Statement {
  run(...parameters: unknown[]): { changes: number };
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
}

/** The sentences, prepared. */
export function statements(database: Database.Database): Record<keyof typeof SENTENCES, Statement> {
  const names = Object.keys(SENTENCES) as (keyof typeof SENTENCES)[];
  return Object.fromEntries(names.map((name): [string, Statement] => [name, database.prepare(SENTENCES[name])])) as Record<(typeof names)[number], Statement>;
}
