import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';

/**
 * A lease that lives exactly as long as its process: a lock that the system frees when the process dies, however it
 * dies. No time-out, so a stopped process never loses its rows to another, and a restart goes on at once.
 */
export interface ProcessLease {
  /** Written into the rows that this process drives. */
  readonly id: string;
  /** Whether the process behind a lease still lives. A lease this process holds is alive. */
  isAlive(leaseId: string): boolean;
  /** Gives the lease back. Rows that still carry it count as abandoned. */
  release(): void;
}

/** Each with a name of its own: to lose so often is no accident but a disk that cannot be written. */
const MOST_ATTEMPTS = 20;

const LEASE_ID = /^[0-9a-f-]{36}$/;

/** @param folder kept inside the home; one small lock file a living process. */
export function takeProcessLease(folder: string): ProcessLease {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { id, lock } = lockNewFile(folder);
  let held = true;
  sweep(folder, id);
  return {
    id,
    isAlive: (leaseId) => (leaseId === id ? held : isHeld(folder, leaseId)),
    release: () => {
      if (!held) return;
      held = false;
      removeLock(folder, id);
      lock.close();
    },
  };
}

/** Those of these leases whose process lives, each asked about once. */
export function livingAmong(lease: ProcessLease, leaseIds: readonly string[]): Set<string> {
  return new Set([...new Set(leaseIds)].filter((id) => lease.isAlive(id)));
}

/** SQLite's exclusive lock is the one lock of the system that is in reach without a native module of our own. */
function lockNewFile(folder: string): { id: string; lock: Database.Database } {
  for (let attempt = 1; ; attempt += 1) {
    const id = randomUUID();
    const lock = new Database(lockPath(folder, id));
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      // A process that sweeps at this moment holds the file, or has just removed it.
      lock.close();
      if (attempt === MOST_ATTEMPTS) throw error;
      continue;
    }
    // It may have swept the file away before we held it; a lock on a file nobody can find protects nothing.
    if (existsSync(lockPath(folder, id))) return { id, lock };
    lock.close();
  }
}

function lockPath(folder: string, id: string): string {
  return join(folder, `${id}.lock`);
}

function isHeld(folder: string, id: string): boolean {
  return LEASE_ID.test(id) && existsSync(lockPath(folder, id)) && !whileLocked(folder, id, () => {});
}

/** Runs `work` while holding the lock of a dead process; false, and nothing run, when its process lives. */
function whileLocked(folder: string, id: string, work: () => void): boolean {
  const probe = new Database(lockPath(folder, id), { timeout: 0 });
  try {
    probe.exec('BEGIN EXCLUSIVE');
  } catch {
    probe.close();
    return false;
  }
  work();
  probe.close();
  return true;
}

function removeLock(folder: string, id: string): void {
  for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${lockPath(folder, id)}${ending}`, { force: true });
}

/** Removes what dead processes left; each file only while its lock is ours, so that a living process keeps its own. */
function sweep(folder: string, own: string): void {
  for (const file of readdirSync(folder)) {
    const id = file.endsWith('.lock') ? file.slice(0, -'.lock'.length) : undefined;
    if (id !== undefined && id !== own && LEASE_ID.test(id)) whileLocked(folder, id, () => removeLock(folder, id));
  }
}
