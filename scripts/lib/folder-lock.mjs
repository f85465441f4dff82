import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfStopped } from './child.mjs';
import { withProgress } from './progress.mjs';

const LOOK_AGAIN_MS = 200;
/** Between making the folder and writing the owner's number into it; longer than this, its maker died in between. */
const OWNER_GRACE_MS = 5_000;

/**
 * Runs `work` while no other process does so for the same folder of this machine. The lock is a folder in the
 * system's temporary folder (making one is atomic everywhere; node_modules itself is deleted by `npm ci`).
 * A lock whose processes are gone is taken over.
 * @template T
 * @param {string} root the folder to guard
 * @param {(alsoHeldBy: (pid: number) => void) => Promise<T>} work calls `alsoHeldBy` for each program it starts: when
 *   this process is killed, that program goes on writing, and the lock must last as long as it does
 * @returns {Promise<T>}
 */
export async function withFolderLock(root, work) {
  const name = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 16);
  const lock = join(tmpdir(), `directorstudio-${name}.lock`);
  if (!tryMake(lock)) {
    const others = ownersOf(lock).join(', ');
    await withProgress(`Waiting for another command that installs or builds here (process ${others}; its lock: ${lock})`, () => wait(lock));
  }
  try {
    return await work((pid) => addOwner(lock, pid));
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/**
 * Resolves when the lock is ours.
 * @param {string} lock
 */
async function wait(lock) {
  while (!tryMake(lock)) {
    throwIfStopped();
    if (isAbandoned(lock)) takeAway(lock);
    else await sleep(LOOK_AGAIN_MS);
  }
}

/** @param {string} lock */
function tryMake(lock) {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
  addOwner(lock, process.pid);
  return true;
}

/**
 * @param {string} lock
 * @param {number} pid
 */
function addOwner(lock, pid) {
  appendFileSync(join(lock, 'owners'), `${pid}\n`);
}

/**
 * @param {string} lock
 * @returns {number[]} process numbers; none when the lock is just being made or was just released
 */
function ownersOf(lock) {
  try {
    return readFileSync(join(lock, 'owners'), 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** @param {string} lock */
function isAbandoned(lock) {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined) return false; // just released
  if (made < Date.now() - uptime() * 1_000) return true; // older than this start of the machine
  const owners = ownersOf(lock);
  if (owners.length === 0) return Date.now() - made > OWNER_GRACE_MS;
  return !owners.some(isAlive);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH'; // EPERM: another user's, alive
  }
}

/**
 * Two that find the same abandoned lock must not remove each other's new one: only who holds the second lock
 * removes the first, and looks once more before doing so.
 * @param {string} lock
 */
function takeAway(lock) {
  const removal = `${lock}.removal`;
  const left = statSync(removal, { throwIfNoEntry: false })?.mtimeMs;
  if (left !== undefined && Date.now() - left > OWNER_GRACE_MS) rmSync(removal, { recursive: true, force: true });
  if (!tryMake(removal)) return;
  try {
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
  } finally {
    rmSync(removal, { recursive: true, force: true });
  }
}
