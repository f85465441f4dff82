import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLab, planFilm, run, shotsOf, type Lab } from './lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab({ balanceUnits: 1 });
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

describe('a picture that two projects want', () => {
  it('is paid for by the one that sends it, under its cap, whoever asked first', async () => {
    const studio = await lab.studio();
    const shots = shotsOf(6);
    const first = await planFilm(studio, shots, { name: 'first' });
    // The account is empty: nothing of it is sent, and all of it waits.
    await run(studio, first.project.id);
    lab.kling.addUnits(100);
    const second = await planFilm(studio, shots, { name: 'second' });
    await studio.store.projects.updateProject(second.project.id, { capUnits: 3 });
    const { report } = await run(studio, second.project.id);
    expect(report.summary).toMatchObject({ completed: 2, waiting: 4 });
    expect(lab.kling.charges().map(({ units }) => units)).toEqual([1.5, 1.5]);
    expect(await studio.store.ledger.spentUnits(second.project.id, 'kling')).toBe(3);
    // The other has no cap, and is not kept from what is left.
    const { report: rest } = await run(studio, first.project.id);
    expect(rest.summary).toMatchObject({ completed: 6, waiting: 0 });
    expect(await studio.store.ledger.spentUnits(first.project.id, 'kling')).toBe(6);
    expect(lab.kling.charges()).toHaveLength(6);
  });
});

describe('a task that shows late', () => {
  it('is waited for under the key that it was sent with, and not called another account’s', async () => {
    const studio = await lab.studio();
    lab.kling.addUnits(100);
    lab.kling.failNext('create-hidden', { ms: 200 });
    const { project } = await planFilm(studio, shotsOf(1), { name: 'late' });
    const { report } = await run(studio, project.id);
    expect(report.summary).toMatchObject({ completed: 1, failed: 0 });
    expect(lab.kling.charges()).toHaveLength(1);
  });

  it('is not paid for again by a home that never sent it: an older backup', async () => {
    const studio = await lab.studio();
    lab.kling.addUnits(100);
    const other = await lab.studio({ home: `${lab.home}-copy` });
    lab.kling.failNext('create-hidden', { ms: 250 });
    const sent = await planFilm(other, shotsOf(1), { name: 'copy' });
    const again = await planFilm(studio, shotsOf(1), { name: 'older' });
    const [there, here] = await Promise.all([run(other, sent.project.id), run(studio, again.project.id)]);
    expect([there.report.summary.completed, here.report.summary.completed]).toEqual([1, 1]);
    expect(lab.kling.charges()).toHaveLength(1);
    expect(lab.kling.tasks()).toHaveLength(1);
  });
});
