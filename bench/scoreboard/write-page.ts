import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { writeFileAtomic } from '../../src/lib/atomic-file.ts';
import type { ScoreRow } from './score.ts';

const root = new URL('../../', import.meta.url);

/** What a reader must know to measure the same again. */
export interface PageFacts {
  seed: string;
  /** Of the rivals and what they stand on. */
  versions: Readonly<Record<string, string>>;
  minutes: number;
}

export function tableOf(rows: readonly ScoreRow[]): string {
  const lines = rows.map(({ what, ours, limit, kept, rivals, ratio }) => `| ${[what, ours, limit, rivals?.['kling-api'] ?? '-', rivals?.['fetch loop'] ?? '-', ratio, kept ? 'kept' : '**missed**'].join(' | ')} |`);
  return ['| what | ours | limit | kling-api | fetch loop | ratio | limit kept |', '|---|---|---|---|---|---|---|', ...lines].join('\n');
}

export async function pageOf(rows: readonly ScoreRow[], { seed, versions, minutes }: PageFacts): Promise<string> {
  const [cpu] = cpus();
  const machine = `${type()} ${release()}, ${cpus().length} × ${cpu?.model.trim() || 'unknown processor'}, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB, Node ${process.version}`;
  const rivals = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ');
  return `# Scoreboard

Written by \`npm run scoreboard\`; every figure of a row was measured in one run, against the sandbox, a server that speaks Kling's wire format on this machine. Nothing here was measured at Kling.

- ${new Date().toISOString().slice(0, 10)}, ${minutes.toFixed(0)} minutes, seed \`${seed}\` (\`npm run scoreboard -- --seed ${seed}\` draws the same durations)
- ${machine}
- DirectorStudio ${await ourVersion()} against ${rivals}

${tableOf(rows)}

**kling-api** is the npm package, used as its README shows: \`textToVideo\`, \`waitForVideoResult\`, \`saveVideoResult\`, with its own retries (502, 503, 504) and its own pause between polls (3 s). It insists on https and public addresses; the measurement leads its requests to the sandbox and changes nothing else. It says nothing of many shots at once, so that is p-limit's.

**fetch loop** is what people write first: p-limit, create, ask every 5 s, download; whatever fails is tried three times more, 1, 2 and 4 s later.

Ours is told neither the number of slots nor how long clips take. "Charged" is what the sandbox charged once every task had ended, also tasks that nobody knows of. "Full" is Kling's 1303, which costs nothing. "Ideal" is the shortest time in which tasks of the durations that the server recorded can follow each other under the limits in force; a round is a task that had to wait for another. One row alone: \`npx tsx bench/scoreboard.ts NAME\`.
`;
}

/** @returns its path. */
export async function writePage(text: string): Promise<string> {
  const path = fileURLToPath(new URL('docs/scoreboard.md', root));
  await writeFileAtomic(path, text);
  return path;
}

async function ourVersion(): Promise<string> {
  return (JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as { version: string }).version;
}
