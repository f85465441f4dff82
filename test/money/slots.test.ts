import { expect, it, vi } from 'vitest';
import { countRequests, FAST, openLab, planFilm, run, shotsOf } from './lab.ts';

it('uses a larger pack at once, in the middle of a film, not a minute later', { timeout: 40_000 }, async () => {
  // The first two clips are ready at once, the others never.
  await using lab = await openLab({ slots: 1, speed: 1, durationsMs: ({ prompt }) => (/puddle number [12] /.test(prompt) ? 20 : 3_600_000) });
  const studio = await lab.studio({ timings: { ...FAST, packIntervalMs: 40 } });
  const { project } = await planFilm(studio, shotsOf(8));
  const stop = new AbortController();
  const running = run(studio, project.id, { signal: stop.signal });
  const atKling = () => lab.kling.tasks().filter(({ status }) => status === 'submitted' || status === 'processing').length;
  await vi.waitFor(() => expect(lab.kling.tasks()).toHaveLength(3), { timeout: 15_000 });
  await vi.waitFor(() => expect(countRequests(lab.kling, 'GET', /^\/account\/costs/)).toBeGreaterThan(0), { timeout: 15_000 });
  lab.kling.setSlots(4);
  await vi.waitFor(() => expect(atKling()).toBe(4), { timeout: 15_000 });
  stop.abort(new Error('seen enough'));
  await running;
  expect(lab.kling.tasks()).toHaveLength(6);
});
