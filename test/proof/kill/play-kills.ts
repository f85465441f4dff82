import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probeVideo } from '../../../src/media/index.ts';
import { FAULT_KINDS, type FaultKind } from '../../../src/sandbox/index.ts';
import { seededRandom } from '../box/seeded-random.ts';
import type { Broke, Violation } from '../box/violation.ts';
import type { FilmEnd, FilmOrder } from './film-process.ts';
import type { KlingProcess } from './kling-process.ts';
import type { SandboxSeen } from './sandbox-process.ts';

/** The waits of the state machine, short enough for hundreds of runs in real time and in the proportions of the real ones. */
const FAST = {
  lookWaitMs: 80,
  lookGiveUpMs: 700,
  backoffFirstMs: 10,
  backoffLongestMs: 80,
  pollIntervalMs: 20,
  slotRetryMs: 30,
  followIntervalMs: 15,
  downloadIdleMs: 1_000,
  patienceMs: 8_000,
  stopGraceMs: 500,
};

/** Left out here: what is only over when a request has waited 90 real seconds. The box plays it with its own time. */
const QUICK_FAULTS = FAULT_KINDS.filter((kind) => !/slow|stuck|hidden/.test(kind));

interface KillPlan {
  seed: number;
  shots: FilmOrder['shots'];
  /** Per process: after how many steps it dies. The last one lives. */
  deaths: number[];
  /** Whether the second process runs at the same time as the first. */
  beside: boolean;
  slots: number;
  faults: { kind: FaultKind; times: number }[];
  jwt: boolean;
  /** The home is lost when the first processes are dead. The next recovers: killed after so many steps, and once more alive. */
  homeLost: { recoveryDiesAfter: number } | undefined;
}

/** What all schedules share. */
export interface KillStage {
  kling: KlingProcess;
  filmScript: string;
}

export function drawKills(seed: number): KillPlan {
  const random = seededRandom(seed ^ 0x4b11);
  const count = random.whole(1, 4);
  // Drawn apart: which shots continue the one before changes nothing else of a seed.
  const chain = seededRandom(seed ^ 0xc4a1);
  return {
    seed,
    shots: Array.from({ length: count }, (_, index) => ({ prompt: `Shot ${index + 1}: a paper boat crosses puddle number ${index + 1} at dawn.`, ...(index > 0 && chain.chance(0.3) ? { continues: true } : {}) })),
    deaths: Array.from({ length: random.pick([1, 1, 1, 2]) }, () => random.whole(1, random.pick([10, 30, 60, 60 * count]))),
    beside: random.chance(0.4),
    slots: random.whole(1, 5),
    faults: Array.from({ length: random.pick([0, 1, 1, 2]) }, () => ({ kind: random.pick(QUICK_FAULTS), times: random.pick([1, 1, 2]) })),
    jwt: random.chance(0.25),
    homeLost: random.chance(0.25) ? { recoveryDiesAfter: random.whole(1, random.pick([10, 30, 30 * count])) } : undefined,
  };
}

/**
 * Plays one schedule of real processes and real kills. Several may be played at once: each has a home and an account of its own.
 * @returns what it broke, and how many died.
 */
export async function playKills(plan: KillPlan, { kling, filmScript }: KillStage): Promise<{ violations: Violation[]; deaths: number; strikes: number; charged: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'kills-'));
  const home = join(folder, 'home');
  const violations: Violation[] = [];
  const broke: Broke = (check, what) => violations.push({ check, what });
  try {
    const { baseUrl, apiKey } = await kling.open({ durationsMs: 60, slots: plan.slots, failing: plan.faults, seed: plan.seed });
    const key: Record<string, string> = plan.jwt ? { KLING_ACCESS_KEY: 'sandbox-access-key', KLING_SECRET_KEY: 'sandbox-secret-key' } : { KLING_API_KEY: apiKey };
    const env = { ...key, KLING_BASE_URL: baseUrl, DIRECTORSTUDIO_KEYCHAIN: 'off' };
    const film = async (more: { diesAfter?: number; recoversFirst?: boolean } = {}) =>
      await runFilm(filmScript, { home, env, timings: FAST, shots: plan.shots, recoversFirst: false, ...more }, broke);

    let deaths = 0;
    const [first = 1, second, ...rest] = plan.deaths;
    const together = [film({ diesAfter: first }), ...(plan.beside ? [film(second === undefined ? {} : { diesAfter: second })] : [])];
    for (const end of await Promise.all(together)) if (end === 'died') deaths += 1;
    for (const diesAfter of plan.beside ? rest : [...(second === undefined ? [] : [second]), ...rest]) if ((await film({ diesAfter })) === 'died') deaths += 1;
    if (plan.homeLost) {
      await rm(home, { recursive: true, force: true });
      if ((await film({ recoversFirst: true, diesAfter: plan.homeLost.recoveryDiesAfter })) === 'died') deaths += 1;
    }
    let end: FilmEnd | 'died' | 'refused' = 'refused';
    const recoversFirst = plan.homeLost !== undefined;
    for (let run = 0; run < 8 && (typeof end === 'string' || end.summary.completed < end.summary.shots); run += 1) end = await film({ recoversFirst });

    const record = await kling.record(baseUrl);
    if (typeof end === 'string') broke('not-delivered', `the last run ${end}`);
    else await checkEnd(plan, end, record, broke);
    return { violations, deaths, strikes: record.strikes, charged: record.tasks.filter(({ chargedUnits }) => chargedUnits > 0).length };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkEnd(plan: KillPlan, end: FilmEnd, record: SandboxSeen, broke: Broke): Promise<void> {
  const paid = new Map<string, number>();
  for (const { prompt, status } of record.tasks) if (status === 'succeed') paid.set(prompt, (paid.get(prompt) ?? 0) + 1);
  for (const [prompt, times] of paid) if (times > 1) broke('paid-twice', `“${prompt}” was charged ${times} times`);
  if (end.summary.completed !== plan.shots.length) broke('not-delivered', `${end.summary.completed} of ${plan.shots.length} shots: ${JSON.stringify(end.clips.map(({ state }) => state))}`);
  for (const { externalTaskId, state, file } of end.clips) {
    if (state.status !== 'completed') continue;
    if (!file || file.contentHash !== state.contentHash) broke('wrong-clip', `${externalTaskId} is completed and its file is not there or another`);
    else await probeVideo(file.path).catch((error: unknown) => broke('wrong-clip', `${externalTaskId} does not play: ${String(error)}`));
  }
  const charged = record.tasks.reduce((sum, { chargedUnits }) => sum + chargedUnits, 0);
  const unsaid = record.tasks.some(({ status }) => status === 'failed');
  if (!unsaid && Math.abs(end.spentUnits - charged) > 1e-6) broke('books', `the store says ${end.spentUnits} units, Kling charged ${charged}`);
  if (record.downloadsWithKey > 0) broke('key-to-cdn', `${record.downloadsWithKey} downloads carried the key`);
}

/** One process from start to end. `refused`: it could not run (Kling was down when it asked whose key this is). */
async function runFilm(script: string, order: FilmOrder, broke: Broke): Promise<FilmEnd | 'died' | 'refused'> {
  const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (complained += piece.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (signal === 'SIGKILL') return 'died';
  if (code === 0) return JSON.parse(said.trim().split('\n').at(-1) ?? '') as FilmEnd;
  // An error for a person carries a code of ours; anything else is a bug.
  if (!/code: '(KLING|STORE|DISK)_[A-Z_]+'/.test(complained)) broke('bug', complained.slice(0, 2_000));
  return 'refused';
}
