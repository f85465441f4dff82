import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { medianOf, ms, timeMs, times, type BenchRow } from './bench.ts';

const run = promisify(execFile);
const bin = fileURLToPath(new URL('../dist/bin/directorstudio.js', import.meta.url));

/** How long a person waits before the command line says anything, against an empty Node program. */
export async function benchStartUp(): Promise<BenchRow[]> {
  const node = await medianOf(9, () => timeMs(() => run(process.execPath, ['-e', '0'])));
  const rows: BenchRow[] = [];
  for (const words of [['--version'], ['--help'], ['models']]) {
    const ours = await medianOf(9, () => timeMs(() => run(process.execPath, [bin, ...words])));
    rows.push({ what: `start-up: directorstudio ${words.join(' ')}`, ours: ms(ours), against: `${ms(node)} (node -e 0)`, ratio: times(ours / node) });
  }
  return rows;
}
