import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'libsql';
import type { Clock } from '../lib/clock.ts';
import { StudioError, messageOf, systemErrorCode } from '../lib/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { switchToWal } from '../lib/switch-to-wal.ts';
import type { SandboxProduct, TaskRecord } from './task.ts';
import { rowOf, taskOf } from './task-row.ts';
import { SCHEMA, statements } from './task-statements.ts';

/** Pictures that came with a task as bytes. */
export interface TaskFrames {
  startFrame: Uint8Array | undefined;
  endFrame: Uint8Array | undefined;
}

export type InsertOutcome = 'inserted' | 'no-balance' | 'no-slot' | 'external-id-taken';

/** The account and its tasks. Every method sees, and leaves, what is true at the clock's now. */
export interface TaskStore {
  /**
   * Accepts a task, or says why not, in one transaction that holds across processes. In this order: the money of the
   * tasks that run and of this one must be there, a slot of the model must be free, the external id must be new.
   */
  insert(task: TaskRecord, frames: TaskFrames): InsertOutcome;
  /** Among the product's tasks, by task id or external id. */
  find(product: SandboxProduct, id: string): TaskRecord | undefined;
  findById(taskId: string): TaskRecord | undefined;
  findMany(ids: readonly string[], by: 'taskId' | 'externalTaskId'): TaskRecord[];
  /** The product's tasks, newest first. */
  list(product: SandboxProduct, limit: number, offset: number): TaskRecord[];
  /** Everything, oldest first. */
  all(): TaskRecord[];
  /** Tasks that still need their clip, oldest first. */
  unrendered(): TaskRecord[];
  framesOf(taskId: string): TaskFrames;
  /** The clip is in its place: from now on the task may end. The frames are let go. */
  markRendered(taskId: string): void;
  /** The task ends as failed, now or when it is due. Nothing happens to a task that has its clip. */
  markFailed(taskId: string, message: string): void;
  balanceTenThousandths(): number;
  addTenThousandths(amount: number): void;
  /** What the tasks that are remembered have cost. */
  chargedTenThousandths(): number;
  slots(): number;
  setSlots(slots: number): void;
  /** Signs clip URLs; made once per folder. */
  readonly urlSecret: Uint8Array;
  /** When the folder was first used. */
  readonly openedAtMs: number;
  /** Forgets tasks that ended before this moment. @returns their ids. */
  removeEndedBefore(ms: number): string[];
  close(): void;
}

export interface StoreOptions {
  clock: Clock;
  slots: number | undefined;
  balanceTenThousandths: number;
}

const DEFAULT_SLOTS = 5;

/**
 * Opens the folder's database, makes it when missing.
 * @throws StudioError `SANDBOX_FOLDER_UNUSABLE` when it cannot be opened or written.
 */
