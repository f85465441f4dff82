import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countRequests, cut, openLab, paidTimes, planFilm, run, shoot, shotsOf, type Lab } from './lab.ts';
import { startFilmProcess } from './processes.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

describe('the same picture asked for many times', () => {
  it('is paid once for fifteen equal shots, which all show it, and that is said before', async () => {
    const studio = await lab.studio();
    const { report, project, notes } = await shoot(studio, Array.from({ length: 15 }, () => 'A paper boat at dawn.'));
    expect(notes.join(' ')).toMatch(/S01_SH01 and S01_SH02 .* are equal/);
    expect(report.summary).toMatchObject({ shots: 15, completed: 15, generated: 1, estimateUnits: 1.5, billedUnits: 1.5 });
    expect(lab.kling.charges()).toHaveLength(1);
    expect((await cut(studio, project, lab)).frameCount).toBe(15 * 121);
  });

  it('is paid once when two runs of one process ask at the same time, for two films or for one', async () => {
    const studio = await lab.studio();
    const one = await planFilm(studio, shotsOf(4), { name: 'one' });
    const two = await planFilm(studio, shotsOf(4), { name: 'two' });
    const reports = await Promise.all([run(studio, one.project.id), run(studio, two.project.id), run(studio, one.project.id)]);
    for (const { report } of reports) expect(report.summary).toMatchObject({ completed: 4, failed: 0, waiting: 0 });
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1]);
    expect(countRequests(lab.kling, 'POST', /text2video/)).toBe(4);
    // Each clip is billed in one of the reports.
    expect(reports.map(({ report }) => report.summary.billedUnits).reduce((a, b) => a + b)).toBe(6);
    // The first film pays, the second has the same clips for nothing.
    const spent = await Promise.all([one, two].map(({ project }) => studio.store.ledger.spentUnits(project.id, 'kling')));
    expect(spent.reduce((a, b) => a + b)).toBe(6);
  });

  it('is paid once when two studios of one process stand on one home', async () => {
    const [one, two] = [await lab.studio(), await lab.studio()];
    const { project } = await planFilm(one, shotsOf(5));
    await planFilm(two, shotsOf(5));
    const reports = await Promise.all([one, two].map(async (studio) => (await run(studio, project.id)).report));
    for (const { summary } of reports) expect(summary).toMatchObject({ completed: 5, failed: 0, waiting: 0 });
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1, 1]);
    expect(reports.map(({ summary }) => summary.billedUnits).reduce((a, b) => a + b)).toBe(7.5);
  });

  it('is paid once when two processes make the same film at once, and both have it', async () => {
    const order = { home: lab.home, env: lab.env, name: 'film', paragraphs: shotsOf(6) };
    const processes = await Promise.all(['one', 'two'].map(async (name) => await startFilmProcess({ ...order, outputPath: join(lab.folder, `${name}.mp4`) })));
    for (const each of processes) each.go();
    for (const each of processes) expect(await each.end).toMatchObject({ completed: 6, failed: 0, waiting: 0, frameCount: 6 * 121 });
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1, 1, 1]);
    const studio = await lab.studio();
    expect(await studio.store.projects.listProjects()).toHaveLength(1);
    const { changes, report } = await shoot(studio, order.paragraphs);
    expect(changes).toEqual(Array.from({ length: 6 }, () => 'kept'));
    expect(report.summary).toMatchObject({ cached: 6, generated: 0 });
  });

  it('is not given up by one of two who wait for it: the other goes on', async () => {
    await using slow = await openLab({ speed: 100, random: () => 0.5 });
    const studio = await slow.studio();
    const one = await planFilm(studio, shotsOf(1), { name: 'one' });
    const two = await planFilm(studio, shotsOf(1), { name: 'two' });
    const stop = new AbortController();
    const orchestrator = await studio.orchestrator('kling');
    const atKling = new Promise<void>((resolve) => {
      orchestrator.on((event) => {
        if (event.type === 'clip' && event.status === 'polling') resolve();
      });
    });
    const first = run(studio, one.project.id, { signal: stop.signal });
    await atKling;
    const second = run(studio, two.project.id);
    stop.abort(new Error('the first one leaves'));
    expect((await first).report).toMatchObject({ stopped: true, summary: { waiting: 1 } });
    expect((await second).report.summary).toMatchObject({ completed: 1 });
    expect(slow.kling.charges()).toHaveLength(1);
  });
});

describe('two processes with one cap', () => {
  it('together never spend more than it', async () => {
    const studio = await lab.studio();
    const { project } = await planFilm(studio, shotsOf(8));
    await studio.store.projects.updateProject(project.id, { capUnits: 7 });
    await studio.close();
    const order = { home: lab.home, env: lab.env, name: 'film', paragraphs: shotsOf(8) };
    const processes = await Promise.all(['one', 'two'].map(async (name) => await startFilmProcess({ ...order, outputPath: join(lab.folder, `${name}.mp4`) })));
    for (const each of processes) each.go();
    // Neither has a whole film: no room was left for four of the shots.
    for (const each of processes) await expect(each.end).rejects.toThrow(/FILM_INCOMPLETE|have no clip/);
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1]);
    expect(lab.kling.charges().reduce((sum, { units }) => sum + units, 0)).toBe(6);
  });
});
