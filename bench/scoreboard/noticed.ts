import { startSandboxProcess } from '../sandbox-process.ts';
import { contest, type Contestant } from './contest.ts';
import { promptOf, shotOf } from './durations.ts';
import { installRivals } from './rivals.ts';
import { quantile, seconds, type Row, type ScoreSettings } from './score.ts';
import { workFolder } from './work-folder.ts';

const IN_FLIGHT = 20;
/** Half of all clips of 2.5 turbo (std, 5 s) take less than 45 s, nine of ten less than 75 s: the catalogue's figures. */
const MEDIAN_MS = 45_000;
const SIGMA = 0.4;
const P50_MS = 500;
const P95_MS = 1_200;
const SHARE_OF_REQUESTS = 0.25;

/** How long after the end of its task, over all shots; milliseconds. */
interface Delay {
  p50Ms: number;
  p95Ms: number;
  meanMs: number;
}

interface Measured {
  /** Until the contestant knew; ours counts from its commit. */
  known: Delay;
  /** Until the clip was on the disk; ours counts from the commit after its file was checked and synced. */
  stored: Delay;
  /** Requests that asked how a task is. */
  polls: number;
  shots: number;
}

/**
 * From the end of a task at the server to the commit that says so, which is what polling is answerable for; and to the clip on
 * the disk, checked and committed, which has the download in it. Ours has filmed clips of the kind
 * before, as anyone has after ten clips; the loop that asks for each task every 5 s is the yardstick for requests.
 */
export const noticed: Row = async (settings) => {
  const shots = settings.quick ? 60 : 200;
  settings.tell(`${shots} log-normal tasks, ${IN_FLIGHT} in flight (about ${Math.ceil((shots / IN_FLIGHT) * (MEDIAN_MS / 60_000) * 1.2 + 3)} minutes)`);
  const [ours, klingApi, loop] = await Promise.all([measure(settings, shots, 'ours'), measure(settings, shots, 'kling-api'), measure(settings, shots, 'fetch loop')]);
  const share = ours.polls / loop.polls;
  const said = ({ known, stored, polls }: Measured) =>
    `p50 ${seconds(known.p50Ms)}, p95 ${seconds(known.p95Ms)}, mean ${seconds(known.meanMs)}, ${polls} polls; on the disk p50 ${seconds(stored.p50Ms)}, p95 ${seconds(stored.p95Ms)}`;
  return [
    {
      what: `finished clip noticed: server's end to committed; ${shots} log-normal tasks, median ${MEDIAN_MS / 1000} s, ${IN_FLIGHT} in flight`,
      ours: said(ours),
      limit: `p50 ${seconds(P50_MS)}, p95 ${seconds(P95_MS)}, ${SHARE_OF_REQUESTS * 100} % of the polls of the 5 s loop`,
      kept: ours.shots === shots && ours.known.p50Ms <= P50_MS && ours.known.p95Ms <= P95_MS && share <= SHARE_OF_REQUESTS,
      rivals: { 'kling-api': said(klingApi), 'fetch loop': said(loop) },
      ratio: `${(share * 100).toFixed(0)} % of the loop's polls; mean ${(Math.min(klingApi.known.meanMs, loop.known.meanMs) / ours.known.meanMs).toFixed(1)} × sooner than the better rival`,
    },
  ];
};

async function measure({ seed, quick }: ScoreSettings, shots: number, contestant: Contestant): Promise<Measured> {
  await using folder = await workFolder();
  const durations = { kind: 'log-normal', medianMs: MEDIAN_MS, sigma: SIGMA, seed } as const;
  await using kling = await startSandboxProcess({ dataFolder: await folder.sub('sandbox'), clips: 'tiny', slots: IN_FLIGHT, seed, balanceUnits: 1_000_000, durations });
  const prompts = Array.from({ length: shots }, (_, index) => promptOf(index + 1));
  const warmUp = Array.from({ length: quick ? IN_FLIGHT : 2 * IN_FLIGHT }, (_, index) => promptOf(index + 1, 'rehearsal'));
  const result = await contest({ contestant, folder: await folder.sub('work'), rivalsFolder: await installRivals(), prompts, limit: IN_FLIGHT, ...(contestant === 'ours' ? { warmUp } : {}) }, kling);
  const { tasks } = await kling.record();
  const endedAtMs = new Map(tasks.filter(({ prompt }) => prompts.includes(prompt)).map(({ prompt, updatedAtMs }) => [shotOf(prompt) - 1, updatedAtMs]));
  const delay = (times: ReadonlyMap<number, number>): Delay => {
    const lateMs = [...times].map(([shot, atMs]) => atMs - (endedAtMs.get(shot) ?? Number.NaN));
    return { p50Ms: quantile(lateMs, 0.5), p95Ms: quantile(lateMs, 0.95), meanMs: lateMs.reduce((sum, ms) => sum + ms, 0) / lateMs.length };
  };
  const polls = (await kling.requests()).filter(({ route, atMs }) => (route === 'find' || route === 'list' || route === 'tasks') && atMs >= result.beganAtMs).length;
  return { known: delay(result.noticedAtMs), stored: delay(result.deliveredAtMs), polls, shots: result.delivered };
}
