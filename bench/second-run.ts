import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { medianOf, ms, timeMs, times, type BenchRow } from './bench.ts';

const run = promisify(execFile);
const bin = fileURLToPath(new URL('../dist/bin/directorstudio.js', import.meta.url));
const SHOTS = 20;
const LIMIT_MS = 1_000;

/** The same film again: nothing generated, nothing cut, under a second; against copying the film's bytes. */
export async function benchSecondRun(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'directorstudio-bench-'));
  try {
    const script = join(folder, 'film.txt');
    await writeFile(script, Array.from({ length: SHOTS }, (_, shot) => `Shot ${shot + 1}: a lighthouse at dusk, waves below, static camera.`).join('\n\n'));
    const env = { ...process.env, DIRECTORSTUDIO_HOME: join(folder, 'home'), DIRECTORSTUDIO_KEYCHAIN: 'off' };
    const film = () => run(process.execPath, [bin, 'film', script, '--sandbox', '--yes'], { cwd: folder, env });
    const first = await timeMs(film);
    const again = await medianOf(5, () => timeMs(film));
    const copy = await medianOf(5, () => timeMs(() => copyFile(join(folder, 'film.mp4'), join(folder, 'copy.mp4'))));
    return [
      { what: `film of ${SHOTS} shots, made for the first time (sandbox)`, ours: ms(first), against: `${SHOTS * 5} s of film`, ratio: `${times((SHOTS * 5_000) / first)} real time` },
      { what: 'the same film again', ours: ms(again), against: `limit ${ms(LIMIT_MS)}; copying the file ${ms(copy)}`, ratio: `${times(again / LIMIT_MS)} of the limit`, kept: again < LIMIT_MS },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
