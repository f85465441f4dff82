import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCommand } from './bundle.mjs';
import { run } from './child.mjs';
import { ScriptFailure } from './failure.mjs';
import { withFolderLock } from './folder-lock.mjs';
import { withProgress } from './progress.mjs';

const SETTINGS = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'vite.config.ts'];
const STAMP = join('dist', '.stamp');
const COMMAND = join('bin', 'directorstudio.js');

/**
 * Compiles src/ to dist/, bundles the command line, and builds the page of web/, unless dist/ was made from exactly these sources. Costs some milliseconds then.
 * The new dist/ is made beside the old one and put in its place whole, so a stopped build leaves the old one.
 * @param {string} root the checkout, with its packages installed
 * @throws ScriptFailure with the compiler's words.
 */
export async function ensureBuilt(root) {
  if (isBuiltFrom(root, sourceHash(root))) return;
  await withFolderLock(root, async (alsoHeldBy) => {
    const wanted = sourceHash(root);
    if (!isBuiltFrom(root, wanted)) await build(root, wanted, alsoHeldBy);
  });
}

/**
 * @param {string} root
 * @param {string} wanted
 */
function isBuiltFrom(root, wanted) {
  const stamp = join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

/**
 * The content is hashed, not the times: a checkout or a copy changes those without changing a thing.
 * @param {string} root
 */
function sourceHash(root) {
  const hash = createHash('sha256');
  const sources = ['src', 'web'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of [...sources.sort(), ...SETTINGS.map((name) => join(root, name))]) {
    const content = readFileSync(path);
    hash.update(`${path.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return `${hash.digest('hex')}\n`;
}

/**
 * @param {string} root
 * @param {string} stamp
 * @param {(pid: number) => void} onStart
 */
async function build(root, stamp, onStart) {
  const next = join(root, 'dist.next');
  const old = join(root, 'dist.old');
  for (const folder of [next, old]) rmSync(folder, { recursive: true, force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  /**
   * @param {string[]} command
   * @param {string} why
   */
  const must = async (command, why) => {
    const { code, output } = await run(command, { cwd: root, onStart });
    if (code !== 0) throw new ScriptFailure(`${output.trim()}\n\nThe build failed: ${why}.`);
  };
  const command = [process.execPath, compiler, '-p', 'tsconfig.build.json', '--outDir', next, '--pretty', 'false'];
  try {
    await withProgress('Building', async () => {
      await must(command, "the compiler's reasons are above");
      await must([process.execPath, join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', join(next, 'page'), '--logLevel', 'warn'], "the page's reasons are above");
    });
    await bundleCommand(root, next);
    chmodSync(join(next, COMMAND), 0o755);
    copyExamples(join(root, 'examples'), join(next, 'examples'));
    writeFileSync(join(next, '.stamp'), stamp);
    if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
    renameSync(next, join(root, 'dist'));
  } finally {
    for (const folder of [next, old]) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The scripts that the studio in the browser offers to try; those with pictures beside them are for the command line.
 * @param {string} from
 * @param {string} to
 */
function copyExamples(from, to) {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  const scripts = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.md'));
  for (const { name } of scripts) copyFileSync(join(from, name), join(to, name));
}
