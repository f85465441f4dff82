import { sql } from 'kysely';
import type { Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import type { Engine } from '../protocol/shot-settings.ts';
import { askPictures, insertRows, type AskedPicture } from './ask-pictures.ts';
import type { Db } from './database.ts';
import { inTransaction } from './transaction.ts';
import { newestRow, someRows, toGeneration, type Generation } from './generation-row.ts';
import { isFinished, type GenerationState } from './generation-state.ts';
import { note, readJournal, takenOverAmong, type JournalEntry } from './journal.ts';
import { livingAmong, type ProcessLease } from './process-lease.ts';
import { recentGenerationMs, type ClipKind } from './metrics.ts';
import type { NewMetrics } from './schema.ts';
import { reserved, spent } from './reservations.ts';
import { rememberBill, rememberedBills, type RecoveredBill } from './recovered-bills.ts';
import { expectRoom, learnAccepted, learnFull, takeSlot } from './slots.ts';

/** What a commit writes besides the state. */
export interface Commit {
  state: GenerationState;
  event: string;
  /** Facts for the journal; never a key, never a signed URL. */
  detail?: Record<string, unknown>;
  billedUnits?: number;
  /** What a finished clip took, kept with it. */
  metrics?: Omit<NewMetrics, 'generation_id'>;
  /** A fresh id for a fresh attempt of a row that never reached Kling. */
  attempt?: { number: number; externalTaskId: string };
}

/** Whether the money for one POST could be set aside. */
export type SendGrant =
  | { granted: true; generation: Generation }
  | { granted: false; why: 'slot' }
  | { granted: false; why: 'budget'; spentUnits: number; capUnits: number };

/**
 * The generation ledger: who asked for which picture, what was sent, what it costs. Every method that changes a row is
 * one transaction, on the disk when it returns. Only the process whose lease is in a row may change it.
 */
export class Ledger {
  private readonly db: Db;
  private readonly lease: ProcessLease;
  private readonly clock: Clock;
  /** Rows that a run of this process drives: its lease alone does not keep two of its runs apart. */
  private readonly driven = new Set<string>();

  constructor(db: Db, lease: ProcessLease, clock: Clock) {
    this.db = db;
    this.lease = lease;
    this.clock = clock;
  }

  /**
   * The row for each picture, by fingerprint: the unfinished one (a second asker joins the first), else the newest, else a
   * new one. Spends nothing.
   */
  async ask(pictures: readonly AskedPicture[]): Promise<Map<string, Generation>> {
    return await inTransaction(this.db, (transaction) => askPictures(transaction, pictures, this.clock.now()));
  }

  /**
   * A new attempt, with a fresh id, after `afterId` ended at Kling. When a newer one is there already, it is joined.
   */
  async askAgain(picture: AskedPicture, afterId: string | undefined): Promise<Generation> {
    return await inTransaction(this.db, async (transaction) => {
      const last = await newestRow(transaction, picture.fingerprint);
      if (last && (last.id !== afterId || !isFinished(last.state.status))) return last;
      const [made] = await insertRows(transaction, [{ picture, attempt: (last?.attempt ?? 0) + 1 }], this.clock.now());
      return made as Generation;
    });
  }

  async find(id: string): Promise<Generation | undefined> {
    const row = await this.db.selectFrom('generations').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toGeneration(row);
  }

  /** Rows by id; one that does not exist is missing. */
  async findAll(ids: readonly string[]): Promise<Map<string, Generation>> {
    return new Map((await someRows(this.db, 'id', ids)).map((generation) => [generation.id, generation]));
  }

  /** The newest row of a picture. */
  async findPicture(fingerprint: string): Promise<Generation | undefined> {
    return await newestRow(this.db, fingerprint);
  }

  /** Every row of a picture, by attempt. */
  async listPicture(fingerprint: string): Promise<Generation[]> {
    const rows = await this.db.selectFrom('generations').selectAll().where('fingerprint', '=', fingerprint).orderBy('attempt').execute();
    return rows.map(toGeneration);
  }

  /** The newest row of each of these pictures that was ever asked for, by fingerprint. */
  async findPictures(fingerprints: readonly string[]): Promise<Map<string, Generation>> {
    return new Map((await someRows(this.db, 'fingerprint', fingerprints)).map((generation) => [generation.fingerprint, generation]));
  }

  /** Rows whose task Kling works on, as far as it is known here; those that have been there longest first. */
  async listAtKling(engine: Engine, most: number): Promise<Generation[]> {
    const atKling = this.db.selectFrom('generations').selectAll().where('status', 'in', ['submitted', 'processing']).where('engine', '=', engine);
    return (await atKling.orderBy('updated_at').limit(most).execute()).map(toGeneration);
  }

  /**
   * Takes the right to drive a row that nobody drives, or a process that is dead. `undefined`: another run has it, of this
   * process or of a living one. Give it back with {@link release}.
   */
  async claim(id: string): Promise<Generation | undefined> {
    if (this.driven.has(id)) return undefined;
    this.driven.add(id);
    try {
      const claimed = await this.takeLease(id);
      if (!claimed) this.driven.delete(id);
      return claimed;
    } catch (error) {
      this.driven.delete(id);
      throw error;
    }
  }

  private async takeLease(id: string): Promise<Generation | undefined> {
    return await inTransaction(this.db, async (transaction) => {
      const row = await transaction.selectFrom('generations').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      if (row.lease !== null && row.lease !== this.lease.id && this.lease.isAlive(row.lease)) return undefined;
      if (row.lease === this.lease.id) return toGeneration(row);
      await transaction
        .updateTable('generations')
        .set({ lease: this.lease.id, version: row.version + 1 })
        .where('id', '=', id)
        .execute();
      return toGeneration({ ...row, lease: this.lease.id, version: row.version + 1 });
    });
  }

  /** Gives a claimed row back; whoever wants it next goes on from its state. @param generation the row as its driver last saw it. */
  async release(generation: Pick<Generation, 'id' | 'lease'>): Promise<void> {
    try {
      // A row that came to its end lost its lease with it.
      if (generation.lease === undefined) return;
      await this.db.updateTable('generations').set({ lease: null }).where('id', '=', generation.id).where('lease', '=', this.lease.id).execute();
    } finally {
      this.driven.delete(generation.id);
    }
  }

  /** Which of these rows a living process drives at this moment, by id; a row of a process that died is nobody's. */
  drivenNow(generations: readonly Pick<Generation, 'id' | 'lease'>[]): Set<string> {
    const living = livingAmong(this.lease, generations.flatMap(({ lease }) => lease ?? []));
    return new Set(generations.filter(({ lease }) => lease !== undefined && living.has(lease)).map(({ id }) => id));
  }

  /**
   * Writes a transition. @returns the row as it is now.
   * @throws StudioError LEASE_LOST when the row changed under us or is another process's: nothing was written.
   */
  async commit(generation: Generation, commit: Commit): Promise<Generation> {
    return await inTransaction(this.db, (transaction) => this.write(transaction, generation, commit));
  }

  /** Writes that a POST was answered "full", and what that says about the account's slots. */
  async commitFull(generation: Generation, commit: Commit): Promise<Generation> {
    return await inTransaction(this.db, async (transaction) => {
      const written = await this.write(transaction, generation, commit);
      await learnFull(transaction, slotKey(written), this.now());
      return written;
    });
  }

  /** Writes that Kling took the task, and what that says about the account's slots. */
  async commitAccepted(generation: Generation, commit: Commit): Promise<Generation> {
    return await inTransaction(this.db, async (transaction) => {
      const written = await this.write(transaction, generation, commit);
      await learnAccepted(transaction, slotKey(written), this.now());
      return written;
    });
  }

  /**
   * The step before the money: takes a slot, sets the estimate aside under the cap of the project that sends, binds the row
   * to it and to its account and writes `sending`, all in one transaction. Whoever gets `granted` here may POST, nobody
   * else. A picture that several projects want is paid for by the one that sends it.
   */
  async beginSend(asked: Generation, send: { accountId: string; projectId: string; state: GenerationState; priority?: number }): Promise<SendGrant> {
    const generation = { ...asked, projectId: send.projectId };
    return await inTransaction(this.db, async (transaction) => {
      const project = await transaction.selectFrom('projects').select('cap_units').where('id', '=', generation.projectId).executeTakeFirst();
      const capUnits = project?.cap_units ?? undefined;
      if (capUnits !== undefined) {
        const spentUnits = await spent(transaction, generation.projectId, generation.engine, generation.id);
        // A billionth forgives binary fractions, not money: the smallest price step is a ten-thousandth.
        if (spentUnits + generation.estimateUnits > capUnits + 1e-9) return { granted: false, why: 'budget', spentUnits, capUnits };
      }
      const alreadyInSlot = generation.state.status === 'unknown';
      const key = { accountId: send.accountId, model: generation.request.model };
      const asker = { projectId: generation.projectId, lease: this.lease.id, priority: send.priority ?? 0 };
      if (!alreadyInSlot && !(await takeSlot(transaction, key, asker, this.now()))) {
        return { granted: false, why: 'slot' };
      }
      const written = await this.write(transaction, { ...generation, accountId: send.accountId }, { state: send.state, event: 'send' });
      return { granted: true, generation: written };
    });
  }

  /** Changes whenever another process has written something; cheap enough to be asked ten times a second. */
  async changeMark(): Promise<number> {
    const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(this.db);
    return rows[0]?.data_version ?? 0;
  }

  /** The account may have more slots than a while ago: the next take that waits may ask. Once, whoever else has noticed it in the last `noticedMs`. */
  async expectRoom(accountId: string, noticedMs: number): Promise<void> {
    await inTransaction(this.db, (transaction) => expectRoom(transaction, accountId, { nowMs: this.clock.now(), noticedMs }));
  }

  /** Keeps the bill of a clip that was found on the account and that no row here knows, for the film that will ask for it. */
  async rememberBill(externalTaskId: string, bill: RecoveredBill): Promise<void> {
    await rememberBill(this.db, externalTaskId, bill);
  }

  /** The kept bill of a clip that was found on the account before any row knew of it. */
  async recoveredBill(externalTaskId: string): Promise<RecoveredBill | undefined> {
    return (await rememberedBills(this.db, [externalTaskId])).get(externalTaskId);
  }

  /** What a project has spent or set aside on an engine, in units. */
  async spentUnits(projectId: string, engine: Engine): Promise<number> {
    return await spent(this.db, projectId, engine);
  }

  /** How long this model took from accepted to finished lately, in milliseconds; the last `limit` clips, newest first. */
  async recentGenerationMs(like: ClipKind, limit = 50): Promise<number[]> {
    return await recentGenerationMs(this.db, like, limit);
  }

  /** Which of these rows Kling had made before any request of theirs; see {@link takenOverAmong}. */
  async takenOver(ids: readonly string[]): Promise<Set<string>> {
    return await takenOverAmong(this.db, ids);
  }

  /** What happened to a row, oldest first. */
  async journal(generationId: string): Promise<JournalEntry[]> {
    return await readJournal(this.db, generationId);
  }

  private now(): { nowMs: number; isAlive: (lease: string) => boolean } {
    return { nowMs: this.clock.now(), isAlive: (lease) => this.lease.isAlive(lease) };
  }

  private async write(db: Db, generation: Generation, commit: Commit): Promise<Generation> {
    const billedUnits = commit.billedUnits ?? generation.billedUnits;
    const next: Generation = {
      ...generation,
      ...(commit.attempt ? { attempt: commit.attempt.number, externalTaskId: commit.attempt.externalTaskId } : {}),
      state: commit.state,
      ...(billedUnits === undefined ? {} : { billedUnits }),
      reservedUnits: reserved(commit.state, generation.estimateUnits, billedUnits),
      // A row that is over belongs to nobody.
      lease: isFinished(commit.state.status) ? undefined : this.lease.id,
      version: generation.version + 1,
      updatedAtMs: this.clock.now(),
    };
    const result = await db
      .updateTable('generations')
      .set({
        account_id: next.accountId ?? null,
        project_id: next.projectId,
        attempt: next.attempt,
        external_task_id: next.externalTaskId,
        status: next.state.status,
        state: JSON.stringify(next.state),
        reserved_units: next.reservedUnits,
        billed_units: next.billedUnits ?? null,
        lease: next.lease ?? null,
        version: next.version,
        updated_at: next.updatedAtMs,
      })
      .where('id', '=', generation.id)
      .where('version', '=', generation.version)
      .where('lease', '=', this.lease.id)
      .executeTakeFirst();
    if (result.numUpdatedRows !== 1n) {
      throw new StudioError('LEASE_LOST', `Take ${generation.externalTaskId} is driven by another process now; "${commit.event}" was not written.`, {
        next: 'Nothing is lost: the other process goes on from the last step. directorstudio status shows it.',
      });
    }
    if (commit.metrics) {
      await db.insertInto('metrics').values({ generation_id: generation.id, ...commit.metrics }).onConflict((conflict) => conflict.doNothing()).execute();
    }
    await note(db, generation.id, { atMs: next.updatedAtMs, event: commit.event, detail: { status: commit.state.status, ...commit.detail } });
    return next;
  }
}

function slotKey(generation: Generation): { accountId: string; model: string } {
  return { accountId: generation.accountId ?? '', model: generation.request.model };
}
