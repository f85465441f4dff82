import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countRequests, cut, openLab, paidTimes, planFilm, run, shoot, shotsOf, withoutRefusalOfRepeatedIds, type Lab } from '../../test/money/lab.ts';
import { probeVideo } from '../media/index.ts';
import type { FaultKind } from '../sandbox/index.ts';
import type { Studio } from '../studio.ts';

const SHOTS = shotsOf(5);
/** Of Kling's 5 s at 24 frames a second, as the sandbox makes them. */
const FRAMES_A_CLIP = 121;
const CREATE = /^\/v1\/videos\/text2video$/;

let lab: Lab;
let studio: Studio;
beforeEach(async () => {
  lab = await openLab();
  studio = await lab.studio({ fetch: impatientFetch });
  // Opening asks Kling whether it takes the key; the faults are for what comes after.
  await studio.orchestrator('kling');
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

/** A client that gives up on a create after a moment, as ours does after 90 s. */
const impatientFetch: typeof fetch = async (input, init) => {
  if (init?.method !== 'POST') return await fetch(input, init);
  const patience = AbortSignal.timeout(400);
  return await fetch(input, { ...init, signal: init.signal ? AbortSignal.any([init.signal, patience]) : patience });
};

/** Every shot has its clip, each was paid for once, and they make a film of the right length. */
async function expectDelivered(project: Awaited<ReturnType<typeof planFilm>>['project']): Promise<void> {
  expect(paidTimes(lab.kling)).toEqual(SHOTS.map(() => 1));
  const film = await cut(studio, project, lab);
  expect((await probeVideo(film.path)).frameCount).toBe(SHOTS.length * FRAMES_A_CLIP);
  expect(await readdir(join(lab.home, 'clips', 'tmp'))).toEqual([]);
  expect(lab.kling.requests().some(({ path, carriedAuthorization }) => path.startsWith('/clips/') && carriedAuthorization)).toBe(false);
}

/** Faults that pass: one run brings in everything. */
const PASSING: { kind: FaultKind; times: number }[] = [
  { kind: 'create-reset-before', times: 3 },
  { kind: 'create-5xx-before', times: 3 },
  { kind: 'create-reset-after', times: 5 },
  { kind: 'create-502-after', times: 5 },
  { kind: 'create-slow-after', times: 2 },
  { kind: 'status-1302', times: 4 },
  { kind: 'status-1303', times: 4 },
  { kind: 'poll-502', times: 6 },
  { kind: 'succeed-without-videos', times: 3 },
  { kind: 'download-cut', times: 4 },
  { kind: 'download-garbage', times: 4 },
  { kind: 'download-404', times: 4 },
];

describe('a film of five shots', () => {
  it.each(PASSING)('pays once a shot and delivers all when $times times comes $kind', async ({ kind, times }) => {
    const { project, prompts } = await planFilm(studio, SHOTS);
    lab.kling.failNext(kind, { times });
    const { report } = await run(studio, project.id);
    expect(report.summary).toMatchObject({ shots: 5, completed: 5, failed: 0, waiting: 0, generated: 5, cached: 0, billedUnits: 7.5 });
    expect(lab.kling.requests().filter(({ fault }) => fault === kind)).toHaveLength(times);
    expect(lab.kling.charges()).toHaveLength(5);
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(7.5);
    expect(prompts).toHaveLength(5);
    await expectDelivered(project);
  });

  it('adopts the task instead of sending a second POST when the answer was lost after Kling took it', async () => {
    const { project } = await planFilm(studio, SHOTS);
    lab.kling.failNext('create-reset-after', { times: 5 });
    await run(studio, project.id);
    expect(countRequests(lab.kling, 'POST', CREATE)).toBe(5);
    await expectDelivered(project);
  });

  it('goes on with the other four, says why, and tries the fifth again for free, when Kling refuses the words of one (1301)', async () => {
    const { project } = await planFilm(studio, SHOTS);
    lab.kling.failNext('status-1301', { prompt: 'puddle number 3' });
    const { report, events } = await run(studio, project.id);
    expect(report.summary).toMatchObject({ completed: 4, failed: 1, waiting: 0, generated: 4 });
    expect(report.takes[2]).toMatchObject({ outcome: 'failed', error: { code: 'KLING_CONTENT_REFUSED', klingCode: 1301 } });
    expect(report.takes[2]?.generation.reservedUnits).toBe(0);
    expect(events.findLast((event) => event.type === 'clip' && event.shot === 'S01_SH03')).toMatchObject({ status: 'failed', reason: expect.stringMatching(/\w/) as string });
    await expect(cut(studio, project, lab)).rejects.toMatchObject({ code: 'FILM_INCOMPLETE', message: expect.stringContaining('S01_SH03') as string });
    expect((await run(studio, project.id)).report.summary).toMatchObject({ completed: 5, cached: 4, generated: 1 });
    await expectDelivered(project);
  });

  it('waits with what the account cannot pay (1102), holds no money for it, and says it once', async () => {
    const { project } = await planFilm(studio, SHOTS);
    lab.kling.failNext('status-1102', { times: Number.POSITIVE_INFINITY });
    const { report, events } = await run(studio, project.id);
    expect(report.summary).toMatchObject({ completed: 0, failed: 0, waiting: 5 });
    expect(report.takes.every(({ rest, error }) => rest === 'budget' && error?.klingCode === 1102)).toBe(true);
    expect(events.filter(({ type }) => type === 'notice')).toEqual([expect.objectContaining({ code: 'KLING_BALANCE_EMPTY', next: expect.stringMatching(/\w/) as string })]);
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(0);
  });

  it('finishes what is at Kling when the money ends in the middle, and pays for the rest once it is topped up', async () => {
    await using poor = await openLab({ balanceUnits: 4.5 });
    const here = await poor.studio();
    const first = await shoot(here, SHOTS);
    expect(first.report.summary).toMatchObject({ completed: 3, waiting: 2, failed: 0 });
    expect(first.events.filter(({ type }) => type === 'notice')).toHaveLength(1);
    poor.kling.addUnits(100);
    const second = await run(here, first.project.id);
    expect(second.report.summary).toMatchObject({ completed: 5, cached: 3, generated: 2 });
    expect(second.events.filter(({ type }) => type === 'notice')).toHaveLength(0);
    expect(paidTimes(poor.kling)).toEqual([1, 1, 1, 1, 1]);
  });

  it('does not buy a moderated task again by itself, and films the shot with a retake', async () => {
    const { project, prompts } = await planFilm(studio, SHOTS);
    lab.kling.failNext('task-failed-moderation', { prompt: 'puddle number 2' });
    const { report } = await run(studio, project.id);
    expect(report.summary).toMatchObject({ completed: 4, failed: 1 });
    expect(report.takes[1]).toMatchObject({ outcome: 'failed', error: { code: 'TASK_MODERATED', next: expect.stringMatching(/words/) as string } });
    const again = await run(studio, project.id);
    expect(again.report.summary).toMatchObject({ completed: 4, failed: 1, generated: 0 });
    expect(countRequests(lab.kling, 'POST', CREATE)).toBe(5);
    const retake = await run(studio, project.id, { shotIds: [prompts[1]!.id], newTake: true });
    expect(retake.report.summary).toMatchObject({ completed: 1, failed: 0 });
    // The film is whole now: the take that failed is history, not a failure of every run to come.
    expect((await run(studio, project.id)).report.summary).toMatchObject({ shots: 5, completed: 5, failed: 0, generated: 0 });
    await expectDelivered(project);
  });

  it('makes a new attempt with a new id after a failed task when the user allowed one', async () => {
    const { project } = await planFilm(studio, SHOTS);
    lab.kling.failNext('task-failed-moderation', { times: 2 });
    const { report } = await run(studio, project.id, { retries: 1 });
    expect(report.summary).toMatchObject({ completed: 5, failed: 0 });
    const ids = lab.kling.tasks().map(({ externalTaskId }) => externalTaskId);
    expect(ids).toHaveLength(7);
    expect(new Set(ids).size).toBe(7);
    await expectDelivered(project);
  });

  it('fetches a clip that could not be had in one run in the next, and pays nothing more', async () => {
    const { project } = await planFilm(studio, SHOTS);
    lab.kling.failNext('download-404', { times: Number.POSITIVE_INFINITY, prompt: 'puddle number 4' });
    const { report } = await run(studio, project.id);
    expect(report.summary).toMatchObject({ completed: 4, failed: 1 });
    expect(report.takes[3]).toMatchObject({ rest: 'unobtainable', error: { code: 'CLIP_UNOBTAINABLE', next: expect.stringMatching(/free of charge.*1\.5 units/s) as string } });
    expect(lab.kling.charges()).toHaveLength(5);
    expect(countRequests(lab.kling, 'POST', CREATE)).toBe(5);
    // Kling's own record of the money is not given back because the file is missing.
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(7.5);
  });
});

describe('a Kling that no longer refuses repeated ids', () => {
  it.each(['create-reset-before', 'create-5xx-before', 'create-reset-after', 'create-502-after', 'create-slow-after'] as const)('is still paid once a shot when answers are lost: %s', async (kind) => {
    const careless = await lab.studio({ fetch: withoutRefusalOfRepeatedIds(lab.kling, impatientFetch) });
    const { project } = await planFilm(careless, SHOTS);
    await careless.orchestrator('kling');
    lab.kling.failNext(kind, { times: 3 });
    expect((await run(careless, project.id)).report.summary).toMatchObject({ completed: 5, failed: 0 });
    expect(lab.kling.tasks()).toHaveLength(5);
    expect(lab.kling.charges()).toHaveLength(5);
  });
});

describe('trouble on top of trouble', () => {
  it('does not storm a full account with a shot whose first answer was lost', async () => {
    const { project } = await planFilm(studio, SHOTS.slice(0, 1));
    lab.kling.failNext('create-reset-before');
    lab.kling.failNext('status-1303', { times: 4 });
    const startedAt = countRequests(lab.kling, 'POST', CREATE);
    expect((await run(studio, project.id)).report.summary).toMatchObject({ completed: 1 });
    expect(countRequests(lab.kling, 'POST', CREATE) - startedAt).toBe(6);
    // Between two POSTs of an id there is at least the first back-off: 10, 20, 40, 80 ms.
    const posts = lab.kling.requests().filter(({ method }) => method === 'POST');
    for (const [index, wait] of [10, 20, 40].entries()) expect(posts[index + 3]!.atMs - posts[index + 2]!.atMs).toBeGreaterThanOrEqual(wait - 2);
  });

  it('comes to rest, holding the money, when the account is empty and an earlier answer is still open', { timeout: 8_000 }, async () => {
    const { project } = await planFilm(studio, SHOTS.slice(0, 1));
    lab.kling.failNext('create-reset-before');
    lab.kling.failNext('status-1102', { times: Number.POSITIVE_INFINITY });
    const { report } = await run(studio, project.id);
    expect(report.takes[0]).toMatchObject({ outcome: 'waiting', rest: 'budget' });
    expect(report.takes[0]?.generation.state).toMatchObject({ status: 'unknown', unanswered: 1 });
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(1.5);
    expect(countRequests(lab.kling, 'POST', CREATE)).toBe(2);
  });

  it('asks a full account again at a calm pace when the slots are taken by somebody else', async () => {
    lab.kling.setSlots(0);
    const { project } = await planFilm(studio, SHOTS);
    const orchestrator = await studio.orchestrator('kling');
    const firstPosts = waitFor(lab, 4);
    const done = orchestrator.generateAll({ projectId: project.id });
    await firstPosts;
    lab.kling.setSlots(5);
    expect((await done).summary).toMatchObject({ completed: 5, failed: 0 });
    const posts = lab.kling.requests().filter(({ method, httpStatus }) => method === 'POST' && httpStatus === 429);
    // One every 30 ms (slotRetryMs), and one when the slots were counted anew.
    expect(posts.length).toBeLessThanOrEqual((posts.at(-1)!.atMs - posts[0]!.atMs) / 30 + 2);
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1, 1]);
  });

  it('rests with what is known of each shot when Kling answers nothing useful for as long as we have patience', { timeout: 8_000 }, async () => {
    const impatient = await lab.studio({ timings: { lookWaitMs: 50, backoffFirstMs: 10, backoffLongestMs: 40, pollIntervalMs: 10, patienceMs: 300 } });
    const { project } = await planFilm(impatient, SHOTS.slice(0, 2));
    await impatient.orchestrator('kling');
    lab.kling.failNext('create-reset-after', { prompt: 'puddle number 1' });
    lab.kling.failNext('poll-502', { times: Number.POSITIVE_INFINITY });
    const { report } = await run(impatient, project.id);
    // Whether the first was made is not known, so nobody is told that it goes on there.
    expect(report.takes.map(({ rest, error }) => [rest, error?.code])).toEqual([['patience', 'NO_ANSWER_YET'], ['patience', 'STILL_AT_KLING']]);
    expect(report.takes[0]?.generation.state.status).toBe('unknown');
    expect(countRequests(lab.kling, 'POST', CREATE)).toBe(2);
  });
});

