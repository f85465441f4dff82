import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandboxProcess } from '../sandbox-process.ts';
import { pause, startCommand, usageOf } from './command-line.ts';
import { promptOf } from './durations.ts';
import { seconds, type Row } from './score.ts';
import { workFolder } from './work-folder.ts';

const SLOTS = 20;
/** A project holds at most 2,000 shots; five takes of each make ten thousand. */
const TAKES_A_SHOT = 5;
const RESIDENT_MB = 150;
const SHARE_OF_CORE = 0.05;
const WATCHED_MS = 60_000;
const SETTLED_SHARE = 0.2;

/** A film far larger than the account: almost all of its takes wait for a slot, some are at Kling, nothing ends. */
export const manyWaiting: Row = async ({ quick, seed, tell }) => {
  const takes = quick ? 1_000 : 10_000;
  const watchedMs = quick ? 10_000 : WATCHED_MS;
  if (process.platform !== 'linux') {
    tell('memory and processor time of another process are read from /proc: this row is for Linux');
    return [];
  }
  await using folder = await workFolder();
  const home = await folder.sub('home');
  await using kling = await startSandboxProcess({ dataFolder: await folder.sub('sandbox'), clips: 'tiny', slots: SLOTS, seed, balanceUnits: 1_000_000, durations: { kind: 'fixed', ms: 3_600_000 } });
  const script = join(folder.path, 'film.txt');
  await writeFile(script, Array.from({ length: takes / TAKES_A_SHOT }, (_, index) => promptOf(index + 1)).join('\n\n'));
  tell(`${takes} takes waiting`);
  const startedAt = performance.now();
  await using film = startCommand(['film', script, '--yes', '--takes', String(TAKES_A_SHOT)], home, kling);
  for (let running = 0, before = Number.POSITIVE_INFINITY, busy = true; running < SLOTS || busy; ) {
    await pause(1_000);
    film.requireAlive();
    const { cpuMs } = usageOf(film.pid);
    // All slots are taken; what is left of the beginning is over when it stops being busy.
    busy = cpuMs - before > SETTLED_SHARE * 1_000;
    before = cpuMs;
    running = (await kling.record()).tasks.length;
  }
  const readyMs = performance.now() - startedAt;
  tell(`  written down and ${SLOTS} at Kling after ${seconds(readyMs)}; watching for ${watchedMs / 1000} s`);
  await pause(5_000);
  const first = usageOf(film.pid);
  let mostBytes = first.residentBytes;
  const watchedFrom = performance.now();
  while (performance.now() - watchedFrom < watchedMs) {
    await pause(1_000);
    film.requireAlive();
    mostBytes = Math.max(mostBytes, usageOf(film.pid).residentBytes);
  }
  const share = (usageOf(film.pid).cpuMs - first.cpuMs) / (performance.now() - watchedFrom);
  const residentMb = mostBytes / 1e6;
  return [
    {
      what: `${takes} takes waiting, ${SLOTS} of them at Kling: the whole command, over ${watchedMs / 1000} s`,
      ours: `${residentMb.toFixed(0)} MB resident at most, ${(share * 100).toFixed(1)} % of a core; asked for and written down in ${seconds(readyMs)}`,
      limit: `${RESIDENT_MB} MB, ${SHARE_OF_CORE * 100} %`,
      kept: residentMb <= RESIDENT_MB && share <= SHARE_OF_CORE,
      ratio: `${(residentMb / RESIDENT_MB).toFixed(2)} of the memory, ${(share / SHARE_OF_CORE).toFixed(2)} of the time`,
    },
  ];
};
