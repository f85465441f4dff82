import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll } from 'vitest';

/**
 * Runs before every test file. A developer's own key, server, database and projects are out of reach of the tests:
 * no test can spend money or change a real project, whatever is set in the shell it is started from.
 */
for (const name of Object.keys(process.env)) {
  if (name.startsWith('KLING_') || name === 'DATABASE_URL') delete process.env[name];
}
/**
 * The same cases every time, so that a red run says something of the change and not of the day. New cases are looked for with
 * `DIRECTORSTUDIO_TEST_SEED=random npm test`; what that finds becomes a test of its own.
 */
const seed = process.env['DIRECTORSTUDIO_TEST_SEED'] ?? '1';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });

const home = join(tmpdir(), `directorstudio-test-home-${process.pid}`);
process.env['DIRECTORSTUDIO_HOME'] = home;
process.env['DIRECTORSTUDIO_KEYCHAIN'] = 'off';

afterAll(() => rmSync(home, { recursive: true, force: true }));
