// `npm run media-check`: the tests of test/media with all their cases, not the first of them. Some minutes.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const env = { ...process.env, MEDIA_CHECK_BAD_CLIPS: '3000', MEDIA_CHECK_COMBINATIONS: '200' };
process.exitCode = spawnSync(process.execPath, [vitest, 'run', 'test/media'], { cwd: fileURLToPath(new URL('..', import.meta.url)), env, stdio: 'inherit' }).status ?? 1;
