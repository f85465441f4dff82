#!/usr/bin/env node
// npm test: everything a reviewer would run, in order, each step with its time; a failed step does not hide the next.
// `node scripts/test.mjs lint types` runs the named steps only; `quick` is the tests that take seconds.
import './lib/require-node.mjs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { run, stoppable } from './lib/child.mjs';
import { ScriptFailure, runScript } from './lib/failure.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkPackage } from './lib/package-check.mjs';
import { seconds } from './lib/progress.mjs';
import { root } from './lib/root.mjs';
import { countTests } from './lib/vitest-report.mjs';

/**
 * @typedef {{ passed: number, failed: number }} Count of tests
 * @typedef {{ problem?: string, count?: Count }} StepResult `problem`: what to print; a step without one is fine
 * @typedef {{ title: string, byDefault: boolean, work: () => Promise<StepResult> }} Step
 */

/** @type {Record<string, Step>} */
const STEPS = {
  build: { title: 'build', byDefault: true, work: buildStep },
  types: { title: 'types', byDefault: true, work: () => tools(['typescript/bin/tsc', '-p', '.'], ['typescript/bin/tsc', '-p', 'scripts'], ['typescript/bin/tsc', '-p', 'web']) },
  lint: { title: 'lint', byDefault: true, work: () => tools(['oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives']) },
  'dead-code': { title: 'dead code', byDefault: true, work: () => tools(['knip/bin/knip.js', '--no-progress']) },
  package: { title: 'package', byDefault: true, work: packageStep },
  tests: { title: 'tests', byDefault: true, work: () => tests([]) },
  // Left out: what encodes real video, and what starts processes.
  quick: { title: 'quick tests', byDefault: false, work: () => tests(['test', 'src/media', 'src/sandbox', 'src/film'].flatMap((folder) => ['--exclude', `${folder}/**`])) },
};

await runScript(() => stoppable(main));

async function main() {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !Object.hasOwn(STEPS, name));
  if (unknown.length > 0) throw new ScriptFailure(`There is no step called ${unknown.join(', ')}. The steps: ${Object.keys(STEPS).join(', ')}.`);
  const chosen = Object.entries(STEPS).filter(([name, step]) => (names.length > 0 ? names.includes(name) : step.byDefault));
  await ensureInstalled(root);

  const started = performance.now();
  /** @type {string[]} */
  const failedSteps = [];
  /** @type {Count | undefined} */
  let count;
  for (const [, step] of chosen) {
    const stepStarted = performance.now();
    process.stdout.write(`${step.title} ...\n`);
    const result = await step.work();
    count = result.count ?? count;
    if (result.problem !== undefined) failedSteps.push(step.title);
    process.stdout.write(
      result.problem === undefined
        ? `${step.title}: passed in ${seconds(performance.now() - stepStarted)}\n`
        : `${result.problem.trimEnd()}\n${step.title}: FAILED after ${seconds(performance.now() - stepStarted)}\n`,
    );
  }
  process.stdout.write(`\n${failedSteps.length === 0 ? 'Everything passed' : `Failed: ${failedSteps.join(', ')}`} (${seconds(performance.now() - started)}).\n`);
  if (count !== undefined) {
    // A failed step that is no test (lint, say) counts as one failure: the line must not look green when it is not.
    const failedTestSteps = count.failed > 0 ? 1 : 0;
    process.stdout.write(`${count.passed} passed, ${count.failed + failedSteps.length - failedTestSteps} failed\n`);
  }
  return failedSteps.length === 0 ? 0 : 1;
}

/** @returns {Promise<StepResult>} */
async function buildStep() {
  try {
    await ensureBuilt(root);
    return {};
  } catch (error) {
    if (error instanceof ScriptFailure && error.exitCode === 2) return { problem: error.message };
    throw error;
  }
}

/** @returns {Promise<StepResult>} */
async function packageStep() {
  const problems = await checkPackage(root);
  return problems.length === 0 ? {} : { problem: problems.map((problem) => `- ${problem}`).join('\n') };
}

/**
 * Runs installed tools one after another; their output is shown only when one of them fails.
 * @param {...string[]} commands path inside node_modules, then the arguments
 * @returns {Promise<StepResult>}
 */
async function tools(...commands) {
  const problems = [];
  for (const [tool = '', ...args] of commands) {
    const { code, output } = await run([process.execPath, join(root, 'node_modules', tool), ...args], { cwd: root });
    if (code !== 0) problems.push(output.trim() || `${tool} ended with exit code ${code}`);
  }
  return problems.length === 0 ? {} : { problem: problems.join('\n') };
}

/**
 * @param {string[]} args for vitest
 * @returns {Promise<StepResult>}
 */
async function tests(args) {
  const temporary = mkdtempSync(join(tmpdir(), 'directorstudio-tests-'));
  const report = join(temporary, 'report.json');
  try {
    const vitest = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--allowOnly=false', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code } = await run([process.execPath, ...vitest, ...args], { cwd: root, show: true });
    const { problem, ...count } = countTests(readReport(report), code);
    return problem === undefined ? { count } : { count, problem };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {string} path */
function readReport(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // vitest died before it wrote one; countTests says so
  }
}
