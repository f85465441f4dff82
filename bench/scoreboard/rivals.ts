import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Exact versions: a measurement names what it measured. p-limit 7 is the last that takes Node 20. */
export const RIVALS = { 'kling-api': '1.0.0', 'p-limit': '7.3.0' } as const;

/**
 * Installs the rivals into a folder of the system's temporary one, once; they are no dependencies of ours, so that nobody
 * who makes films downloads them. No package's own script is run. @returns the folder.
 */
export async function installRivals(): Promise<string> {
  const wanted = Object.entries(RIVALS).map(([name, version]) => `${name}@${version}`);
  const folder = join(tmpdir(), `directorstudio-rivals-${wanted.join('-')}`);
  const there = await Promise.all(Object.entries(RIVALS).map(async ([name, version]) => (await versionOf(folder, name)) === version));
  if (there.every(Boolean)) return folder;
  await mkdir(folder, { recursive: true });
  // Without one npm looks for a project further up.
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  await run('npm', ['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', ...wanted], { cwd: folder, shell: process.platform === 'win32', timeout: 5 * 60_000 });
  return folder;
}

/** The version that is installed there; undefined when none is. */
export async function versionOf(folder: string, name: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as { version: string }).version;
}

/** Loads a module of that folder, as a package that stands beside it would. */
export async function loadRival<Module>(folder: string, path: string): Promise<Module> {
  return (await import(pathToFileURL(join(folder, 'node_modules', path)).href)) as Module;
}

/** As much of p-limit as is used. */
export interface PLimitModule {
  default: (concurrency: number) => <Result>(work: () => Promise<Result>) => Promise<Result>;
}
