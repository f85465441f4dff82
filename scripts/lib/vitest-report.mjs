/**
 * Counts what vitest's JSON report tells, and finds what its numbers hide: a file that could not be loaded has no
 * test in it, a run without tests looks clean, an error outside every test shows only in the exit code.
 * @param {string} report the JSON text; empty when vitest wrote none
 * @param {number} exitCode of vitest
 * @returns {{ passed: number, failed: number, problem?: string }} `problem`: why the run as a whole did not pass
 */
export function countTests(report, exitCode) {
  if (report === '') return { passed: 0, failed: 1, problem: `vitest left no report (exit code ${exitCode})` };
  /** @type {{ testResults: { name: string, status: string, assertionResults: { status: string, fullName: string }[] }[] }} */
  const { testResults } = JSON.parse(report);
  const tests = testResults.flatMap((file) => file.assertionResults);
  const unloadable = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed = tests.filter((test) => test.status === 'failed').length + unloadable.length;
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');

  if (failed > 0) return { passed, failed, problem: `${failed} failed` };
  if (tests.length === 0) return { passed, failed: 1, problem: 'no test ran' };
  if (skipped.length > 0) {
    return { passed, failed: skipped.length, problem: `skipped, and no test may be:\n${skipped.map((test) => `- ${test.fullName}`).join('\n')}` };
  }
  if (exitCode !== 0) return { passed, failed: 1, problem: `every test passed, but vitest ended with exit code ${exitCode}: an error outside the tests (above)` };
  return { passed, failed };
}
