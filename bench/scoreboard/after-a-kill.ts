import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandboxProcess, type SandboxProcess } from '../sandbox-process.ts';
import { pause, startCommand } from './command-line.ts';
import { promptOf } from './durations.ts';
import { quantile, seconds, type Row } from './score.ts';
import { workFolder } from './work-folder.ts';

const AT_KLING = 20;
const LIMIT_MS = 500;
const KILLS = 7;

/** From SIGKILL to the first question about a task that the dead process had at Kling; the start of Node is in it. */
export const afterAKill: Row = async ({ quick, seed, tell }) => {
  const shots = quick ? 200 : 1_000;
  await using folder = await workFolder();
  const home = await folder.sub('home');
  const durations = { kind: 'by-shot', upTo: shots - AT_KLING, laterMs: 3_600_000 } as const;
  await using kling = await startSandboxProcess({ dataFolder: await folder.sub('sandbox'), clips: 'tiny', slots: 2 * AT_KLING, seed, balanceUnits: 1_000_000, durations });
  const script = join(folder.path, 'film.txt');
  await writeFile(script, Array.from({ length: shots }, (_, index) => promptOf(index + 1)).join('\n\n'));

  tell(`a store of ${shots} takes, ${AT_KLING} of them at Kling`);
  {
    await using film = startCommand(['film', script, '--yes'], home, kling);
    for (let done = 0; done < shots; done = await deliveredOrRunning(kling)) {
      film.requireAlive();
      await pause(500);
    }
    // The last clips that ended are being fetched.
    await pause(3_000);
    film.requireAlive();
  }
  const tookMs: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const killedAtMs = Date.now();
    await using resume = startCommand(['resume', '--yes'], home, kling);
    tookMs.push(await firstQuestion(kling, killedAtMs, () => resume.requireAlive()));
    await pause(1_000);
  }
  const p50Ms = quantile(tookMs, 0.5);
  return [
    {
      what: `SIGKILL to first useful poll, ${shots} takes in the store, Node's start included (${KILLS} kills)`,
      ours: `median ${seconds(p50Ms)}, worst ${seconds(Math.max(...tookMs))}`,
      limit: `median ${seconds(LIMIT_MS)}`,
      kept: p50Ms <= LIMIT_MS,
      ratio: `${(p50Ms / LIMIT_MS).toFixed(2)} of the limit`,
    },
  ];
};

async function deliveredOrRunning(kling: SandboxProcess): Promise<number> {
  return (await kling.record()).tasks.length;
}

async function firstQuestion(kling: SandboxProcess, sinceMs: number, requireAlive: () => void): Promise<number> {
  for (;;) {
    const asked = (await kling.requests()).find(({ route, atMs }) => atMs >= sinceMs && (route === 'tasks' || route === 'find'));
    if (asked) return asked.atMs - sinceMs;
    requireAlive();
    await pause(50);
  }
}
