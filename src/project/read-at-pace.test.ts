import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, run, type Lab } from '../../test/money/lab.ts';
import type { Studio } from '../studio.ts';
import type { FilmPlan, PlanRequest } from './plan-project.ts';

const SCRIPT = `EXT. ROAD - DAY

Kim runs to the gate. She shakes it. She climbs over the fence. A dog barks.

EXT. FIELD - DAY

Tom digs a hole. He wipes his forehead. He looks at the sky. Rain falls.

TOM
It will rain for three days, and when the rain stops the river will be over the road.
`;

let lab: Lab;
let studio: Studio;
beforeAll(async () => {
  lab = await openLab();
  studio = await lab.studio();
  await mkdir(join(lab.folder, 'script'));
});
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

async function plan(name: string, options: Partial<PlanRequest> = {}, text = SCRIPT): Promise<FilmPlan> {
  return await studio.plan({ ...options, script: { name, path: join(lab.folder, 'script', name), bytes: Buffer.from(text) } });
}

const wordsOf = ({ shots }: FilmPlan, scene: number) => shots.filter(({ sceneNumber }) => sceneNumber === scene).map(({ prompt }) => prompt.split(' Exterior')[0]);
const lengthsOf = ({ shots }: FilmPlan) => shots.map(({ settings }) => settings.durationS);

describe('the pace of a film', () => {
  it('is kept for the next run that does not name one', async () => {
    const calm = await plan('kept.fountain', { pace: 'calm' });
    const even = await plan('kept.fountain');
    expect(wordsOf(calm, 1).length).toBeLessThan(wordsOf(await plan('kept.fountain', { pace: 'brisk' }), 1).length);
    expect(even.filmSettings.pace).toBeUndefined();
    await studio.savePlan(calm, 'kling');
    const again = await plan('kept.fountain');
    expect(again.filmSettings.pace).toBe('calm');
    expect(again.shots.map(({ change }) => change)).toEqual(calm.shots.map(() => 'kept'));
  });

  it('changes later only scenes that nothing is filmed of, and all of them with --replan', async () => {
    const even = await plan('later.fountain');
    const { project, prompts } = await studio.savePlan(even, 'kling');
    await run(studio, project.id, { shotIds: prompts.filter(({ sceneNumber }) => sceneNumber === 1).slice(0, 1).map(({ id }) => id) });
    const brisk = await plan('later.fountain', { pace: 'brisk' });
    expect(wordsOf(brisk, 1)).toEqual(wordsOf(even, 1));
    expect(wordsOf(brisk, 2).length).toBeGreaterThan(wordsOf(even, 2).length);
    expect(brisk.notes).toEqual(expect.arrayContaining([expect.stringMatching(/^Scene 1 stays as cut before, .+ --replan/)]));
    await studio.savePlan(brisk, 'kling');
    // A run without the option, and an edit of the other scene, leave it so.
    const again = await plan('later.fountain', {}, SCRIPT.replace('digs a hole', 'digs a pit'));
    expect(wordsOf(again, 1)).toEqual(wordsOf(even, 1));
    expect(again.shots.filter(({ change }) => change !== 'kept').map(({ prompt }) => prompt)).toEqual([expect.stringContaining('digs a pit')]);
    const anew = await plan('later.fountain', { replan: true });
    expect(wordsOf(anew, 1).length).toBeGreaterThan(wordsOf(even, 1).length);
    expect(anew.filmSettings.pacesKept).toBeUndefined();
  });

  it('says that it does nothing for a list of shots', async () => {
    expect((await plan('list.json', { pace: 'brisk' }, '["A fox.", "A hen."]')).notes).toEqual([expect.stringContaining('--pace does nothing')]);
  });
});

describe('clips of one length for a screenplay', () => {
  it('have every line parted that is longer, and no word lost', async () => {
    const short = await plan('short.fountain', { durationS: 5 });
    expect(lengthsOf(short).every((lengthS) => lengthS === 5)).toBe(true);
    expect(short.shots.every(({ outS = 0 }) => outS <= 5)).toBe(true);
    expect(short.shots.flatMap(({ line }) => line ?? []).join(' ')).toBe('It will rain for three days, and when the rain stops the river will be over the road.');
    expect(lengthsOf(await plan('long.fountain'))).toContain(10);
  });
});
