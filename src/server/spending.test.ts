import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job, Plan, ProjectSummary } from '../protocol/api/index.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { openServerLab, wordsOf, type ServerLab } from './server-under-test.ts';

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

const created = () => kling.requests().filter(({ method, path }) => method === 'POST' && path.startsWith('/v1/videos/')).length;
const film = async () => {
  const reply = await lab.ask('POST', '/api/projects', { body: { title: 'Reeds', script: { fileName: 'story.txt', text: wordsOf(2) } } });
  const { project, plan } = reply.json() as { project: ProjectSummary; plan: Plan };
  return { id: project.projectId, mostUnits: plan.forecast.mostUnits };
};
const generate = async (id: string, body: object, key?: string) => {
  const reply = await lab.ask('POST', `/api/projects/${id}/generate`, { body, ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }) });
  return { status: reply.status, body: reply.json() as Job & { code?: string; detail?: { mostUnits: number } } };
};
const over = async (jobId: string) => {
  const events = await lab.listen();
  await events.find('snapshot');
  const now = (await lab.ask('GET', `/api/jobs/${jobId}`)).json() as Job;
  if (now.endedAt === undefined) await events.find('job', ({ job }) => job.jobId === jobId && job.endedAt !== undefined);
  events.close();
};

describe('spending with a key', () => {
  it('needs the price that was shown, and sends nothing without it', async () => {
    const { id, mostUnits } = await film();
    expect(mostUnits).toBe(3);
    expect((await generate(id, {})).body).toMatchObject({ code: 'CONSENT_NEEDED', detail: { mostUnits: 3 } });
    expect((await generate(id, { confirmUnits: 1.5 })).body).toMatchObject({ code: 'PRICE_CHANGED', detail: { mostUnits: 3 } });
    expect(created()).toBe(0);
    const { status, body } = await generate(id, { confirmUnits: 3 });
    expect(status).toBe(202);
    await over(body.jobId);
    expect(created()).toBe(2);
  });

  it('begins once for a key, however often the click comes, also at the same time', async () => {
    const { id } = await film();
    const all = await Promise.all(Array.from({ length: 5 }, async () => await generate(id, { confirmUnits: 3 }, 'click-1')));
    expect(new Set(all.map(({ body }) => body.jobId)).size).toBe(1);
    await over(all[0]?.body.jobId ?? '');
    const { items } = (await lab.ask('GET', `/api/projects/${id}/shots`)).json() as { items: { shotId: string }[] };
    const retake = { shotIds: [items[0]?.shotId], newTake: true, confirmUnits: 1.5 };
    const [one, two] = [await generate(id, retake, 'click-2'), await generate(id, retake, 'click-2')];
    await over(one.body.jobId);
    expect([two.body.jobId, created()]).toEqual([one.body.jobId, 3]);
    expect((await generate(id, { ...retake, confirmUnits: 9 }, 'click-2')).body.code).toBe('IDEMPOTENCY_KEY_USED');
  });

  it('begins nothing anew for a click from before a restart', async () => {
    const { id } = await film();
    const { body } = await generate(id, { confirmUnits: 3 }, 'click-1');
    await over(body.jobId);
    const home = lab.home;
    await using again = await openServerLab({ config: { home, env: { KLING_API_KEY: kling.apiKey, KLING_BASE_URL: kling.baseUrl } } });
    const reply = await again.ask('POST', `/api/projects/${id}/generate`, { body: { confirmUnits: 3 }, headers: { 'idempotency-key': 'click-1' } });
    expect([reply.status, (reply.json() as { code: string }).code, created()]).toEqual([409, 'REQUEST_REPEATED', 2]);
  });

  it('stays under the cap: what is beyond it waits', async () => {
    const { id } = await film();
    await lab.ask('PATCH', `/api/projects/${id}`, { body: { capUnits: 2 } });
    const forecast = (await lab.ask('GET', `/api/projects/${id}/forecast`)).json() as Plan['forecast'];
    expect(forecast).toMatchObject({ capReaches: 'some', mostUnits: 1.5 });
    const { body } = await generate(id, { confirmUnits: 1.5 });
    await over(body.jobId);
    expect(created()).toBe(1);
    const { project } = { project: (await lab.ask('GET', `/api/projects/${id}`)).json() as ProjectSummary };
    expect(project).toMatchObject({ ready: 1, underWay: 1, spentUnits: 1.5 });
  });

  it('sends nothing while it is paused, and goes on', async () => {
    const { id } = await film();
    await lab.ask('POST', '/api/pause');
    const { body } = await generate(id, { confirmUnits: 3 });
    const events = await lab.listen(`?projectId=${id}`);
    expect((await events.find('snapshot')).paused).toBe(true);
    expect(created()).toBe(0);
    await lab.ask('POST', '/api/go-on');
    await over(body.jobId);
    expect(created()).toBe(2);
  });

  it('is still paused when it is started anew, says so, and sends nothing until somebody goes on', async () => {
    const { id } = await film();
    await lab.ask('POST', '/api/pause');
    const { home } = lab;
    await using again = await openServerLab({ config: { home, env: { KLING_API_KEY: kling.apiKey, KLING_BASE_URL: kling.baseUrl } } });
    expect(again.server.startedPaused).toBe(true);
    expect((await again.ask('GET', '/api/about')).json()).toMatchObject({ paused: true });
    const events = await again.listen(`?projectId=${id}`);
    expect((await events.find('snapshot')).paused).toBe(true);
    const { jobId } = (await again.ask('POST', `/api/projects/${id}/generate`, { body: { confirmUnits: 3 } })).json() as Job;
    await events.find('clip', ({ stage }) => stage === 'waitingForSlot');
    expect(created()).toBe(0);
    await again.ask('POST', '/api/go-on');
    await events.find('job', ({ job }) => job.jobId === jobId && job.endedAt !== undefined);
    expect(created()).toBe(2);
    await using third = await openServerLab({ config: { home, env: {} } });
    expect(third.server.startedPaused).toBe(false);
  });
});
