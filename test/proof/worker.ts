import { playJob, type JobResult } from './jobs.ts';
import { KlingProcess } from './kill/kling-process.ts';
import { drawKills, playKills, type KillStage } from './kill/play-kills.ts';
import type { Answer, Work } from './work.ts';

/** A process that plays what it is told, and answers with what came of it. Its arguments: the scripts of the kills. */
const [filmScript = '', sandboxScript = ''] = process.argv.slice(2);

const TIRED_AT_BYTES = 900 * 1024 ** 2;

/** Real processes wait a part of their time: two schedules at once fill it. */
const KILLS_AT_ONCE = 2;

let stage: KillStage | undefined;
// A stack for every refused file and every ended wait would cost a tenth of the time; a replayed seed has them.
Error.stackTraceLimit = 0;

process.on('message', (work: Work) => {
  const play = work.part === 'kills' ? playKillsFrom(work, (stage ??= { filmScript, kling: new KlingProcess(sandboxScript) })) : playJob(work);
  play.then(
    (result) => process.send?.({ result, tired: process.memoryUsage.rss() > TIRED_AT_BYTES } satisfies Answer),
    (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => stage?.kling.close());

async function playKillsFrom({ from, to }: { from: number; to: number }, on: KillStage): Promise<JobResult> {
  const result: JobResult = { played: 0, deaths: {}, strikes: 0, charged: 0, red: [] };
  let next = from;
  const one = async () => {
    while (next <= to) {
      const seed = next;
      next += 1;
      const { violations, deaths, strikes, charged } = await playKills(drawKills(seed), on);
      result.played += 1;
      result.strikes += strikes;
      result.charged += charged;
      result.deaths['by SIGKILL'] = (result.deaths['by SIGKILL'] ?? 0) + deaths;
      if (violations.length > 0) result.red.push({ where: `kill seed ${seed}`, violations });
    }
  };
  await Promise.all(Array.from({ length: KILLS_AT_ONCE }, one));
  return result;
}
