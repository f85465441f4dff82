import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// The two commands of a fresh clone, run as a stranger runs them: a copy of scripts/ in a small project of its own,
// the real compiler, and in npm's place a program that "installs" by linking to the packages that are here already.

// The compiler runs up to three times in one test, beside the tests of other files.
vi.setConfig({ testTimeout: 120_000 });

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
let project: string;
/** A path in the project. The file `installs` gets one line for each install begun. */
const at = (...path: string[]) => join(project, ...path);

const NPM = `
import { appendFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
const root = process.cwd();
if (process.argv[2] !== 'ci') throw new Error('unexpected: npm ' + process.argv.slice(2).join(' '));
appendFileSync(join(root, 'installs'), process.argv.slice(2).join(' ') + '\\n');
if (existsSync(join(root, 'offline'))) { console.error('npm error code ENOTFOUND'); process.exit(1); }
rmSync(join(root, 'node_modules'), { recursive: true, force: true });
mkdirSync(join(root, 'node_modules'));
if (existsSync(join(root, 'hang'))) { writeFileSync(join(root, 'hanging'), ''); setInterval(() => {}, 1000); }
else {
  cpSync(join(root, 'packages'), join(root, 'node_modules'), { recursive: true });
  for (const name of ['typescript', '@types', 'esbuild', '@esbuild', 'vite']) symlinkSync(join(${JSON.stringify(repository)}, 'node_modules', name), join(root, 'node_modules', name), 'junction');
  cpSync(join(root, 'package-lock.json'), join(root, 'node_modules', '.package-lock.json'));
}
`;
const COMMAND = `#!/usr/bin/env node
console.log(JSON.stringify({ args: process.argv.slice(2), folder: process.cwd(), isMain: process.argv[1] === (await import('node:url')).fileURLToPath(import.meta.url) }));
process.exitCode = 7;
export {};
`;

beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'directorstudio-scripts-')));
  cpSync(join(repository, 'scripts'), at('scripts'), { recursive: true });
  for (const name of ['tsconfig.json', 'tsconfig.build.json']) cpSync(join(repository, name), at(name));
  for (const folder of ['web', 'src/cli', 'src/media', 'src/documents', 'packages', 'elsewhere', 'npm']) mkdirSync(at(folder), { recursive: true });
  writeFileSync(at('package.json'), JSON.stringify({ name: 'directorstudio', type: 'module', engines: { node: '>=20.19' } }));
  writeFileSync(at('package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages: { '': { optionalDependencies: {} }, 'node_modules/one': { version: '1.0.0' } } }));
  writeFileSync(at('npm', 'package.json'), '{ "type": "module" }');
  writeFileSync(at('npm', 'npm-cli.js'), NPM);
  writeFileSync(at('vite.config.ts'), "export default { root: 'web' };\n");
  writeFileSync(at('web', 'index.html'), '<!doctype html><title>Studio</title>');
  writeFileSync(at('src', 'cli', 'bin.ts'), COMMAND);
  writeFileSync(at('src', 'media', 'render-process.ts'), 'export {};\n');
  writeFileSync(at('src', 'documents', 'pdf-process.ts'), 'export {};\n');
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts one of the scripts as npm would: in the project, with INIT_CWD naming the folder the user is in. */
function start(script: string, ...args: string[]) {
  const env = { ...process.env, INIT_CWD: at('elsewhere'), npm_execpath: at('npm', 'npm-cli.js') };
  const child = spawn(process.execPath, [at('scripts', script), ...args], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<Ended>((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}
const run = (script: string, ...args: string[]) => start(script, ...args).ended;
const installCount = () => (existsSync(at('installs')) ? readFileSync(at('installs'), 'utf8').split('\n').length - 1 : 0);

/** Resolves when the file is there: something that another process does, with no event to wait for. */
async function appears(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('npm run film', () => {
  it('installs, builds and runs in the folder of the user; the second time it only runs', async () => {
    const first = await run('run.mjs', 'film', 'a script.txt', '--json');
    expect(first.stderr).toMatch(/Installing[^]*Building/);
    expect(first.code).toBe(7);
    expect(JSON.parse(first.stdout)).toEqual({ args: ['film', 'a script.txt', '--json'], folder: at('elsewhere'), isMain: true });

    const second = await run('run.mjs', 'film');
    expect(second).toMatchObject({ code: 7, stderr: '' });
    expect(installCount()).toBe(1);
  });

  it('installs once and builds once when two start together', async () => {
    const both = await Promise.all([run('run.mjs', 'film'), run('run.mjs', 'film')]);
    expect(both.map((one) => one.code)).toEqual([7, 7]);
    expect(installCount()).toBe(1);
    expect(both.map((one) => one.stderr).join('').match(/Building: done/g)).toHaveLength(1);
  });

  it('trusts packages that were installed by hand, as long as they are those of the lock file', async () => {
    await run('run.mjs');
    rmSync(at('node_modules', '.directorstudio-install'));
    expect((await run('run.mjs')).stderr).toBe('');

    rmSync(at('node_modules', '.directorstudio-install'));
    writeFileSync(at('node_modules', '.package-lock.json'), '{ "packages": { "node_modules/one": { "version": "0.9.0" } } }');
    await run('run.mjs');
    expect(installCount()).toBe(2);
  });

  it('installs again when the lock file has changed', async () => {
    await run('run.mjs');
    writeFileSync(at('package-lock.json'), readFileSync(at('package-lock.json'), 'utf8').replace('1.0.0', '1.0.1'));
    await run('run.mjs');
    expect(installCount()).toBe(2);
  });

  it('says what to do without a network, and goes on from there with the same command', async () => {
    writeFileSync(at('offline'), '');
    const failed = await run('run.mjs');
    expect(failed.code).toBe(2);
    expect(failed.stderr).toMatch(/ENOTFOUND[^]*registry could not be reached[^]*run the same command again/);
    expect(failed.stdout).toBe('');
    rmSync(at('offline'));
    expect((await run('run.mjs')).code).toBe(7);
  });

  it('takes nothing for finished after an install that was stopped', async () => {
    writeFileSync(at('hang'), '');
    const { child, ended } = start('run.mjs');
    await appears(at('hanging'));
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 143, stdout: '' });
    rmSync(at('hang'));
    expect((await run('run.mjs')).code).toBe(7);
    expect(installCount()).toBe(2);
  });

  it('builds again when a source has changed, and keeps the old build when the new one fails', async () => {
    await run('run.mjs');
    const built = readFileSync(at('dist', 'bin', 'directorstudio.js'), 'utf8');
    writeFileSync(at('src', 'cli', 'bin.ts'), `${COMMAND}const wrong: number = 'text';\n`);
    const failed = await run('run.mjs');
    expect(failed.code).toBe(2);
    expect(failed.stderr).toMatch(/bin\.ts\(\d+,\d+\): error TS[^]*The build failed/);
    expect(readFileSync(at('dist', 'bin', 'directorstudio.js'), 'utf8')).toBe(built);
    expect(['dist.next', 'dist.old'].filter((name) => existsSync(at(name)))).toEqual([]);

    writeFileSync(at('src', 'cli', 'bin.ts'), COMMAND.replace('= 7', '= 3'));
    expect((await run('run.mjs')).code).toBe(3);
  });

  it('names the Node it needs before it does anything else', async () => {
    writeFileSync(at('package.json'), JSON.stringify({ type: 'module', engines: { node: '>=999.0' } }));
    const refused = await run('run.mjs');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^DirectorStudio needs Node 999\.0 or newer; this is Node \d/);
    expect(installCount()).toBe(0);
  });
});

describe('npm test', () => {
  /** A vitest that has run these tests already, and an oxlint that found something or not. */
  function withResults(files: { status: string; tests: string[] }[], exitCodes: { vitest: number; oxlint: number }): void {
    const testResults = files.map((file) => ({ status: file.status, assertionResults: file.tests.map((status, index) => ({ status, fullName: `test ${index}` })) }));
    mkdirSync(at('packages', 'vitest'), { recursive: true });
    mkdirSync(at('packages', 'oxlint', 'bin'), { recursive: true });
    writeFileSync(
      at('packages', 'vitest', 'vitest.mjs'),
      `import { writeFileSync } from 'node:fs';
      const option = process.argv.find((arg) => arg.startsWith('--outputFile.json='));
      writeFileSync(option.split('=')[1], ${JSON.stringify(JSON.stringify({ testResults }))});
      process.exitCode = ${exitCodes.vitest};`,
    );
    writeFileSync(at('packages', 'oxlint', 'bin', 'oxlint'), `console.log('a finding'); process.exitCode = ${exitCodes.oxlint};`);
  }
  const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

  it('ends with the count, alone on its line', async () => {
    withResults([{ status: 'passed', tests: ['passed', 'passed'] }], { vitest: 0, oxlint: 0 });
    const { code, stdout } = await run('test.mjs', 'lint', 'tests');
    expect(lastLine(stdout)).toBe('2 passed, 0 failed');
    expect(stdout).not.toContain('a finding');
    expect(code).toBe(0);
  });

  const notGreen: [string, { status: string; tests: string[] }[], { vitest: number; oxlint: number }, string][] = [
    ['a test fails', [{ status: 'failed', tests: ['passed', 'failed'] }], { vitest: 1, oxlint: 0 }, '1 passed, 1 failed'],
    ['a test file cannot be loaded', [{ status: 'failed', tests: [] }, { status: 'passed', tests: ['passed'] }], { vitest: 1, oxlint: 0 }, '1 passed, 1 failed'],
    ['no test ran', [], { vitest: 0, oxlint: 0 }, '0 passed, 1 failed'],
    ['a test is skipped', [{ status: 'passed', tests: ['passed', 'skipped'] }], { vitest: 0, oxlint: 0 }, '1 passed, 1 failed'],
    ['something threw outside the tests', [{ status: 'passed', tests: ['passed'] }], { vitest: 1, oxlint: 0 }, '1 passed, 1 failed'],
    ['only the linter found something', [{ status: 'passed', tests: ['passed'] }], { vitest: 0, oxlint: 1 }, '1 passed, 1 failed'],
    ['two things fail', [{ status: 'failed', tests: ['failed'] }], { vitest: 1, oxlint: 1 }, '0 passed, 2 failed'],
  ];
  it.each(notGreen)('is not green when %s', async (_what, files, exitCodes, line) => {
    withResults(files, exitCodes);
    const { code, stdout } = await run('test.mjs', 'lint', 'tests');
    expect(lastLine(stdout)).toBe(line);
    expect(code).toBe(1);
  });

  it('refuses a step that does not exist', async () => {
    const { code, stderr } = await run('test.mjs', 'lnt');
    expect(stderr).toContain('There is no step called lnt. The steps: build, types, lint');
    expect(code).toBe(2);
  });
});
