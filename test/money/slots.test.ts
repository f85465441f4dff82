import { expect, it } from 'vitest';
import { FAST, openLab, paidTimes, planFilm, run, shotsOf } from './lab.ts';

it('uses a larger pack at once, in the middle of a film, not a minute later', { timeout: 30_000 }, async () => {
  await using lab = await openLab({ slots: 1, speed: 1, durationsMs: 250 });
  const studio = await lab.studio({ timings: { ...FAST, packIntervalMs: 40 } });
  const { project } = await planFilm(studio, shotsOf(8));
  let ready = 0;
  (await studio.orchestrator('kling')).on((event) => {
    if (event.type !== 'clip' || event.status !== 'completed') return;
    ready += 1;
    if (ready === 2) lab.kling.setSlots(4);
  });
  expect((await run(studio, project.id)).report.summary).toMatchObject({ completed: 8 });
  const tasks = lab.kling.tasks();
  const atOnce = tasks.map(({ createdAtMs }) => tasks.filter((other) => other.createdAtMs <= createdAtMs && other.updatedAtMs > createdAtMs).length);
  expect(Math.max(...atOnce)).toBe(4);
  expect(paidTimes(lab.kling)).toEqual(Array.from({ length: 8 }, () => 1));
});
