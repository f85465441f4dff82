import type Database from 'libsql';
import { TASK_COLUMNS } from './task-row.ts';

/** Written into the file; a file of another version is brought up to date when it is opened. */
export const SCHEMA_VERSION = 2;

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
    externalTaskId TEXT, -- unique but for the switch that lets repeated ids through
    product TEXT NOT NULL, model TEXT NOT NULL, mode TEXT, prompt TEXT NOT NULL,
    durationS REAL NOT NULL, sound INTEGER NOT NULL, watermark INTEGER NOT NULL, frameUrls TEXT NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, frameRate REAL NOT NULL, frameCount INTEGER NOT NULL,
    price INTEGER NOT NULL, -- ten-thousandths of a unit
    createdAtMs REAL NOT NULL, processingAtMs REAL NOT NULL, dueAtMs REAL NOT NULL,
    renderedAtMs REAL, tinyBytes INTEGER,
    visibleAtMs REAL NOT NULL DEFAULT 0,
    failure TEXT, failureBill INTEGER, -- ten-thousandths of a unit
    status TEXT NOT NULL CHECK (status IN ('running', 'succeed', 'failed')),
    endedAtMs REAL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS tasksRunning ON tasks (model, price) WHERE status = 'running';
  CREATE INDEX IF NOT EXISTS tasksDue ON tasks (dueAtMs) WHERE status = 'running'; -- thousands may wait, few are due
  CREATE INDEX IF NOT EXISTS tasksListed ON tasks (product, sequence);
  CREATE INDEX IF NOT EXISTS tasksByExternalId ON tasks (externalTaskId) WHERE externalTaskId IS NOT NULL;
  CREATE TABLE IF NOT EXISTS frames (taskId TEXT PRIMARY KEY, startFrame BLOB, endFrame BLOB) STRICT;
  CREATE TABLE IF NOT EXISTS reservedIds (externalTaskId TEXT PRIMARY KEY) STRICT;
`;

export const COLUMNS_OF_VERSION_1 =
  'sequence, taskId, externalTaskId, product, model, mode, prompt, durationS, sound, watermark, frameUrls, width, height, ' +
  'frameRate, frameCount, price, createdAtMs, processingAtMs, dueAtMs, renderedAtMs, failure, status, endedAtMs';

const columns = TASK_COLUMNS.join(', ');
const select = `SELECT ${columns} FROM tasks`;
/** Running in the table, ended by the clock; `:nowMs`. A missing renderedAtMs makes the comparison null, so not true. */
const IS_DUE = `status = 'running' AND dueAtMs <= :nowMs`;
const HAS_SUCCEEDED = `${IS_DUE} AND failure IS NULL AND renderedAtMs <= :nowMs`;
const HAS_FAILED = `${IS_DUE} AND failure IS NOT NULL`;
const HAS_ENDED = `${IS_DUE} AND (failure IS NOT NULL OR renderedAtMs <= :nowMs)`;
const COST = 'CASE WHEN failure IS NULL THEN price ELSE coalesce(failureBill, 0) END';

/** Every sentence the store says to SQLite. */
const SENTENCES = {
  account: 'SELECT balance, slots, openedAtMs, urlSecret FROM account',
  setSlots: 'UPDATE account SET slots = ?',
  addToBalance: 'UPDATE account SET balance = balance + ?',
  endFailed: `UPDATE tasks SET status = 'failed', endedAtMs = dueAtMs WHERE ${HAS_FAILED} RETURNING coalesce(failureBill, 0) AS cost`,
  endSucceeded: `UPDATE tasks SET status = 'succeed', endedAtMs = max(dueAtMs, renderedAtMs) WHERE ${HAS_SUCCEEDED} RETURNING price AS cost`,
  anyDue: `SELECT 1 FROM tasks WHERE ${HAS_ENDED} LIMIT 1`,
  balance: `SELECT balance - (SELECT coalesce(sum(${COST}), 0) FROM tasks WHERE ${HAS_ENDED}) AS balance FROM account`,
  charged: `SELECT coalesce(sum(${COST}), 0) AS cost FROM tasks WHERE status <> 'running' OR (${HAS_ENDED})`,
  reserved: `SELECT coalesce(sum(price), 0) AS reserved FROM tasks WHERE status = 'running'`,
  runningOf: `SELECT count(*) AS running FROM tasks WHERE status = 'running' AND model = ?`,
  externalId: 'SELECT 1 FROM tasks WHERE externalTaskId = ?',
  reservedId: 'SELECT 1 FROM reservedIds WHERE externalTaskId = ?',
  reserveId: 'INSERT OR IGNORE INTO reservedIds (externalTaskId) VALUES (?)',
  insert: `INSERT INTO tasks (${columns}) VALUES (${TASK_COLUMNS.map((column) => `:${column}`).join(', ')})`,
  // Of several tasks with one external id the newest; which one Kling would show is not known.
  // The plus signs keep SQLite from walking through the product's tasks instead of looking up the two ids.
  find: `${select} WHERE (taskId = :id OR externalTaskId = :id) AND +product = :product AND visibleAtMs <= :nowMs ORDER BY +sequence DESC LIMIT 1`,
  findById: `${select} WHERE taskId = ?`,
  findByExternalId: `${select} WHERE externalTaskId = ? ORDER BY +sequence DESC LIMIT 1`,
  list: `${select} WHERE product = ? AND visibleAtMs <= ? ORDER BY sequence DESC LIMIT ? OFFSET ?`,
  all: `${select} ORDER BY sequence`,
  unrendered: `${select} WHERE status = 'running' AND renderedAtMs IS NULL AND failure IS NULL ORDER BY sequence`,
  insertFrames: 'INSERT INTO frames (taskId, startFrame, endFrame) VALUES (?, ?, ?)',
  framesOf: 'SELECT startFrame, endFrame FROM frames WHERE taskId = ?',
  removeFrames: 'DELETE FROM frames WHERE taskId = ?',
  // Two processes may both have drawn it; the first one's time counts.
  markRendered: 'UPDATE tasks SET renderedAtMs = ?, tinyBytes = ? WHERE taskId = ? AND renderedAtMs IS NULL',
  markFailed: `UPDATE tasks SET failure = ?, dueAtMs = max(dueAtMs, ?) WHERE taskId = ? AND status = 'running' AND renderedAtMs IS NULL AND failure IS NULL`,
  removeEnded: `DELETE FROM tasks WHERE status <> 'running' AND endedAtMs < ? RETURNING taskId`,
} as const;

/** As much of a prepared sentence as is used. */
interface Statement {
  run(...parameters: unknown[]): { changes: number };
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
}

export type Statements = Readonly<Record<keyof typeof SENTENCES, Statement>>;

/** The sentences, each prepared when it is first said: most sandboxes of a long proof never say most of them. */
export function statements(database: Database.Database): Statements {
  const prepared: Partial<Record<keyof typeof SENTENCES, Statement>> = {};
  const sayable = {} as Statements;
  for (const name of Object.keys(SENTENCES) as (keyof typeof SENTENCES)[]) {
    Object.defineProperty(sayable, name, { get: () => (prepared[name] ??= database.prepare(SENTENCES[name])) });
  }
  return sayable;
}
