import { chmod, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../src/lib/clock.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import type { Studio } from '../../src/studio.ts';
import { countRequests, cut, openLab, paidTimes, planFilm, run, shoot, shotsOf, type Lab } from './lab.ts';

const SHOTS = shotsOf(4);
const DAY_MS = 24 * 3_600_000;

/** The system's time, and as many days later as a test says. */
function calendar(): Clock & { pass(days: number): void } {
  let laterMs = 0;
  return { ...systemClock, now: () => Date.now() + laterMs, pass: (days) => (laterMs += days * DAY_MS) };
}

let lab: Lab;
let clock: ReturnType<typeof calendar>;
let studio: Studio;
let projectId: string;
beforeEach(async () => {
  clock = calendar();
  lab = await openLab({ clock });
  studio = await lab.studio({ clock });
  const { project } = await shoot(studio, SHOTS);
  projectId = project.id;
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const downloads = () => countRequests(lab.kling, 'GET', /^\/clips\//);

async function clipFiles(): Promise<string[]> {
  const entries = await readdir(join(lab.home, 'clips', 'clips'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('clips that were paid for', () => {
  it('are all fetched again, free of charge, when the cache is deleted', async () => {
    await rm(join(lab.home, 'clips'), { recursive: true });
    const before = downloads();
    expect((await studio.forecast('kling', { projectId })).toMake).toEqual([]);
    const { report, events } = await run(studio, projectId);
    expect(report.summary).toMatchObject({ completed: 4, failed: 0, generated: 0, cached: 4, billedUnits: 0 });
    expect(downloads() - before).toBe(4);
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1]);
    expect(countRequests(lab.kling, 'POST', /./)).toBe(4);
    expect(events).toContainEqual(expect.objectContaining({ type: 'clip', status: 'checkingCache', stage: 'fetchingAgain' }));
    expect((await cut(studio, await studio.store.projects.getProject(projectId), lab)).frameCount).toBe(4 * 121);
  });

  it.each([
    ['is cut short', async (file: string) => await truncate(file, 100)],
    ['is gone', async (file: string) => await rm(file)],
    ['holds something else of another length', async (file: string) => await writeFile(file, 'no clip')],
  ])('are fetched again one by one: a single file that %s costs one download', async (_, damage) => {
    const [file] = await clipFiles();
    await chmod(file!, 0o644);
    await damage(file!);
    const before = downloads();
    const { report } = await run(studio, projectId);
    expect(report.summary).toMatchObject({ completed: 4, generated: 0, cached: 4 });
    expect(downloads() - before).toBe(1);
    expect(lab.kling.charges()).toHaveLength(4);
  });

  it('are not bought again by themselves when Kling keeps them no longer; the price of a new take is said', async () => {
    await rm(join(lab.home, 'clips'), { recursive: true });
    clock.pass(31);
    for (const again of [false, true]) {
      const { report } = await run(studio, projectId);
      expect(report.summary).toMatchObject({ completed: 0, failed: 4, generated: 0 });
      // Nobody is sent to a resume that cannot help any more.
      const next = 'Its 30 days at Kling are over. A new take costs $0.21 (1.5 units): directorstudio retake.';
      for (const take of report.takes) expect(take.error).toMatchObject({ code: 'CLIP_UNOBTAINABLE', next });
      expect(report.takes[0]?.generation.state.status).toBe(again ? 'failed' : 'unobtainable');
    }
    expect(countRequests(lab.kling, 'POST', /./)).toBe(4);
    expect(await studio.forecast('kling', { projectId })).toMatchObject({ toMake: [], givenUp: ['S01_SH01', 'S01_SH02', 'S01_SH03', 'S01_SH04'] });
  });

  it('are not given up by a machine whose clock is a year ahead, for a trouble that passes', async () => {
    await rm(join(lab.home, 'clips'), { recursive: true });
    const wrong = await lab.studio({ clock: { ...clock, now: () => clock.now() + 365 * DAY_MS } });
    lab.kling.failNext('download-404', { times: 1_000 });
    for (const _ of ['first', 'second']) {
      const { report } = await run(wrong, projectId);
      for (const { generation, error } of report.takes) expect([generation.state.status, error?.next]).toEqual(['unobtainable', expect.stringContaining('directorstudio resume tries again')]);
    }
    expect(lab.kling.charges()).toHaveLength(4);
  });

  it('are not said to be another account’s when Kling has forgotten their tasks', async () => {
    await rm(join(lab.home, 'clips'), { recursive: true });
    clock.pass(31);
    await lab.kling.close();
    // A start removes what ended more than 30 days ago, tasks and clips.
    const port = Number(new URL(lab.kling.baseUrl).port);
    await using restarted = await startSandbox({ dataFolder: join(lab.folder, 'kling'), clips: 'tiny', speed: Number.POSITIVE_INFINITY, clock, port });
    expect(restarted.tasks()).toEqual([]);
    const { report } = await run(studio, projectId);
    expect(report.takes.map(({ error }) => error?.code)).toEqual(SHOTS.map(() => 'CLIP_UNOBTAINABLE'));
    expect(report.takes[0]?.error?.message).toMatch(/30 days/);
    expect(restarted.tasks()).toEqual([]);
  });

  it('are found in the cache by a store that was lost, and cost nothing', async () => {
    await studio.close();
    for (const ending of ['', '-wal', '-shm']) await rm(join(lab.home, `studio.sqlite${ending}`), { force: true });
    const anew = await lab.studio({ clock });
    const { report } = await shoot(anew, SHOTS);
    expect(report.summary).toMatchObject({ completed: 4, generated: 0, cached: 4, billedUnits: 0 });
    expect(countRequests(lab.kling, 'POST', /./)).toBe(4);
  });

  it('are met again at Kling by a store and a cache that were both lost, and are not paid twice', async () => {
    await studio.close();
    await rm(lab.home, { recursive: true });
    const anew = await lab.studio({ clock });
    const { report } = await shoot(anew, SHOTS);
    expect(report.summary).toMatchObject({ completed: 4, failed: 0 });
    expect(lab.kling.tasks()).toHaveLength(4);
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1]);
  });

  it('cost money again only when the forecast said so', async () => {
    // A store that knows the clips from the cache alone has no task to fetch them by.
    await studio.close();
    for (const ending of ['', '-wal', '-shm']) await rm(join(lab.home, `studio.sqlite${ending}`), { force: true });
    const anew = await lab.studio({ clock });
    const { project } = await planFilm(anew, SHOTS);
    await run(anew, project.id);
    await rm(join(lab.home, 'clips'), { recursive: true });
    expect((await anew.forecast('kling', { projectId: project.id })).toMake).toHaveLength(4);
    expect((await run(anew, project.id)).report.summary).toMatchObject({ completed: 4 });
    // Kling knew them by our ids all the same.
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1, 1]);
  });
});
