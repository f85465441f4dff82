import { expect, it, vi } from 'vitest';
import { countRequests, FAST, openLab, planFilm, run, shotsOf } from './lab.ts';

it('uses a larger pack at once, in the middle of a film, not a minute later', { timeout: 60_000 }, async () => {
  // No clip is ever ready.
  await using lab = await openLab({ slots: 1, speed: 1, durationsMs: 3_600_000 });
  const studio = await lab.studio({ timings: { ...FAST, packIntervalMs: 40 } });
  const { project } = await planFilm(studio, shotsOf(8));
  const stop = new AbortController();
  const running = run(studio, project.id, { signal: stop.signal });
  await vi.waitFor(() => expect(countRequests(lab.kling, 'GET', /^\/account\/costs/)).toBeGreaterThan(1), { timeout: 20_000 });
  expect(lab.kling.tasks()).toHaveLength(1);
  lab.kling.setSlots(4);
  await vi.waitFor(() => expect(lab.kling.tasks()).toHaveLength(4), { timeout: 20_000 });
  stop.abort(new Error('seen enough'));
  await running;
});
