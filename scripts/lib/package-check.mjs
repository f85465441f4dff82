import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { npmCommand, run } from './child.mjs';

/** What a package must carry, and what it must not. Paths as npm prints them. */
const REQUIRED = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'dist/page/index.html'];
const FORBIDDEN = [/\.test\./, /\.map$/, /(^|\/)\.stamp$/, /^(src|test|bench|scripts|examples|node_modules)\//, /\.(mp4|sqlite|db|tgz|env)$/];
/** The program is text, and the page has four fonts; anything bigger means that something was packed by mistake. */
const LARGEST_UNPACKED_BYTES = 9_500_000;

/**
 * Looks at the package as its users get it: packed, put into a project of its own, imported and compiled there.
 * @param {string} root the checkout, built
 * @returns {Promise<string[]>} what is wrong with it; empty when nothing is
 */
export async function checkPackage(root) {
  const temporary = mkdtempSync(join(tmpdir(), 'directorstudio-package-'));
  try {
    const pack = [...npmCommand(), 'pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', temporary];
    const { code, stdout, output } = await run(pack, { cwd: root });
    if (code !== 0) return [`npm pack failed:\n${output}`];
    const [packed] = JSON.parse(stdout);
    /** @type {string[]} */
    const files = packed.files.map((/** @type {{ path: string }} */ file) => file.path);
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const problems = [...contentProblems(files, manifest, packed.unpackedSize), ...(await publintProblems(join(temporary, packed.filename)))];
    if (problems.length > 0) return problems;
    unpackInto(join(temporary, 'project'), root, files, manifest);
    return await useProblems(join(temporary, 'project'), root, manifest);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {string[]} files
 * @param {Manifest} manifest
 * @param {number} unpackedBytes
 *
 * @typedef {{ name: string, bin: Record<string, string>, exports: Record<string, string | { types: string, default: string }>,
 *   dependencies: Record<string, string>, optionalDependencies: Record<string, string> }} Manifest
 */
function contentProblems(files, manifest, unpackedBytes) {
  const targets = Object.values(manifest.exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)));
  const wanted = [...REQUIRED, ...[...targets, ...Object.values(manifest.bin)].map((path) => posix.normalize(path))];
  return [
    ...wanted.filter((path) => !files.includes(path)).map((path) => `${path} is missing from the package`),
    ...files.filter((path) => FORBIDDEN.some((pattern) => pattern.test(path))).map((path) => `${path} does not belong in the package`),
    ...(unpackedBytes > LARGEST_UNPACKED_BYTES ? [`the package unpacks to ${unpackedBytes} bytes; at most ${LARGEST_UNPACKED_BYTES} are expected`] : []),
  ];
}

/** @param {string} tarballPath */
async function publintProblems(tarballPath) {
  // Loaded here, when it is needed: the packages may not be installed yet when the scripts start.
  const { publint } = await import('publint');
  const { formatMessage } = await import('publint/utils');
  const bytes = readFileSync(tarballPath);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ strict: true, level: 'warning', pack: { tarball } });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

/**
 * A project whose node_modules holds the packed files, and links to the dependencies that are installed here.
 * @param {string} project
 * @param {string} root
 * @param {string[]} files
 * @param {Manifest} manifest
 */
function unpackInto(project, root, files, manifest) {
  const modules = join(project, 'node_modules');
  for (const file of files) {
    const target = join(modules, manifest.name, file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, file), target);
  }
  for (const name of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies), '@types/node']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
}

/**
 * Imports every entry in Node, starts the command, and compiles a file that imports every entry.
 * @param {string} project
 * @param {string} root
 * @param {Manifest} manifest
 */
async function useProblems(project, root, manifest) {
  const entries = Object.keys(manifest.exports).filter((path) => !path.endsWith('.json')).map((path) => posix.join(manifest.name, path));
  const problems = [];
  for (const entry of entries) {
    const { code, output } = await run([process.execPath, '--input-type=module', '-e', `await import('${entry}')`], { cwd: project });
    if (code !== 0) problems.push(`import '${entry}' fails in a project that installed the package:\n${output}`);
  }
  for (const [name, path] of Object.entries(manifest.bin)) {
    const { code, output } = await run([process.execPath, join(project, 'node_modules', manifest.name, path), '--help'], { cwd: project });
    if (code !== 0 || output.trim() === '') problems.push(`${name} --help ends with exit code ${code} in a project that installed the package:\n${output}`);
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(project, 'use.ts'), entries.map((entry, index) => `export * as entry${index} from '${entry}';\n`).join(''));
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node', '--pretty', 'false'];
  const { output } = await run([process.execPath, compiler, ...options, 'use.ts'], { cwd: project });
  // Declarations of dependencies may disagree with each other; ours may not be wrong.
  const ours = output.split('\n').filter((line) => line.includes('error TS') && (line.startsWith('use.ts') || line.includes(`node_modules/${manifest.name}/`)));
  return [...problems, ...ours.map((line) => `the package's types: ${line}`)];
}
