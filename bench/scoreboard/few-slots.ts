import { startSandboxProcess, type SandboxProcess } from '../sandbox-process.ts';
import { contest, type Contest, type Contestant } from './contest.ts';
import { promptOf } from './durations.ts';
import { listSchedule, type SlotChange } from './list-schedule.ts';
import { installRivals } from './rivals.ts';
import { seconds, type Row, type ScoreRow, type ScoreSettings } from './score.ts';
import { workFolder } from './work-folder.ts';

const TASK_MS = 8_000;
const ALLOWED_MS_A_ROUND = 500;
const FIRST_CONTACT_REFUSALS = 12;

interface Film {
  shots: number;
  slots: number;
  /** The slots after so many shots are settled. */
  changes: readonly { afterShots: number; slots: number }[];
}

interface Measured extends Contest {
  wallMs: number;
  idealMs: number;
  rounds: number;
  /** "Full" before the first task ended, and after that. */
  firstRefusals: number;
  laterRefusals: number;
}

/** A short film on a trial account: more shots than slots. */
export const twentyShots: Row = async (settings) => {
  const shots = settings.quick ? 10 : 20;
  return [await filmRow(settings, { shots, slots: 5, changes: [] })];
};

/** A long film on an account whose number of slots changes meanwhile. */
export const changingLimit: Row = async (settings) => {
  const shots = settings.quick ? 30 : 200;
  const changes = [
    { afterShots: Math.ceil(shots / 3), slots: 2 },
    { afterShots: Math.ceil((shots * 2) / 3), slots: 10 },
  ];
  return [await filmRow(settings, { shots, slots: 5, changes })];
};

async function filmRow(settings: ScoreSettings, film: Film): Promise<ScoreRow> {
  const { shots, slots, changes } = film;
  const limits = [slots, ...changes.map((change) => change.slots)].join(' → ');
  settings.tell(`${shots} shots of ${TASK_MS / 1000} s on ${limits} slots`);
  // The rivals are tried as they come, all shots at once, and as their users help themselves: with a limit for the account.
  const [ours, apiAtOnce, apiLimited, loopAtOnce, loopLimited] = await Promise.all([
    measure(settings, film, 'ours', Infinity),
    measure(settings, film, 'kling-api', Infinity),
    measure(settings, film, 'kling-api', slots),
    measure(settings, film, 'fetch loop', Infinity),
    measure(settings, film, 'fetch loop', slots),
  ]);
  const allowedMs = ours.idealMs + ALLOWED_MS_A_ROUND * ours.rounds;
  const laterAllowed = changes.length + Math.ceil(ours.wallMs / 60_000);
  const said = (measured: Measured) => `${measured.delivered} delivered${measured.delivered === shots ? ` in ${seconds(measured.wallMs)}` : ''}`;
  const rival = (atOnce: Measured, limited: Measured) => `all at once: ${said(atOnce)}; ${slots} at a time: ${said(limited)}`;
  return {
    what: `${shots} shots, ${TASK_MS / 1000} s tasks, ${limits} slots`,
    ours: `${said(ours)}; full: ${ours.firstRefusals} at first contact, then ${ours.laterRefusals}`,
    limit: `${shots} delivered in ${seconds(allowedMs)} (ideal ${seconds(ours.idealMs)}, ${ours.rounds} rounds); full: ${FIRST_CONTACT_REFUSALS}, then ${laterAllowed}`,
    kept: ours.delivered === shots && ours.wallMs <= allowedMs && ours.firstRefusals <= FIRST_CONTACT_REFUSALS && ours.laterRefusals <= laterAllowed,
    rivals: { 'kling-api': rival(apiAtOnce, apiLimited), 'fetch loop': rival(loopAtOnce, loopLimited) },
    ratio: `${(ours.wallMs / ours.idealMs).toFixed(3)} × the ideal`,
  };
}

async function measure({ seed, tell }: ScoreSettings, { shots, slots, changes }: Film, contestant: Contestant, limit: number): Promise<Measured> {
  await using folder = await workFolder();
  await using kling = await startSandboxProcess({ dataFolder: await folder.sub('sandbox'), clips: 'tiny', slots, seed, balanceUnits: 1_000_000, durations: { kind: 'fixed', ms: TASK_MS } });
  const prompts = Array.from({ length: shots }, (_, index) => promptOf(index + 1));
  const changed: SlotChange[] = [];
  const left = [...changes];
  const startedAtMs = Date.now();
  const changeSlots = async (count: number) => {
    await kling.setSlots(count);
    changed.push({ atMs: Date.now(), slots: count });
  };
  const result = await contest({ contestant, folder: await folder.sub('work'), rivalsFolder: await installRivals(), prompts, limit }, kling, (settled) => {
    for (let next = left[0]; next !== undefined && settled >= next.afterShots; next = left[0]) {
      left.shift();
      void changeSlots(next.slots);
      if (contestant === 'ours') tell(`  ours: ${settled} of ${shots} after ${seconds(Date.now() - startedAtMs)}; ${next.slots} slots from now on`);
    }
  });
  return { ...result, ...(await judge(kling, result, changed, slots)) };
}

async function judge(kling: SandboxProcess, result: Contest, changed: readonly SlotChange[], slots: number): Promise<Omit<Measured, keyof Contest> & { wallMs: number }> {
  const creates = (await kling.requests()).filter(({ route }) => route === 'create');
  const { tasks } = await kling.record();
  const firstPostMs = Math.min(...creates.map(({ atMs }) => atMs), ...tasks.map(({ createdAtMs }) => createdAtMs));
  const durationsMs = tasks.filter(({ status }) => status === 'succeed').map(({ createdAtMs, updatedAtMs }) => updatedAtMs - createdAtMs);
  const firstEndMs = Math.min(...tasks.filter(({ status }) => status === 'succeed').map(({ updatedAtMs }) => updatedAtMs));
  // The only 429 of an account with money and no fault asked for is 1303, "full".
  const refusals = creates.filter(({ httpStatus }) => httpStatus === 429).map(({ atMs }) => atMs);
  const firstRefusals = refusals.filter((atMs) => atMs < firstEndMs).length;
  const limits = [{ atMs: 0, slots }, ...changed.map((change) => ({ ...change, atMs: change.atMs - firstPostMs }))];
  return { ...listSchedule(durationsMs, limits), wallMs: result.lastAtMs - firstPostMs, firstRefusals, laterRefusals: refusals.length - firstRefusals };
}
