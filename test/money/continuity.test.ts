import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadShots } from '../../src/generation/index.ts';
import type { Studio } from '../../src/studio.ts';
import { cut, openLab, run, type Lab } from './lab.ts';

let lab: Lab;
let studio: Studio;
beforeEach(async () => {
  lab = await openLab();
  studio = await lab.studio();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

type ListedShot = { prompt: string; continues?: boolean; out?: number; takes?: number };

const CHAIN: ListedShot[] = [
  { prompt: 'A paper boat sets off.' },
  { prompt: 'The boat reaches the drain.', continues: true },
  { prompt: 'The boat falls.', continues: true },
  { prompt: 'A swan looks on.' },
];

async function plan(shots: readonly ListedShot[]) {
  const planned = await studio.plan({ script: { name: 'film.json', bytes: Buffer.from(JSON.stringify(shots)) }, projectName: 'film' });
  const { project } = await studio.savePlan(planned, 'kling');
  return project.id;
}

async function film(shots: readonly ListedShot[]) {
  const projectId = await plan(shots);
  return { projectId, ...(await run(studio, projectId)).report };
}

const charged = () => lab.kling.charges().length;
const shots = async (projectId: string) => await loadShots(studio.store, 'kling', projectId);

/** The shots whose clips are to be made, and what that costs. */
async function toMake(projectId: string): Promise<string[]> {
  return (await studio.forecast('kling', { projectId })).toMake.map(({ shot, continuesAnotherTake }) => `${shot}${continuesAnotherTake ? ' again' : ''}`);
}

describe('a shot that continues the one before', () => {
  it('is priced before that is there, waits for its clip, starts from its last frame, and is paid once', async () => {
    const projectId = await plan(CHAIN);
    expect(await toMake(projectId)).toEqual(['S01_SH01', 'S01_SH02', 'S01_SH03', 'S01_SH04']);
    const { report, events } = await run(studio, projectId);
    expect(report.summary).toMatchObject({ shots: 4, completed: 4, generated: 4 });
    expect(events.filter((event) => event.type === 'clip' && event.shot === 'S01_SH02').map((event) => 'stage' in event && event.stage)).toContain('waitingForShotBefore');
    expect(charged()).toBe(4);
    const tasks = lab.kling.tasks();
    const place = (prompt: string) => tasks.findIndex((task) => task.prompt === prompt);
    expect(place('The boat reaches the drain.')).toBeGreaterThan(place('A paper boat sets off.'));
    expect(place('The boat falls.')).toBeGreaterThan(place('The boat reaches the drain.'));
    expect(lab.kling.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/image2video'))).toHaveLength(2);
    expect((await readdir(join(lab.home, 'frames'))).filter((name) => name.startsWith('last-of-'))).toHaveLength(2);
    expect(await toMake(projectId)).toEqual([]);
    expect((await film(CHAIN)).summary).toMatchObject({ completed: 4, generated: 0 });
    expect(charged()).toBe(4);
    expect(await cut(studio, await studio.store.projects.getProject(projectId), lab)).toMatchObject({ missing: [], outdated: [], frameCount: 4 * 121 });
  });

  it('is made again, with those that continue it, when the one before shows another take, and says so first; going back is free', async () => {
    const { projectId } = await film(CHAIN);
    const [first] = await shots(projectId);
    await run(studio, projectId, { shotIds: [first!.id], newTake: true });
    expect(charged()).toBe(5);
    expect(await toMake(projectId)).toEqual(['S01_SH02 again', 'S01_SH03 again']);
    await studio.store.takes.select(first!.id, 'kling', 1);
    expect(await toMake(projectId)).toEqual([]);
    await studio.store.takes.select(first!.id, 'kling', 2);
    expect((await run(studio, projectId)).report.summary).toMatchObject({ completed: 4, generated: 2 });
    expect(charged()).toBe(7);
    const selected = await studio.store.takes.list((await shots(projectId)).map(({ id }) => id), 'kling');
    expect(selected.filter((take) => take.selected).map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([1, 2, 2, 2]);
    await studio.store.takes.select(first!.id, 'kling', 1);
    expect((await run(studio, projectId)).report.summary).toMatchObject({ completed: 4, generated: 0 });
    expect(charged()).toBe(7);
  });

  it('starts where the film leaves the one before: another out point is another clip', async () => {
    await film([{ prompt: 'A boat.', out: 2 }, { prompt: 'It sinks.', continues: true }]);
    const { projectId } = await film([{ prompt: 'A boat.', out: 3 }, { prompt: 'It sinks.', continues: true }]);
    expect(charged()).toBe(3);
    expect((await shots(projectId))[1]?.settings.startFrame).toMatchObject({ atS: 3 });
  });

  it('waits, unpaid, when the one before cannot be made, and is made once that is mended', async () => {
    lab.kling.failNext('task-failed-charged', { prompt: 'sets off' });
    const { projectId, takes } = await film(CHAIN.slice(0, 2));
    expect(takes.map(({ outcome, rest }) => rest ?? outcome)).toEqual(['failed', 'parent']);
    expect(takes[1]?.error).toMatchObject({ code: 'PARENT_NOT_READY' });
    expect(lab.kling.tasks()).toHaveLength(1);
    const [first] = await shots(projectId);
    await run(studio, projectId, { shotIds: [first!.id], newTake: true });
    expect((await run(studio, projectId)).report.summary).toMatchObject({ completed: 2 });
    expect(lab.kling.tasks()).toHaveLength(3);
  });

  it('takes its start frame from the clip again when the picture of an earlier run is damaged', async () => {
    const { projectId } = await film(CHAIN.slice(0, 2));
    const [picture] = (await readdir(join(lab.home, 'frames'))).filter((name) => name.startsWith('last-of-'));
    const path = join(lab.home, 'frames', picture!);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, 40));
    const [, second] = await shots(projectId);
    expect((await run(studio, projectId, { shotIds: [second!.id], newTake: true })).report.summary).toMatchObject({ completed: 1, generated: 1 });
    expect(await readFile(path)).toEqual(whole);
  });

  it('ends at once, unsent, when the run is stopped while it waits, and is made by the next run', async () => {
    const projectId = await plan(CHAIN.slice(0, 2));
    const stop = new AbortController();
    const orchestrator = await studio.orchestrator('kling');
    const leave = orchestrator.on((event) => {
      if (event.type === 'clip' && event.shot === 'S01_SH01' && event.status === 'polling') stop.abort(new Error('stopped'));
    });
    const { report } = await run(studio, projectId, { signal: stop.signal });
    leave();
    expect(report.takes.map(({ rest }) => rest)).toEqual(['stopped', 'stopped']);
    expect(lab.kling.tasks()).toHaveLength(1);
    expect((await run(studio, projectId)).report.summary).toMatchObject({ completed: 2 });
    expect(charged()).toBe(2);
  });

  it('is not sent alone while the one before has no clip', async () => {
    const projectId = await plan(CHAIN);
    const [, second] = await shots(projectId);
    const { report } = await run(studio, projectId, { shotIds: [second!.id] });
    expect(report.takes.map(({ rest }) => rest)).toEqual(['parent']);
    expect(lab.kling.tasks()).toEqual([]);
  });

  it('takes no place in the queue of others while it waits', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ prompt: `Boat ${index}.`, continues: index > 0 && index < 25 }));
    const { summary } = await film(many);
    expect(summary).toMatchObject({ completed: 30, generated: 30 });
    expect(charged()).toBe(30);
  });

  it('continues the take that is shown when several were asked for', async () => {
    const { projectId, summary } = await film([{ prompt: 'A boat.', takes: 3 }, { prompt: 'It sinks.', continues: true, takes: 2 }]);
    expect(summary).toMatchObject({ completed: 2, generated: 5 });
    expect(await toMake(projectId)).toEqual([]);
  });
});
