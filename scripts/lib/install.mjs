import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, run } from './child.mjs';
import { ScriptFailure } from './failure.mjs';
import { withFolderLock } from './folder-lock.mjs';
import { withProgress } from './progress.mjs';

/** npm's own record of what it put into node_modules; it writes it last, so it is never there after half an install. */
const NPM_RECORD = join('node_modules', '.package-lock.json');
/** Ours: which lock file, Node and platform node_modules was made for. */
const STAMP = join('node_modules', '.directorstudio-install');

/**
 * Installs the packages of package-lock.json unless node_modules already holds them. Costs a few milliseconds then.
 * @param {string} root the checkout
 * @throws ScriptFailure with npm's words and what to do.
 */
export async function ensureInstalled(root) {
  const wanted = wantedStamp(root);
  if (readOrEmpty(join(root, STAMP)) === wanted) return;
  await withFolderLock(root, async (alsoHeldBy) => {
    if (readOrEmpty(join(root, STAMP)) === wanted) return; // whoever held the lock did it
    if (!holdsEveryPackage(root)) await install(root, alsoHeldBy);
    writeFileSync(join(root, STAMP), wanted);
  });
}

/** @param {string} root */
function wantedStamp(root) {
  const lockHash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  return `${lockHash} node-abi-${process.versions.modules} ${process.platform}-${process.arch}\n`;
}

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // not there, so not done
  }
}

/**
 * True when somebody already ran `npm ci` or `npm install` by hand: every package the lock file wants on this
 * platform is in npm's record, at its version. A folder made for another Node or platform has our stamp, and loses.
 * @param {string} root
 *
 * @typedef {{ version: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockEntry
 */
function holdsEveryPackage(root) {
  const record = readOrEmpty(join(root, NPM_RECORD));
  if (record === '' || readOrEmpty(join(root, STAMP)) !== '') return false;
  const have = JSON.parse(record).packages;
  const { '': project, ...wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.keys(wanted).every((path) => {
    /** @type {LockEntry} */
    const entry = wanted[path];
    // Optional without a platform: what a package of another platform needs, unless the project itself asks for it.
    const asked = path.replace('node_modules/', '') in project.optionalDependencies;
    const required = suitsThisPlatform(entry) && (entry.optional !== true || asked || entry.cpu !== undefined);
    return !required || have[path]?.version === entry.version;
  });
}

/** @param {LockEntry} entry */
function suitsThisPlatform(entry) {
  if (entry.os !== undefined && !entry.os.includes(process.platform)) return false;
  if (entry.cpu !== undefined && !entry.cpu.includes(process.arch)) return false;
  return entry.libc === undefined || entry.libc.includes(libcFamily());
}

function libcFamily() {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/**
 * @param {string} root
 * @param {(pid: number) => void} onStart
 */
async function install(root, onStart) {
  // First of all: from here to npm's last write nothing may look finished.
  rmSync(join(root, STAMP), { force: true });
  rmSync(join(root, NPM_RECORD), { force: true });
  const command = [
    ...npmCommand(), 'ci', '--include=dev', '--include=optional', '--prefer-offline',
    '--no-audit', '--no-fund', '--no-progress', '--loglevel=error',
  ];
  const { code, output } = await withProgress('Installing the packages (once; about 500 MB on disk)', () => run(command, { cwd: root, onStart }));
  if (code !== 0) {
    throw new ScriptFailure(`${output.trim()}\n\nnpm ci could not install the packages (exit code ${code}).\n${adviceFor(output)}`);
  }
}

/** @type {[RegExp, string][]} What npm says, and what a person can do about it. */
const ADVICE = [
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|FETCH_ERROR|network/i,
    'The package registry could not be reached. Check the network (behind a proxy: npm config set proxy URL), then run the same command again.'],
  [/ENOSPC/, 'The disk is full. Free about 500 MB, then run the same command again.'],
  [/EACCES|EPERM|EROFS/, 'This folder cannot be written. Check who owns it (do not use sudo for npm), then run the same command again.'],
  [/EUSAGE|can only install packages when/, 'package.json and package-lock.json disagree. Run npm install, look at what changed, and commit both.'],
];

/** @param {string} output */
function adviceFor(output) {
  return ADVICE.find(([pattern]) => pattern.test(output))?.[1] ?? 'Nothing is half-installed that the next run would trust: put right what npm names above and run the same command again.';
}
