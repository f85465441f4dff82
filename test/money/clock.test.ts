import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../src/lib/clock.ts';
import type { Studio } from '../../src/studio.ts';
import { countRequests, FAST, openLab, paidTimes, planFilm, run, shotsOf, withoutRefusalOfRepeatedIds, type Lab } from './lab.ts';

const DAY_MS = 24 * 3_600_000;
const CREATE = /^\/v1\/videos\/text2video$/;

/** How far somebody has set the clock on the wall. */
let setByMs: number;
const clock: Clock = { ...systemClock, now: () => Date.now() + setByMs };
let lab: Lab;
beforeEach(async () => {
  setByMs = 0;
  lab = await openLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

/** Films, and sets the clock as soon as an answer is lost. */
async function filmAndSet(studio: Studio, paragraphs: readonly string[], byMs: number) {
  const { project } = await planFilm(studio, paragraphs);
  const orchestrator = await studio.orchestrator('kling');
  orchestrator.on((event) => {
    if (event.type === 'clip' && event.stage === 'findingOut') setByMs = byMs;
  });
  return await run(studio, project.id);
}

describe('a wall clock that is set while the answer to a request is lost', () => {
  it.each([1, 40])('to %i days ahead does not cut the wait short: a task that shows late is paid for once even where Kling refuses no id', async (days) => {
    const studio = await lab.studio({ clock, fetch: withoutRefusalOfRepeatedIds(lab.kling), timings: { ...FAST, lookWaitMs: 800 } });
    await studio.orchestrator('kling');
    lab.kling.failNext('create-reset-after');
    lab.kling.failNext('create-hidden', { ms: 500 });
    const { report } = await filmAndSet(studio, shotsOf(1), days * DAY_MS);
    expect(report.summary).toMatchObject({ completed: 1, failed: 0 });
    expect(paidTimes(lab.kling)).toEqual([1]);
    expect(lab.kling.tasks()).toHaveLength(1);
    expect(countRequests(lab.kling, 'POST', CREATE)).toBe(1);
  });

  it('back by days does not make the shot wait for days', async () => {
    const studio = await lab.studio({ clock, timings: { ...FAST, patienceMs: 4_000 } });
    await studio.orchestrator('kling');
    lab.kling.failNext('create-reset-before');
    const { report } = await filmAndSet(studio, shotsOf(1), -30 * DAY_MS);
    expect(report.summary).toMatchObject({ completed: 1, waiting: 0 });
    expect(paidTimes(lab.kling)).toEqual([1]);
  });

  it('back by days before the next start does not make it wait for days either', async () => {
    lab.kling.failNext('create-slow-before');
    const { project } = await planFilm(await lab.studio({ clock }), shotsOf(1));
    const before = await lab.studio({ clock, timings: { ...FAST, stopGraceMs: 10 } });
    const orchestrator = await before.orchestrator('kling');
    orchestrator.on((event) => {
      if (event.type === 'clip' && event.stage === 'sending') void orchestrator.stop();
    });
    await orchestrator.generateAll({ projectId: project.id });
    setByMs = -30 * DAY_MS;
    const { report } = await run(await lab.studio({ clock, timings: { ...FAST, patienceMs: 4_000 } }), project.id);
    expect(report.summary).toMatchObject({ completed: 1, waiting: 0 });
    expect(paidTimes(lab.kling)).toEqual([1]);
  });
});

describe('a wall clock that is set forward while Kling does not show a task yet', () => {
  it('does not make the task another account’s', async () => {
    const studio = await lab.studio({ clock });
    await studio.orchestrator('kling');
    lab.kling.failNext('create-hidden', { ms: 300 });
    const { project } = await planFilm(studio, shotsOf(1));
    const orchestrator = await studio.orchestrator('kling');
    orchestrator.on((event) => {
      if (event.type === 'clip' && event.stage === 'submitted') setByMs = DAY_MS;
    });
    const { report } = await run(studio, project.id);
    expect(report.takes.map(({ outcome, error }) => error?.code ?? outcome)).toEqual(['completed']);
  });
});
