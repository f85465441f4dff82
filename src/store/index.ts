import { join } from 'node:path';
import { sql } from 'kysely';
import { systemClock, type Clock } from '../lib/clock.ts';
import { asHomeError } from '../lib/home-error.ts';
import { Accounts } from './accounts.ts';
import { Changes } from './changes.ts';
import { openDatabase, type Db } from './database.ts';
import { Edits } from './edits.ts';
import { inTransaction } from './transaction.ts';
import { Films } from './films.ts';
import { Ledger } from './ledger.ts';
import { takeProcessLease, type ProcessLease } from './process-lease.ts';
import { ProjectArchives } from './project-archive.ts';
import { ProjectFileManager } from './project-file-manager.ts';
import { Requests } from './requests.ts';
import { Takes } from './takes.ts';

export type { Account } from './accounts.ts';
export type { ChangedShot } from './changes.ts';
export type { Edit, EditPart, HandOff } from './edits.ts';
export type { FilmFacts, FilmRecord } from './films.ts';
export { AT_KLING_STATUSES, FINISHED_STATUSES, isFinished, type ErrorFacts, type GenerationState, type GenerationStatus, type WaitReason } from './generation-state.ts';
export type { Generation } from './generation-row.ts';
export type { AskedPicture } from './ask-pictures.ts';
export type { Commit, SendGrant } from './ledger.ts';
export { pictureKey, pictureFacts } from './picture-facts.ts';
export { readArchive, type ProjectArchive } from './project-archive.ts';
export { slateName, type PlannedFilm, type PlannedPrompt, type Project, type ProjectPrompt } from './project-file-manager.ts';
export { takesByShot, type Take, type TakePlace } from './takes.ts';

/** Everything that must outlive the process, by what it is for. */
export interface Store {
  projects: ProjectFileManager;
  takes: Takes;
  ledger: Ledger;
  accounts: Accounts;
  films: Films;
  edits: Edits;
  changes: Changes;
  archives: ProjectArchives;
  requests: Requests;
  /** Runs writes as one: all of them are kept or none, for one sync of the disk. Inside it, use only what it hands out. */
  together<Result>(work: (writes: Pick<Store, 'ledger' | 'takes'>) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export type { Accounts, Changes, Edits, Films, Ledger, ProjectFileManager, Takes };

/**
 * @param options.home the folder of `studio.sqlite` and of the process leases.
 * @throws StudioError as {@link openDatabase} does; HOME_DAMAGED, DISK_FULL.
 */
export async function openStore(options: { home: string; clock?: Clock }): Promise<Store> {
  const db = await openDatabase(join(options.home, 'studio.sqlite'));
  const lease = await takeLease(join(options.home, 'leases'), db);
  return {
    ...storeOver(db, lease, options.clock ?? systemClock),
    close: async () => {
      lease.release();
      // The whole store in one file, for whoever copies it while nothing runs.
      await sql`pragma wal_checkpoint(truncate)`.execute(db).catch(() => {});
      await db.destroy();
    },
  };
}

/** Marks this process as living, which needs a folder that can be written. */
async function takeLease(folder: string, db: Db): Promise<ProcessLease> {
  try {
    return takeProcessLease(folder);
  } catch (error) {
    await db.destroy();
    throw asHomeError(error, 'mark this program as running', folder);
  }
}

/** The parts of a store over an open database, as the process with this lease uses them. */
export function storeOver(db: Db, lease: ProcessLease, clock: Clock): Omit<Store, 'close'> {
  return {
    projects: new ProjectFileManager(db, clock),
    takes: new Takes(db, clock),
    ledger: new Ledger(db, lease, clock),
    accounts: new Accounts(db, clock),
    films: new Films(db),
    edits: new Edits(db, clock),
    changes: new Changes(db),
    archives: new ProjectArchives(db, clock),
    requests: new Requests(db, clock),
    together: async (work) =>
      await inTransaction(db, async (transaction) => await work({ ledger: new Ledger(transaction, lease, clock), takes: new Takes(transaction, clock) })),
  };
}
