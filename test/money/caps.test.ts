import { join } from 'node:path';
import { describe, it } from 'vitest';
import type { DeathPoint } from './film-process.ts';
import { openLab, paidTimes, planFilm, run, shotsOf } from './lab.ts';
import { startFilmProcess } from './processes.ts';

const DEATHS = [
  'before the first POST',
  'after Kling took the second POST and before its answer is read',
  'at the first poll',
] as const satisfies readonly DeathPoint[];

describe.concurrent('a cap', { timeout: 60_000 }, () => {
  it.for(DEATHS)('holds when two processes film under it and one is killed %s', async (dieAt, { expect }) => {
    await using lab = await openLab({ clipSizeBytes: 400_000 });
    const paragraphs = shotsOf(5);
    const studio = await lab.studio();
    const { project } = await planFilm(studio, paragraphs);
    // Room for three clips of 1.5 units, not for four.
    await studio.store.projects.updateProject(project.id, { capUnits: 5.9 });
    const order = { home: lab.home, env: lab.env, name: 'film', paragraphs, outputPath: join(lab.folder, 'film.mp4') };
    const mortal = await startFilmProcess({ ...order, dieAt });
    mortal.go();
    // One that finds no room for its second POST lives on, and cannot cut a film of three.
    await Promise.all([mortal.end.catch(() => undefined), run(studio, project.id)]);
    expect((await run(studio, project.id)).report.summary).toMatchObject({ completed: 3, waiting: 2, failed: 0 });
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1]);
    expect(await studio.store.ledger.spentUnits(project.id, 'kling')).toBe(4.5);
    await studio.store.projects.updateProject(project.id, { capUnits: 7.5 });
    expect((await run(studio, project.id)).report.summary).toMatchObject({ completed: 5, waiting: 0 });
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1, 1]);
  });
});
