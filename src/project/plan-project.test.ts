import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cut, openLab, run, shotsOf, type Lab } from '../../test/money/lab.ts';
import { pngBase64 } from '../sandbox/sandbox-under-test.ts';
import { StudioError } from '../lib/errors.ts';
import type { Studio } from '../studio.ts';
import type { FilmPlan, PlanRequest } from './plan-project.ts';

let lab: Lab;
let studio: Studio;
let folder: string;
beforeEach(async () => {
  lab = await openLab();
  studio = await lab.studio();
  folder = join(lab.folder, 'script');
  await mkdir(folder);
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

async function plan(paragraphs: readonly string[], more: Partial<PlanRequest> = {}): Promise<FilmPlan> {
  return await studio.plan({ script: { name: 'film.txt', path: join(folder, 'film.txt'), bytes: Buffer.from(paragraphs.join('\n\n')) }, ...more });
}

async function planList(shots: unknown, more: Partial<PlanRequest> = {}): Promise<FilmPlan> {
  return await studio.plan({ script: { name: 'film.json', path: join(folder, 'film.json'), bytes: Buffer.from(JSON.stringify(shots)) }, ...more });
}

/** Saves a plan, makes its clips, and tells how many had to be made. */
async function film(planned: FilmPlan): Promise<{ generated: number; cached: number; completed: number; failed: number; projectId: string }> {
  const { project } = await studio.savePlan(planned, 'kling');
  const { summary } = (await run(studio, project.id)).report;
  return { ...summary, projectId: project.id };
}

const changes = (planned: FilmPlan) => planned.shots.map(({ change }) => change);

describe('a script that is planned again', () => {
  beforeEach(async () => {
    await film(await plan(shotsOf(5)));
  });

  it('keeps everything when it has not changed, and generates nothing', async () => {
    const again = await plan(shotsOf(5));
    expect(changes(again)).toEqual(['kept', 'kept', 'kept', 'kept', 'kept']);
    expect(again.removed).toEqual([]);
    expect(await film(again)).toMatchObject({ completed: 5, generated: 0, cached: 5 });
    expect(lab.kling.charges()).toHaveLength(5);
  });

  it('generates exactly the one paragraph that was edited, which keeps its takes', async () => {
    const before = await plan(shotsOf(5));
    const edited = await plan(shotsOf(5).with(2, 'A swan instead of the boat.'));
    expect(changes(edited)).toEqual(['kept', 'kept', 'edited', 'kept', 'kept']);
    expect(edited.shots[2]?.id).toBe(before.shots[2]?.id);
    const { projectId } = await film(edited);
    expect(lab.kling.charges()).toHaveLength(6);
    const takes = await studio.store.takes.list([edited.shots[2]!.id!], 'kling');
    expect(takes.map(({ number, selected }) => [number, selected])).toEqual([[1, false], [2, true]]);
    // Back to the first words: the first take shows again, for nothing.
    expect(await film(await plan(shotsOf(5)))).toMatchObject({ generated: 0, completed: 5 });
    const shown = await studio.store.takes.list([edited.shots[2]!.id!], 'kling');
    expect(shown.filter(({ selected }) => selected).map(({ number }) => number)).toEqual([1]);
    expect(projectId).toBeTruthy();
  });

  it('keeps the clip of a shot that is taken out and put back', async () => {
    const without = await plan(shotsOf(5).toSpliced(1, 1));
    expect(without.removed).toEqual(['S01_SH02']);
    const { projectId } = await film(without);
    expect(await studio.store.projects.loadPromptList(projectId)).toHaveLength(4);
    expect((await cut(studio, await studio.store.projects.getProject(projectId), lab)).frameCount).toBe(4 * 121);
    const back = await plan(shotsOf(5));
    expect(changes(back)).toEqual(['kept', 'kept', 'kept', 'kept', 'kept']);
    expect(await film(back)).toMatchObject({ completed: 5, generated: 0 });
    expect(lab.kling.charges()).toHaveLength(5);
  });

  it('generates nothing when shots only change places, and cuts the film in the new order', async () => {
    const before = await plan(shotsOf(5));
    const turned = await plan(shotsOf(5).toReversed());
    expect(turned.shots.map(({ id }) => id)).toEqual(before.shots.map(({ id }) => id).toReversed());
    expect(await film(turned)).toMatchObject({ completed: 5, generated: 0 });
  });

  it('keeps the model of unchanged shots under another --model, and says so; --replan changes it', async () => {
    const asked = await plan(shotsOf(5), { model: '1.6-standard' });
    expect(changes(asked)).toEqual(['kept', 'kept', 'kept', 'kept', 'kept']);
    expect(asked.shots.every(({ settings }) => settings.model === 'kling-v2-5-turbo')).toBe(true);
    expect(asked.notes[0]).toMatch(/^--model 1\.6-standard is not used for 5 shots that were planned before: .* add --replan; it shows the cost first\.$/);
    expect((await plan(shotsOf(5))).notes.join(' ')).not.toMatch(/--replan/);
    const anew = await plan(shotsOf(5), { model: '1.6-standard', replan: true });
    expect(changes(anew)).toEqual(['replanned', 'replanned', 'replanned', 'replanned', 'replanned']);
    expect(anew.shots.every(({ settings }) => settings.model === 'kling-v1-6')).toBe(true);
    expect(anew.warnings).toHaveLength(1);
    // Nothing of this was saved.
    expect(await film(await plan(shotsOf(5)))).toMatchObject({ generated: 0 });
  });

  it('asks for more takes without making the first anew', async () => {
    expect(await film(await plan(shotsOf(5), { takes: 2 }))).toMatchObject({ completed: 5, generated: 5, cached: 5 });
    expect(lab.kling.charges()).toHaveLength(10);
    // The wish is part of the plan: without the option it stays.
    expect((await plan(shotsOf(5))).shots.map(({ takesWanted }) => takesWanted)).toEqual([2, 2, 2, 2, 2]);
  });
});

describe('what was asked for the whole film', () => {
  it('holds for a later run without options, so an edited shot does not change its model', async () => {
    await film(await plan(shotsOf(3), { model: '1.6-pro', aspectRatio: '9:16' }));
    const edited = await plan(shotsOf(3).with(1, 'A swan instead of the boat.'));
    expect(edited.shots.map(({ settings }) => [settings.model, settings.mode, settings.aspectRatio])).toEqual(Array.from({ length: 3 }, () => ['kling-v1-6', 'pro', '9:16']));
  });

  it('gives way to what is asked now, and a new model does not inherit the mode of the old one', async () => {
    await film(await plan(shotsOf(2), { model: '2.5-turbo', mode: 'pro' }));
    expect((await plan(shotsOf(2), { model: '1.6-standard', replan: true })).shots[0]?.settings).toMatchObject({ model: 'kling-v1-6', mode: 'std' });
    expect((await plan(shotsOf(2), { replan: true })).shots[0]?.settings).toMatchObject({ model: 'kling-v2-5-turbo', mode: 'pro' });
  });
});

describe('two plans of one new script, made at the same time', () => {
  it('make one project with one set of shots, and its clips are made once', async () => {
    const [one, two] = [await plan(shotsOf(3)), await plan(shotsOf(3))];
    const first = await studio.savePlan(one, 'kling');
    const second = await studio.savePlan(two, 'kling');
    expect(second.project.id).toBe(first.project.id);
    expect(second.prompts.map(({ id }) => id)).toEqual(first.prompts.map(({ id }) => id));
    expect((await run(studio, first.project.id)).report.summary).toMatchObject({ shots: 3, completed: 3, generated: 3 });
  });
});

describe('start and end frames', () => {
  const picture = (side: number) => Buffer.from(pngBase64(side, 300), 'base64');
  const shots = [{ prompt: 'The boat moves', startFrame: 'boat.png' }, { prompt: 'The boat stops' }];

  it('are known by their content: another picture under the same name is another clip, the same under another name is not', async () => {
    await writeFile(join(folder, 'boat.png'), picture(400));
    const first = await planList(shots);
    expect(first.shots[0]?.settings).toMatchObject({ kind: 'image2video', startFrame: { format: 'png', name: 'boat.png' } });
    expect(first.shots[0]?.settings.aspectRatio).toBeUndefined();
    expect(await film(first)).toMatchObject({ completed: 2, generated: 2 });
    expect(await readdir(join(lab.home, 'frames'))).toHaveLength(1);

    await writeFile(join(folder, 'boat.png'), picture(500));
    const changed = await planList(shots);
    expect(changes(changed)).toEqual(['edited', 'kept']);
    expect(await film(changed)).toMatchObject({ completed: 2, generated: 1 });
    expect(lab.kling.charges()).toHaveLength(3);

    await writeFile(join(folder, 'ship.png'), picture(500));
    const renamed = await planList([{ ...shots[0], startFrame: 'ship.png' }, shots[1]]);
    expect(changes(renamed)).toEqual(['kept', 'kept']);
    expect(await film(renamed)).toMatchObject({ completed: 2, generated: 0 });
  });

  it('that are upright in a wide film are said before anything is filmed', async () => {
    await writeFile(join(folder, 'boat.png'), Buffer.from(pngBase64(300, 500), 'base64'));
    const planned = await planList([{ prompt: 'The sea' }, { prompt: 'The boat moves', startFrame: 'boat.png' }]);
    expect(planned.notes).toContainEqual(expect.stringContaining('wide: S01_SH01; upright: S01_SH02'));
    expect((await planList([{ prompt: 'The boat moves', startFrame: 'boat.png' }])).notes).toEqual([]);
  });

  it('may go away once a shot was planned with them: the home keeps a copy', async () => {
    await writeFile(join(folder, 'boat.png'), picture(400));
    await film(await planList(shots));
    await rm(join(folder, 'boat.png'));
    const again = await planList(shots);
    expect(changes(again)).toEqual(['kept', 'kept']);
    expect(await film(again)).toMatchObject({ completed: 2, generated: 0 });
  });

  it('that are missing, no pictures or too small are all said at once, with where they are asked for, and nothing is saved', async () => {
    await writeFile(join(folder, 'small.png'), Buffer.from(pngBase64(100, 100), 'base64'));
    await writeFile(join(folder, 'letter.png'), 'Dear grandmother');
    const thrown: unknown = await planList([
      { prompt: 'One', startFrame: 'nowhere.png' },
      { prompt: 'Two', startFrame: 'small.png' },
      { prompt: 'Three', startFrame: 'letter.png' },
      { prompt: 'Four', durationS: 7 },
      { prompt: 'Five', startFrame: '/dev/zero' },
    ]).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(StudioError);
    const { code, message, detail } = thrown as StudioError;
    expect(code).toBe('SHOTS_REFUSED');
    expect(detail['problems']).toHaveLength(5);
    for (const [name, about] of [['S01_SH01', 'nowhere.png does not exist'], ['S01_SH02', 'small.png'], ['S01_SH03', 'letter.png'], ['S01_SH04', '7']] as const) {
      expect(message).toMatch(new RegExp(`${name} \\(line.*${about}`));
    }
    expect(await studio.store.projects.listProjects()).toEqual([]);
    expect(await readdir(lab.home)).not.toContain('frames');
  });
});

describe('a plan', () => {
  it('says that shots are equal before they are made', async () => {
    const { notes } = await plan(['A boat.', 'A swan.', 'A boat.', 'A boat.']);
    expect(notes.join(' ')).toMatch(/S01_SH01 and S01_SH03 and S01_SH04 are equal/);
  });

  it('says which scene headings are drawn and not said to Kling, and is silent where the prompt says them or a picture shows them', async () => {
    const inKitchen = { scene: 'INT. KITCHEN - NIGHT', prompt: 'A woman pours coffee.' };
    const { notes } = await planList([inKitchen, { ...inKitchen, prompt: 'She drinks, at night, in the kitchen.' }, { ...inKitchen, prompt: 'She goes.', continues: true }]);
    expect(notes).toEqual(['Scene headings are drawn, but not sent to Kling, and these prompts do not say all of theirs: S01_SH01 (KITCHEN, NIGHT). Put place and time of day into the prompt too.']);
  });

  it('refuses a shot that its model cannot make, with every reason, and never names a model that there is not', async () => {
    const refused: unknown = await planList([
      { prompt: 'One', model: '2.5-turbo', sound: true },
      { prompt: 'x'.repeat(3000), model: '2.5-turbo', cameraControl: 'down_back' },
    ]).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'SHOTS_REFUSED' });
    expect(((refused as StudioError).detail['problems'] as string[]).length).toBeGreaterThanOrEqual(3);
    await expect(plan(shotsOf(1), { model: '9.9-imaginary' })).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
  });

  it('costs what its takes cost, and nothing is spent or saved by it', async () => {
    const planned = await plan(shotsOf(4), { takes: 3 });
    expect(planned.estimateUnits).toBe(18);
    expect(await studio.store.projects.listProjects()).toEqual([]);
    expect(lab.kling.requestCount).toBe(0);
  });
});

describe('who speaks in a shot', () => {
  it('is who the script says, also of a voice that nobody sees and the prompt does not name', async () => {
    const { shots } = await plan([], { script: { name: 'film.fountain', path: join(folder, 'film.fountain'), bytes: Buffer.from('INT. HALL - DAY\n\nJONAS waits.\n\nMARTHA (V.O.)\nForty-one years.\n\nJONAS\nI know.\n') } });
    expect(shots.flatMap(({ findings }) => findings.lines)).toMatchObject([{ speaker: 'Martha', kind: 'vo', text: 'Forty-one years.' }, { speaker: 'Jonas', kind: 'spoken', text: 'I know.' }]);
    expect(shots.some(({ prompt }) => prompt.includes('Martha'))).toBe(false);
  });

  it('stands in front of a line of a list, and is no word of it', async () => {
    const [shot] = (await planList([{ prompt: 'A boy peers over the table edge.', line: 'BOY: Can I do one?' }])).shots;
    expect(shot).toMatchObject({ line: 'Can I do one?', findings: { lines: [{ speaker: 'Boy', text: 'Can I do one?' }] } });
  });
});
