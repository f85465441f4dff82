import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { cut, openLab, paidTimes, run, shoot, shotsOf } from '../../test/money/lab.ts';

it('fetches the lost clip of a retake again, free of charge, although the plan asks for one take only', async () => {
  await using lab = await openLab();
  const studio = await lab.studio();
  const { project } = await shoot(studio, shotsOf(1));
  await run(studio, project.id, { newTake: true });
  const [first, retake] = await studio.store.takes.list((await studio.store.projects.loadPromptList(project.id)).map(({ id }) => id), 'kling');
  expect([first?.selected, retake?.selected]).toEqual([false, true]);
  const clip = await studio.cache.find(retake!.generation.fingerprint);
  await rm(clip!.path, { force: true });

  const { report } = await run(studio, project.id);
  expect(report.summary).toMatchObject({ completed: 1, failed: 0 });
  expect(await studio.cache.find(retake!.generation.fingerprint, { check: 'hash' })).toBeDefined();
  expect(paidTimes(lab.kling)).toEqual([2]);
  expect((await cut(studio, project, lab)).missing).toEqual([]);
});