export async function openTaskStore(folder: string, { clock, slots, balanceTenThousandths }: StoreOptions): Promise<TaskStore> {
  const database = await openDatabase(folder);
  database
    .prepare('INSERT OR IGNORE INTO account (one, balance, slots, openedAtMs, urlSecret) VALUES (1, ?, ?, ?, ?)')
    .run(balanceTenThousandths, slots ?? DEFAULT_SLOTS, clock.now(), randomBytes(32));
  const sql = statements(database);
  if (slots !== undefined) sql.setSlots.run(slots);

  /** Ends what is due and takes its money; time alone moves a task, so this runs before every look. */
  const endWhatIsDue = (nowMs: number) => {
    sql.endFailed.run(nowMs);
    const ended = sql.endSucceeded.all(nowMs) as { price: number }[];
    const price = ended.reduce((sum, task) => sum + task.price, 0);
    if (price > 0) sql.addToBalance.run(-price);
  };
  const settle = database.transaction(endWhatIsDue);
  const settled = () => {
    const nowMs = clock.now();
    if (sql.anyDue.get(nowMs, nowMs) !== undefined) settle.immediate(nowMs);
  };

  const insert = database.transaction((task: TaskRecord, frames: TaskFrames): InsertOutcome => {
    const { reserved } = sql.reserved.get() as { reserved: number };
    if (reserved + task.priceTenThousandths > balance()) return 'no-balance';
    const { running } = sql.runningOf.get(task.model) as { running: number };
    if (running >= slotCount()) return 'no-slot';
    if (task.externalTaskId !== undefined && sql.externalId.get(task.externalTaskId) !== undefined) return 'external-id-taken';
    sql.insert.run(rowOf(task));
    if (frames.startFrame !== undefined || frames.endFrame !== undefined) {
      sql.insertFrames.run(task.taskId, blobOf(frames.startFrame), blobOf(frames.endFrame));
    }
    return 'inserted';
  });
  const rendered = database.transaction((taskId: string, nowMs: number) => {
    sql.markRendered.run(nowMs, taskId);
    sql.removeFrames.run(taskId);
    // Here, because at high speed it is due already: one commit less.
    endWhatIsDue(nowMs);
  });
  const remove = database.transaction((beforeMs: number): string[] => {
    const rows = sql.removeEnded.all(beforeMs) as { taskId: string }[];
    for (const { taskId } of rows) sql.removeFrames.run(taskId);
    return rows.map(({ taskId }) => taskId);
  });

  const balance = () => (sql.account.get() as { balance: number }).balance;
  const slotCount = () => (sql.account.get() as { slots: number }).slots;
  const { urlSecret, openedAtMs } = sql.account.get() as { urlSecret: Uint8Array; openedAtMs: number };

  return {
    urlSecret: new Uint8Array(urlSecret),
    openedAtMs,
    insert(task, frames) {
      settled();
      return insert.immediate(task, frames);
    },
    find(product, id) {
      settled();
      return oneOf(sql.find.get(product, id, id));
    },
    findById(taskId) {
      settled();
      return oneOf(sql.findById.get(taskId));
    },
    findMany(ids, by) {
      settled();
      const statement = by === 'taskId' ? sql.findById : sql.findByExternalId;
      return [...new Set(ids)].flatMap((id) => oneOf(statement.get(id)) ?? []);
    },
    list(product, limit, offset) {
      settled();
      return manyOf(sql.list.all(product, limit, offset));
    },
    all() {
      settled();
      return manyOf(sql.all.all());
    },
    unrendered: () => manyOf(sql.unrendered.all()),
    framesOf(taskId) {
      const row = sql.framesOf.get(taskId) as { startFrame: Uint8Array | null; endFrame: Uint8Array | null } | undefined;
      return { startFrame: row?.startFrame ?? undefined, endFrame: row?.endFrame ?? undefined };
    },
    markRendered: (taskId) => rendered.immediate(taskId, clock.now()),
    markFailed(taskId, message) {
      sql.markFailed.run(message, clock.now(), taskId);
    },
    balanceTenThousandths() {
      settled();
      return balance();
    },
    chargedTenThousandths() {
      settled();
      return (sql.charged.get() as { charged: number }).charged;
    },
    addTenThousandths(amount) {
      sql.addToBalance.run(amount);
    },
    slots: slotCount,
    setSlots(count) {
      sql.setSlots.run(count);
    },
    removeEndedBefore(ms) {
      settled();
      return remove.immediate(ms);
    },
    close() {
      database.close();
    },
  };
}

const BUSY_TIMEOUT_MS = 10_000;

async function openDatabase(folder: string): Promise<Database.Database> {
  const path = join(folder, 'sandbox.sqlite');
  try {
    await makeFolder(folder);
    const database = new Database(path);
    // Another process may hold the lock for a moment; an accepted task must survive a power cut, as Kling's would.
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    await switchToWal(database, BUSY_TIMEOUT_MS);
    database.pragma('synchronous = FULL');
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    throw new StudioError('SANDBOX_FOLDER_UNUSABLE', `The sandbox cannot keep its tasks in ${path}: ${messageOf(error)}.`, {
      next: 'Choose a folder on this machine that can be written, or move the damaged file away.',
      cause: error,
      detail: { path, systemCode: systemErrorCode(error) },
    });
  }
}

function oneOf(row: unknown): TaskRecord | undefined {
  return row === undefined ? undefined : taskOf(row);
}

function manyOf(rows: unknown[]): TaskRecord[] {
  return rows.map(taskOf);
}

function blobOf(bytes: Uint8Array | undefined): Buffer | null {
  return bytes === undefined ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
