import { randomBytes } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import { openDatabase } from './open-database.ts';
import { stateAt, type SandboxProduct, type TaskRecord } from './task.ts';
import { rowOf, taskOf } from './task-row.ts';
import { statements } from './task-statements.ts';

/** Pictures that came with a task as bytes. */
export interface TaskFrames {
  startFrame: Uint8Array | undefined;
  endFrame: Uint8Array | undefined;
}

export type InsertOutcome = { outcome: 'inserted'; task: TaskRecord } | { outcome: 'no-balance' | 'no-slot' | 'external-id-taken' };

/** The account and its tasks. Every method tells what is true at the clock's now. */
export interface TaskStore {
  /**
   * Accepts a task, or says why not, in one transaction that holds across processes. In this order: the money of the
   * tasks that run and of this one must be there, a slot of the model must be free, the external id must be new.
   * @param alter the last word on the task, asked only when nothing stands in its way.
   */
  insert(task: TaskRecord, frames: TaskFrames, alter?: (task: TaskRecord) => TaskRecord): InsertOutcome;
  /** The id counts as taken from now on although no task has it. */
  reserveExternalId(externalTaskId: string): void;
  /** Among the product's tasks that can be seen, by task id or external id. */
  find(product: SandboxProduct, id: string): TaskRecord | undefined;
  /** Seen or not. */
  findById(taskId: string): TaskRecord | undefined;
  /** Those that can be seen. */
  findMany(ids: readonly string[], by: 'taskId' | 'externalTaskId'): TaskRecord[];
  /** The product's tasks that can be seen, newest first. */
  list(product: SandboxProduct, limit: number, offset: number): TaskRecord[];
  /** Everything, oldest first. */
  all(): TaskRecord[];
  /** Tasks that still need their clip, oldest first. */
  unrendered(): TaskRecord[];
  framesOf(taskId: string): TaskFrames;
  /** The clip is in its place: from now on the task may end. The frames are let go. @param tinyBytes for a tiny clip. */
  markRendered(taskId: string, tinyBytes?: number): void;
  /**
   * The task ends as failed, now or when it is due. Nothing happens to a task that has its clip. It holds for this process
   * also when it cannot be written down: a full disk is a likely reason for the failure itself.
   */
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
  /** Undefined: in memory, gone when it is closed. */
  folder: string | undefined;
  slots: number | undefined;
  balanceTenThousandths: number;
  /** An external id that has a task is refused, or makes another task. */
  repeatedIds: 'refused' | 'accepted';
}

const DEFAULT_SLOTS = 5;

