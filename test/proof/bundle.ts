import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Packages are found from here, and nobody keeps it. */
const CACHE = join(ROOT, 'node_modules', '.cache');
/** Native packages find their parts beside themselves. */
const LEFT_OUTSIDE = ['libsql', '@napi-rs/*', '@fontsource/*'];
/** CommonJS packages in a module ask for `require`. */
const REQUIRE = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/**
 * Scripts of this folder with all that they import, in a few files of plain JavaScript, as the command line is shipped: for
 * processes that are started by the hundred. Loading six hundred small files takes longer than such a process lives.
 * @param scripts name to script
 * @returns name to the path of what to start; they go with this process
 */
export async function bundled<Name extends string>(scripts: Readonly<Record<Name, URL>>): Promise<Record<Name, string>> {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'proof-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const names = Object.keys(scripts) as Name[];
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(names.map((name) => [name, fileURLToPath(scripts[name])])),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: LEFT_OUTSIDE,
    banner: { js: REQUIRE },
    logLevel: 'error',
  });
  return Object.fromEntries(names.map((name) => [name, join(folder, `${name}.mjs`)])) as Record<Name, string>;
}
