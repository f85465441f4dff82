// `npm run media-check`: the tests of test/media with all their cases, not the first of them. Some minutes.
// `npm run media-check -- 5000`: other cases, from that number on.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [seed = '1'] = process.argv.slice(2);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const env = { ...process.env, MEDIA_CHECK_BAD_CLIPS: '3000', MEDIA_CHECK_COMBINATIONS: '200', MEDIA_CHECK_SEED: seed };
// It runs long and is often made to stand back behind other work; what hangs is still found.
const timeout = '--testTimeout=300000';
process.exitCode = spawnSync(process.execPath, [vitest, 'run', timeout, 'test/media'], { cwd: fileURLToPath(new URL('..', import.meta.url)), env, stdio: 'inherit' }).status ?? 1;
