import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../protocol/api/index.ts';
import type { PageEvents } from '../protocol/events.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { openServerLab, type ServerLab } from './server-under-test.ts';

const SCREENPLAY = 'INT. KITCHEN - NIGHT\n\nMara pours tea.\n\nMARA\nToo late.\n\nEXT. YARD - DAY\n\nTom runs to the gate.\n';
const isOver = ({ job }: PageEvents['job']) => job.kind === 'generate' && job.endedAt !== undefined;

describe('two who do something at once', () => {
  let lab: ServerLab;
  beforeEach(async () => {
    lab = await openServerLab();
  });
  afterEach(async () => {
    await lab[Symbol.asyncDispose]();
  });
  const created = async (title: string, text = 'A heron lifts off.', more: object = {}) => await lab.ask('POST', '/api/projects', { body: { title, script: { fileName: 'script.txt', text }, ...more } });
  const idOf = (reply: Awaited<ReturnType<typeof created>>) => (reply.json() as { project: { projectId: string } }).project.projectId;

  it('save a script: one is told that it changed meanwhile, and no text is lost', async () => {
    const id = idOf(await created('Reeds'));
    const { revision } = (await lab.ask('GET', `/api/projects/${id}/script`)).json() as { revision: string };
    const replies = await Promise.all(['Anna waits.', 'Bert waits.', 'Cleo waits.'].map(async (text) => await lab.ask('PUT', `/api/projects/${id}/script`, { body: { script: { fileName: 'script.txt', text }, ifRevision: revision } })));
    expect(replies.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 409, 409]);
    expect(replies.filter(({ status }) => status === 409).map((reply) => (reply.json() as { code: string }).code)).toEqual(['SCRIPT_CHANGED', 'SCRIPT_CHANGED']);
  });

  it('take a title: one film is made, and the others are refused', async () => {
    const replies = await Promise.all([created('Same', 'A heron.'), created('Same', 'A gull.'), created('Same', 'A crow.')]);
    expect(replies.map(({ status }) => status).sort((one, other) => one - other)).toEqual([201, 409, 409]);
  });

  it('begin a run and remove the film: the removal waits for what it would have missed', async () => {
    const id = idOf(await created('Gone'));
    const [run, removal] = await Promise.all([lab.ask('POST', `/api/projects/${id}/generate`, { body: {} }), lab.ask('DELETE', `/api/projects/${id}`)]);
    expect([run.status, removal.status, (removal.json() as { code?: string }).code]).toEqual([202, 409, 'PROJECT_AT_WORK']);
  });

  it('a pasted screenplay that was said to be one is edited as one, and its cast as well', async () => {
    const id = idOf(await created('Tea', SCREENPLAY, { options: { as: 'screenplay' } }));
    const script = (await lab.ask('GET', `/api/projects/${id}/script`)).json() as { fileName: string; text: string; revision: string };
    expect(script.fileName).toBe('script.fountain');
    const edited = await lab.ask('PUT', `/api/projects/${id}/script`, { body: { script: { fileName: script.fileName, text: `${script.text}\n` }, ifRevision: script.revision } });
    expect(edited.status, edited.bytes.toString()).toBe(200);
    const cast = await lab.ask('PUT', `/api/projects/${id}/cast`, { body: { cast: [{ name: 'Mara', words: 'a woman of forty' }], look: {} } });
    expect(cast.status, cast.bytes.toString()).toBe(200);
  });

  it('a text that looks like a screenplay and is wanted as shots stays so when it is edited', async () => {
    const id = idOf(await created('Shots', SCREENPLAY, { options: { as: 'shots' } }));
    const edited = await lab.ask('PUT', `/api/projects/${id}/script`, { body: { script: { fileName: 'script.txt', text: `${SCREENPLAY}\nA gull.\n` } } });
    expect(edited.status, edited.bytes.toString()).toBe(200);
  });
});

describe('a price that was agreed to', () => {
  // Kling's answer to the first question waits until the test lets it come.
  let isAsked = () => {};
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  const answered = new Promise<void>((resolve) => (answer = resolve));
  let folder: string;
  let kling: Sandbox;
  let lab: ServerLab;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'directorstudio-at-once-'));
    kling = await startSandbox({ dataFolder: folder, clips: 'tiny', speed: Number.POSITIVE_INFINITY });
    const slowFirst: typeof fetch = async (...words) => {
      isAsked();
      await answered;
      return await fetch(...words);
    };
    lab = await openServerLab({ config: { fetch: slowFirst, env: { KLING_API_KEY: kling.apiKey, KLING_BASE_URL: kling.baseUrl, DIRECTORSTUDIO_KEYCHAIN: 'off' } } });
  });
  afterEach(async () => {
    await lab[Symbol.asyncDispose]();
    await kling.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('bounds the run: shots that are changed while it begins are not paid for with it', async () => {
    const made = await lab.ask('POST', '/api/projects', { body: { title: 'Agreed', script: { fileName: 'a.txt', text: 'A heron lifts off.' } } });
    const id = (made.json() as { project: { projectId: string } }).project.projectId;
    const events = await lab.listen();
    const running = lab.ask('POST', `/api/projects/${id}/generate`, { body: { confirmUnits: 1.5 } });
    await asked;
    const changing = lab.ask('PATCH', `/api/projects/${id}/shots`, { body: { takes: 8 } });
    // The same work without the change, asked for later: a change that is let in now has been made when it answers.
    for (let time = 0; time < 3; time += 1) await lab.ask('POST', `/api/projects/${id}/shots/price`, { body: { takes: 8 } });
    answer();
    const [run, change] = await Promise.all([running, changing]);
    expect([run.status, change.status], `${run.bytes.toString()} ${change.bytes.toString()}`).toEqual([202, 200]);
    const { job } = await events.find('job', isOver);
    const charged = kling.charges().reduce((sum, { units }) => sum + units, 0);
    expect(charged).toBeLessThanOrEqual(1.5);
    if (charged === 0) expect((job satisfies Job).error?.code).toBe('PRICE_CHANGED');
  });
});