describe('a run with a limit of its own', () => {
  it('sends the next shot although the one before was refused, deferred or failed', { timeout: 8_000 }, async () => {
    const { project } = await planFilm(studio, SHOTS);
    lab.kling.failNext('status-1301', { prompt: 'puddle number 1' });
    lab.kling.failNext('status-1302', { prompt: 'puddle number 2', times: 2 });
    lab.kling.failNext('status-1303', { prompt: 'puddle number 3', times: 2 });
    lab.kling.failNext('task-failed-moderation', { prompt: 'puddle number 4' });
    const { report } = await run(studio, project.id, { concurrency: 1 });
    expect(report.summary).toMatchObject({ completed: 3, failed: 2, waiting: 0 });
  });

  it('never has more at Kling than it was told to', async () => {
    await using slow = await openLab({ speed: 200, slots: 20, random: () => 0.5 });
    const here = await slow.studio();
    let most = 0;
    const watch = (await here.orchestrator('kling')).on(() => {
      most = Math.max(most, slow.kling.tasks().filter(({ status }) => status === 'submitted' || status === 'processing').length);
    });
    const { report } = await shoot(here, shotsOf(8), { concurrency: 3 });
    watch();
    expect(report.summary.completed).toBe(8);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(3);
  });
});

/** Resolves when the sandbox has refused that many creates. */
async function waitFor(lab_: Lab, refusals: number): Promise<void> {
  while (lab_.kling.requests().filter(({ method, httpStatus }) => method === 'POST' && httpStatus === 429).length < refusals) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
