import { Box, type Running } from './box/box.ts';
import type { Spoil } from './box/errand.ts';
import type { Witness } from './box/life.ts';
import type { Violation } from './box/violation.ts';
import { checkRecovered } from './check-recovered.ts';
import { checkBox, parkedBecauseNobodyCanKnow } from './checks.ts';
import { finish, recoverAll } from './finish.ts';
import type { HomeFate, ProcessPlan, Schedule } from './schedule.ts';

export interface Played {
  violations: readonly Violation[];
  trace: readonly string[];
  deaths: number;
  strikes: number;
  charged: number;
}

/** Plays a schedule, brings every take home, and holds the box against every promise. */
export async function playSchedule(schedule: Schedule, options: { trace?: boolean; spoil?: Spoil } = {}): Promise<Played> {
  const left = new Map<string, number>();
  const witness: Witness = (life) => {
    const moments = left.get(life.name);
    if (moments === undefined) return;
    left.set(life.name, moments - 1);
    if (moments > 1) return;
    box.say(`${life.name} DIES`);
    life.die();
  };
  const box = await Box.open({ seed: schedule.seed, jitter: true, sandbox: schedule.sandbox, credentials: schedule.credentials, witness, ...options });
  try {
    await box.plan(schedule.shots, schedule.capUnits);
    for (const { kind, times, ms } of schedule.faults) box.kling.failNext(kind, { times, ...(ms === undefined ? {} : { ms }) });
    for (const { atMs, slots } of schedule.slotChanges) void box.clock.sleep(atMs).then(() => box.kling.setSlots(slots));
    for (const { atMs, byMs } of schedule.clockJumps) void box.clock.sleep(atMs).then(() => box.jumpWallClock(byMs));
    if (schedule.home.how === 'older') void box.clock.sleep(schedule.home.copiedAtMs).then(() => box.backUpHome());
    const plans = [...schedule.processes, ...schedule.secondThoughts.flatMap(({ retake, withdrawal }) => [retake, withdrawal])];
    const running = plans.map((plan) => startLater(box, plan, left));
    if (schedule.powerCutAtMs !== undefined) void box.clock.sleep(schedule.powerCutAtMs).then(() => box.powerCut());
    await box.wait(running);
    loseClips(box, schedule.lostClips);
    await box.setCap(null);
    if (schedule.home.how !== 'kept') await playHome(box, schedule.home, left);
    const deaths = box.processes.filter(({ report, recovered, withdrawn, refused }) => !report && !recovered && !withdrawn && !refused).length;
    await finish(box, { retries: 12 });
    if (schedule.home.how !== 'kept') await checkRecovered(box);
    await checkBox(box, { end: 'completed', or: schedule.sandbox.refusedIdsStayReserved === true ? parkedBecauseNobodyCanKnow : undefined });
    return { violations: box.violations, trace: box.trace, deaths, strikes: box.kling.faultStrikes().length, charged: box.kling.charges().length };
  } finally {
    await box.close();
  }
}

/** What happens to the home, and what those do who come after. */
async function playHome(box: Box, home: HomeFate, left: Map<string, number>): Promise<void> {
  if (home.how === 'lost') {
    box.loseHome();
    await box.planAgain();
  } else {
    // It was not to be copied before it had come to rest: then it is put back as it is.
    if (box.elapsedS() * 1000 < home.copiedAtMs) box.backUpHome();
    box.putBackHome();
  }
  // What a lost home had spent under its cap, nobody knows any more until it is recovered.
  await box.setCap(null);
  await box.wait(home.processes.map((plan) => startLater(box, plan, left)));
  if (home.recoveredFirst) await recoverAll(box);
}

/** @param left how many moments each process still has to live; one that is not in it does not die. */
async function startLater(box: Box, plan: ProcessPlan, left: Map<string, number>): Promise<Running> {
  if (plan.startAtMs > 0) await box.clock.sleep(plan.startAtMs);
  const stop = new AbortController();
  const running = startErrand(box, plan, stop.signal);
  if (plan.diesAfter !== undefined) left.set(running.life.name, plan.diesAfter);
  if (plan.stopAtMs !== undefined) void box.clock.sleep(plan.stopAtMs).then(() => stop.abort(new Error('Ctrl-C')));
  return running;
}

function startErrand(box: Box, { errand, retries, newTake, concurrency }: ProcessPlan, signal: AbortSignal): Running {
  if (errand === 'recover') return box.startRecover(signal);
  if (errand === 'withdraw') return box.startWithdraw();
  return box.start({ retries, newTake, signal, ...(concurrency === undefined ? {} : { concurrency }) });
}

function loseClips(box: Box, how: Schedule['lostClips']): void {
  if (how === 'none') return;
  for (const [path, inode] of box.home.disk.files) {
    if (!path.endsWith('.mp4')) continue;
    if (how === 'deleted') box.home.disk.remove(path, true);
    else inode.bytes = Buffer.from('no clip any more');
  }
}
