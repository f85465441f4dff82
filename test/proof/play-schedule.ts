import { Box, type Running, type Spoil } from './box/box.ts';
import type { Witness } from './box/life.ts';
import type { Violation } from './box/violation.ts';
import { checkBox, parkedBecauseNobodyCanKnow } from './checks.ts';
import { finish } from './finish.ts';
import type { ProcessPlan, Schedule } from './schedule.ts';

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
    const running = schedule.processes.map((plan) => startLater(box, plan, left));
    if (schedule.powerCutAtMs !== undefined) void box.clock.sleep(schedule.powerCutAtMs).then(() => box.powerCut());
    await box.wait(running);
    const deaths = box.processes.filter(({ report, refused }) => !report && !refused).length;
    loseClips(box, schedule.lostClips);
    await box.setCap(null);
    await finish(box, { retries: 12 });
    await checkBox(box, { end: 'completed', or: schedule.sandbox.refusedIdsStayReserved === true ? parkedBecauseNobodyCanKnow : undefined });
    return { violations: box.violations, trace: box.trace, deaths, strikes: box.kling.faultStrikes().length, charged: box.kling.charges().length };
  } finally {
    await box.close();
  }
}

/** @param left how many moments each process still has to live; one that is not in it does not die. */
async function startLater(box: Box, plan: ProcessPlan, left: Map<string, number>): Promise<Running> {
  if (plan.startAtMs > 0) await box.clock.sleep(plan.startAtMs);
  const stop = new AbortController();
  const running = box.start({
    retries: plan.retries,
    newTake: plan.newTake,
    signal: stop.signal,
    ...(plan.concurrency === undefined ? {} : { concurrency: plan.concurrency }),
  });
  if (plan.diesAfter !== undefined) left.set(running.life.name, plan.diesAfter);
  if (plan.stopAtMs !== undefined) void box.clock.sleep(plan.stopAtMs).then(() => stop.abort(new Error('Ctrl-C')));
  return running;
}

function loseClips(box: Box, how: Schedule['lostClips']): void {
  if (how === 'none') return;
  for (const [path, inode] of box.disk.files) {
    if (!path.endsWith('.mp4')) continue;
    if (how === 'deleted') box.disk.remove(path, true);
    else inode.bytes = Buffer.from('no clip any more');
  }
}
