import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiError, Forecast, Job, Plan, ProjectSummary, Shot } from '../protocol/api/index.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { openServerLab, wordsOf, type Ask, type ServerLab } from './server-under-test.ts';

let kling: Sandbox;
let folder: string;
let lab: ServerLab;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'directorstudio-kling-'));
  kling = await startSandbox({ dataFolder: folder, clips: 'tiny', speed: Number.POSITIVE_INFINITY });
  lab = await openServerLab({ config: { env: { KLING_API_KEY: kling.apiKey, KLING_BASE_URL: kling.baseUrl } } });
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
  await kling.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = async <Answer = unknown>(status: number, method: string, path: string, options: Ask = {}): Promise<Answer> => {
  const reply = await lab.ask(method, path, options);
  expect(reply.status, `${method} ${path}: ${reply.bytes.toString().slice(0, 500)}`).toBe(status);
  return reply.json() as Answer;
};
const prefer = async (body: object) => await ask(200, 'PUT', '/api/preferences', { body });
const script = (shots: number) => ({ fileName: 'story.txt', text: wordsOf(shots) });
const newFilm = async (body: object = {}, shots = 1) => await ask<{ project: ProjectSummary; plan: Plan }>(201, 'POST', '/api/projects', { body: { title: `Reeds ${Math.random()}`, script: script(shots), ...body } });

describe('preferences', () => {
  it('are what a new film begins with, looked at or made; what is said with it wins, and films that are there keep theirs', async () => {
    const { project: before } = await newFilm();
    await prefer({ model: '1.6', mode: 'pro', durationS: 10, aspectRatio: '9:16', takes: 2, capUnits: 40 });
    const begun = { settings: { model: 'kling-v1-6', mode: 'pro', durationS: 10, aspectRatio: '9:16' }, takesWanted: 2 };
    expect((await ask<Plan>(200, 'POST', '/api/plan', { body: { script: script(1) } })).shots).toMatchObject([begun]);
    const { project, plan } = await newFilm();
    expect([plan.shots, project.capUnits, plan.forecast.capUnits]).toMatchObject([[begun], 40, 40]);
    const own = await newFilm({ options: { model: '2.5-turbo', takes: 1 }, capUnits: null });
    // A mode belongs to its model.
    expect(own.plan.shots).toMatchObject([{ settings: { model: 'kling-v2-5-turbo', mode: 'std', durationS: 10 }, takesWanted: 1 }]);
    expect(own.project.capUnits).toBeUndefined();
    const { plan: again } = await ask<{ plan: Plan }>(200, 'POST', `/api/projects/${before.projectId}/script/reread`, { body: {} });
    expect(again.shots).toMatchObject([{ change: 'kept', takesWanted: 1, settings: { model: 'kling-v2-5-turbo' } }]);
  });

  it('are refused for a model or mode that no film could be made with', async () => {
    for (const body of [{ model: 'kling-99' }, { model: '2.5-turbo', mode: '4k' }]) expect((await ask<ApiError>(422, 'PUT', '/api/preferences', { body })).next).toMatch(/\w/);
    await prefer({ model: 'auto' });
  });

  it('say how often a failed take is tried again: in the price that is shown, and in the run it is shown for', async () => {
    const { project } = await newFilm();
    kling.failNext('task-failed-charged', { times: 2 });
    const run = async () => {
      const events = await lab.listen();
      const { mostUnits } = await ask<Forecast>(200, 'GET', `/api/projects/${project.projectId}/forecast`);
      const { jobId } = await ask<Job>(202, 'POST', `/api/projects/${project.projectId}/generate`, { body: { confirmUnits: mostUnits } });
      const { job } = await events.find('job', (each) => each.job.jobId === jobId && each.job.endedAt !== undefined);
      events.close();
      return job.summary;
    };
    expect(await run()).toMatchObject({ failed: 1, completed: 0 });
    expect(await ask<Forecast>(200, 'GET', `/api/projects/${project.projectId}/forecast`)).toMatchObject({ mostUnits: 0, givenUp: ['S01_SH01'] });
    await prefer({ retries: 2, concurrency: 1 });
    expect(await ask<Forecast>(200, 'GET', `/api/projects/${project.projectId}/forecast?retries=0`)).toMatchObject({ mostUnits: 0, givenUp: ['S01_SH01'] });
    expect(await ask<Forecast>(200, 'GET', `/api/projects/${project.projectId}/forecast`)).toMatchObject({ mostUnits: 1.5, givenUp: [] });
    expect(await run()).toMatchObject({ failed: 0, completed: 1 });
  });
});

describe('a copy of a film', () => {
  it('keeps its cast and look when its script is planned anew, so that nothing is paid for twice', async () => {
    const { project } = await newFilm();
    await ask(200, 'PUT', `/api/projects/${project.projectId}/cast`, { body: { cast: [{ name: 'Heron', words: 'a grey heron', colour: '#2563eb' }], look: { light: 'soft rain light' } } });
    for (const make of [
      async () => await ask<ProjectSummary>(201, 'POST', `/api/projects/${project.projectId}/duplicate`, { body: {} }),
      async () => await ask<ProjectSummary>(201, 'POST', '/api/projects/import', { bytes: (await lab.ask('GET', `/api/projects/${project.projectId}/export`)).bytes }),
    ]) {
      const { projectId } = await make();
      const { plan } = await ask<{ plan: Plan }>(200, 'POST', `/api/projects/${projectId}/script/reread`, { body: {} });
      expect(plan.shots.map(({ change, sentPrompt }) => [change, sentPrompt.includes('Light: soft rain light.')])).toEqual([['kept', true]]);
      expect(plan.castAndLook.cast).toMatchObject([{ name: 'Heron', words: 'a grey heron' }]);
    }
  });
});

describe('the advice for a film', () => {
  it('keeps to its cap', async () => {
    const { project } = await newFilm({}, 2);
    const advised = async () => await ask<{ choice: { word: string; priceUsd: number }; reasons: string[] }>(200, 'GET', `/api/projects/${project.projectId}/advice`);
    const free = await advised();
    await ask(200, 'PATCH', `/api/projects/${project.projectId}`, { body: { capUnits: 0.1 } });
    const poor = await advised();
    expect(poor.choice.priceUsd).toBeLessThanOrEqual(free.choice.priceUsd);
    expect(poor.reasons.join(' ')).toContain('budget of $0.01 does not hold the film');
    const { items } = await ask<{ items: Shot[] }>(200, 'GET', `/api/projects/${project.projectId}/shots`);
    expect(items).toHaveLength(2);
  });
});