/** @throws StudioError `SANDBOX_FOLDER_UNUSABLE` when the folder's database cannot be opened or written. */
export async function openTaskStore({ clock, folder, slots, balanceTenThousandths, repeatedIds }: StoreOptions): Promise<TaskStore> {
  const database = await openDatabase(folder);
  const sql = statements(database);
  const opened = database
    .prepare('INSERT OR IGNORE INTO account (one, balance, slots, openedAtMs, urlSecret) VALUES (1, ?, ?, ?, ?)')
    .run(balanceTenThousandths, slots ?? DEFAULT_SLOTS, clock.now(), randomBytes(32));
  if (slots !== undefined && opened.changes === 0) sql.setSlots.run(slots);

  /** Ends what is due and takes its money; goes along with what is written anyway. */
  const endWhatIsDue = (nowMs: number) => {
    if (sql.anyDue.get({ nowMs }) === undefined) return;
    const ended = [...sql.endFailed.all({ nowMs }), ...sql.endSucceeded.all({ nowMs })] as { cost: number }[];
    const cost = ended.reduce((sum, task) => sum + task.cost, 0);
    if (cost > 0) sql.addToBalance.run(-cost);
  };

  const unwritten = new Map<string, { message: string; atMs: number }>();
  const failIn = (taskId: string, { message, atMs }: { message: string; atMs: number }) => sql.markFailed.run(message, atMs, taskId);
  const writeFailures = () => {
    for (const [taskId, failed] of unwritten) failIn(taskId, failed);
  };

  const insert = database.transaction((task: TaskRecord, frames: TaskFrames, alter: (task: TaskRecord) => TaskRecord): InsertOutcome => {
    writeFailures();
    endWhatIsDue(clock.now());
    const { externalTaskId } = task;
    const { reserved } = sql.reserved.get() as { reserved: number };
    const { balance, slots: slotCount } = account();
    if (reserved + task.priceTenThousandths > balance) return { outcome: 'no-balance' };
    const { running } = sql.runningOf.get(task.model) as { running: number };
    if (running >= slotCount) return { outcome: 'no-slot' };
    if (externalTaskId !== undefined && repeatedIds === 'refused' && sql.externalId.get(externalTaskId) !== undefined) return { outcome: 'external-id-taken' };
    if (externalTaskId !== undefined && sql.reservedId.get(externalTaskId) !== undefined) return { outcome: 'external-id-taken' };
    const altered = alter(task);
    sql.insert.run(rowOf(altered));
    // A tiny clip is there already and shows no frames.
    if (altered.renderedAtMs === undefined && (frames.startFrame !== undefined || frames.endFrame !== undefined)) {
      sql.insertFrames.run(task.taskId, blobOf(frames.startFrame), blobOf(frames.endFrame));
    }
    return { outcome: 'inserted', task: altered };
  });
  const rendered = database.transaction((taskId: string, tinyBytes: number | null, nowMs: number) => {
    writeFailures();
    sql.markRendered.run(nowMs, tinyBytes, taskId);
    sql.removeFrames.run(taskId);
    endWhatIsDue(nowMs);
  });
  const remove = database.transaction((beforeMs: number): string[] => {
    endWhatIsDue(clock.now());
    const rows = sql.removeEnded.all(beforeMs) as { taskId: string }[];
    for (const { taskId } of rows) sql.removeFrames.run(taskId);
    return rows.map(({ taskId }) => taskId);
  });

  const account = () => sql.account.get() as { balance: number; slots: number };
  const { urlSecret, openedAtMs } = sql.account.get() as { urlSecret: Uint8Array; openedAtMs: number };

  const current = (row: unknown): TaskRecord => {
    const stored = taskOf(row);
    const failed = stored.renderedAtMs === undefined && stored.failure === undefined ? unwritten.get(stored.taskId) : undefined;
    const task = failed === undefined ? stored : { ...stored, failure: failed.message, dueAtMs: Math.max(stored.dueAtMs, failed.atMs) };
    return { ...task, state: stateAt(task, clock.now()) };
  };
  const oneOf = (row: unknown): TaskRecord | undefined => (row === undefined ? undefined : current(row));

  return {
    urlSecret: new Uint8Array(urlSecret),
    openedAtMs,
    insert(task, frames, alter = (unaltered) => unaltered) {
      const outcome = insert.immediate(task, frames, alter);
      unwritten.clear();
      return outcome;
    },
    reserveExternalId: (externalTaskId) => void sql.reserveId.run(externalTaskId),
    find: (product, id) => oneOf(sql.find.get({ product, id, nowMs: clock.now() })),
    findById: (taskId) => oneOf(sql.findById.get(taskId)),
    findMany(ids, by) {
      const statement = by === 'taskId' ? sql.findById : sql.findByExternalId;
      return [...new Set(ids)].flatMap((id) => oneOf(statement.get(id)) ?? []).filter(({ visibleAtMs }) => visibleAtMs <= clock.now());
    },
    list: (product, limit, offset) => sql.list.all(product, clock.now(), limit, offset).map(current),
    all: () => sql.all.all().map(current),
    unrendered: () => sql.unrendered.all().map(current),
    framesOf(taskId) {
      const row = sql.framesOf.get(taskId) as { startFrame: Uint8Array | null; endFrame: Uint8Array | null } | undefined;
      return { startFrame: row?.startFrame ?? undefined, endFrame: row?.endFrame ?? undefined };
    },
    markRendered(taskId, tinyBytes) {
      rendered.immediate(taskId, tinyBytes ?? null, clock.now());
      unwritten.clear();
    },
    markFailed(taskId, message) {
      const failed = { message, atMs: clock.now() };
      unwritten.set(taskId, failed);
      failIn(taskId, failed);
      unwritten.delete(taskId);
    },
    balanceTenThousandths: () => (sql.balance.get({ nowMs: clock.now() }) as { balance: number }).balance,
    chargedTenThousandths: () => (sql.charged.get({ nowMs: clock.now() }) as { cost: number }).cost,
    addTenThousandths: (amount) => void sql.addToBalance.run(amount),
    slots: () => account().slots,
    setSlots: (count) => void sql.setSlots.run(count),
    removeEndedBefore: (ms) => remove.immediate(ms),
    close: () => void database.close(),
  };
}

function blobOf(bytes: Uint8Array | undefined): Buffer | null {
  return bytes === undefined ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
