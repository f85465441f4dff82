import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ScriptFailure } from './failure.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {NodeJS.Signals | undefined} */
let stoppedBy;

/** @param {NodeJS.Signals} signal */
function stopChildren(signal) {
  stoppedBy = signal;
  for (const child of running) {
    // A terminal sends Ctrl-C to the whole group: the child has it already, and twice means "at once, untidily".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  }
}

/**
 * While `work` runs, Ctrl-C and SIGTERM stop the child and let `work` clean up; afterwards they mean what they meant
 * before, so that the film's own handling of Ctrl-C is not disturbed.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function stoppable(work) {
  process.on('SIGINT', stopChildren);
  process.on('SIGTERM', stopChildren);
  try {
    const result = await work();
    throwIfStopped();
    return result;
  } finally {
    process.off('SIGINT', stopChildren);
    process.off('SIGTERM', stopChildren);
  }
}

/** @throws ScriptFailure when a signal asked us to stop. */
export function throwIfStopped() {
  if (stoppedBy !== undefined) throw new ScriptFailure('Stopped.', 128 + constants.signals[stoppedBy]);
}

/**
 * Runs a program to its end.
 * @param {string[]} command program and arguments
 * @param {{ cwd: string, show?: boolean, onStart?: (pid: number) => void }} options `show`: output goes to our own
 *   terminal as it comes, and what is returned is empty. Default: it is collected.
 * @returns {Promise<{ code: number, stdout: string, output: string }>} `output`: standard output and error as they came
 */
export async function run(command, options) {
  throwIfStopped();
  const [program = '', ...args] = command;
  // npm is a .cmd file on Windows, and those need a shell; everything else is started as it is.
  const child = spawn(program, args, {
    cwd: options.cwd,
    shell: process.platform === 'win32' && program === 'npm',
    stdio: options.show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  if (child.pid !== undefined) options.onStart?.(child.pid);
  /** @type {Buffer[]} */
  const stdoutChunks = [];
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout?.on('data', (chunk) => {
    stdoutChunks.push(chunk);
    chunks.push(chunk);
  });
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode, signal) => resolve(exitCode ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
    throwIfStopped();
    return { code, stdout: Buffer.concat(stdoutChunks).toString('utf8'), output: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    if (error instanceof ScriptFailure) throw error;
    throw new ScriptFailure(`Could not start ${program}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    running.delete(child);
  }
}

/**
 * How to call npm: the one that called us when there is one, so that its version and settings hold.
 * @returns {string[]}
 */
export function npmCommand() {
  const caller = process.env.npm_execpath ?? '';
  return /[\\/]npm-cli\.c?js$/.test(caller) ? [process.execPath, caller] : ['npm'];
}
