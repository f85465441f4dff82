import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { Studio } from '../../src/studio.ts';
import { countRequests, cut, FAST, keyOf, NO_KEY, openLab, paidTimes, planFilm, run, shoot, shotsOf, type Lab } from './lab.ts';

const SHOTS = shotsOf(3);

let lab: Lab;
beforeEach(async () => {
  lab = await openLab({ apiKey: ['first-key', 'second-key'] });
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

/** Sends the shots and stops before anything is fetched: the takes are at Kling. */
async function leaveAtKling(studio: Studio): Promise<string> {
  const { project } = await planFilm(studio, SHOTS);
  const orchestrator = await studio.orchestrator('kling');
  lab.kling.failNext('poll-502', { times: Number.POSITIVE_INFINITY });
  const stop = new AbortController();
  const sent = new Set<string>();
  orchestrator.on((event) => {
    if (event.type === 'clip' && event.stage === 'submitted') sent.add(event.shotId);
    if (sent.size === SHOTS.length) stop.abort(new Error('enough'));
  });
  await orchestrator.generateAll({ projectId: project.id, signal: stop.signal });
  await studio.close();
  await restart();
  return project.id;
}

/** The faults of a sandbox end with it. */
async function restart(): Promise<void> {
  const port = Number(new URL(lab.kling.baseUrl).port);
  await lab.kling.close();
  reopened.push(await startSandbox({ dataFolder: `${lab.folder}/kling`, clips: 'tiny', speed: Number.POSITIVE_INFINITY, apiKey: ['first-key', 'second-key'], port }));
}
const reopened: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of reopened.splice(0)) await sandbox.close();
});
const kling = () => reopened.at(-1) ?? lab.kling;

describe('takes that were sent with one key', () => {
  it('are brought in with another key of the same account, which is proven by a task', async () => {
    const projectId = await leaveAtKling(await lab.studio());
    const other = await lab.studio({ env: keyOf(kling(), 'second-key') });
    expect((await run(other, projectId)).report.summary).toMatchObject({ completed: 3, failed: 0 });
    expect(paidTimes(kling())).toEqual([1, 1, 1]);
  });

  it('wait, with words, under the key of another account, and are brought in with the first again', async () => {
    const projectId = await leaveAtKling(await lab.studio());
    const stranger = await lab.otherAccount();
    const wrong = await lab.studio({ env: keyOf(stranger) });
    const { report } = await run(wrong, projectId);
    expect(report.summary).toMatchObject({ completed: 0, failed: 3 });
    for (const take of report.takes) expect(take).toMatchObject({ rest: 'parked', error: { code: 'TASK_OF_ANOTHER_ACCOUNT', next: expect.stringMatching(/key this take was sent with/) as string } });
    expect(stranger.tasks()).toEqual([]);
    expect(await wrong.store.ledger.spentUnits(projectId, 'kling')).toBe(4.5);
    await wrong.close();

    // A second key of the right account is known by a parked task too.
    const right = await lab.studio({ env: keyOf(kling(), 'second-key') });
    expect((await run(right, projectId)).report.summary).toMatchObject({ completed: 3, failed: 0 });
    expect(paidTimes(kling())).toEqual([1, 1, 1]);
  });

  it('are never sent again under another account because that one does not know them', async () => {
    const studio = await lab.studio({ timings: { ...FAST, patienceMs: 200 } });
    const { project } = await planFilm(studio, SHOTS);
    await studio.orchestrator('kling');
    lab.kling.failNext('create-reset-after', { times: 3 });
    lab.kling.failNext('poll-502', { times: Number.POSITIVE_INFINITY });
    const first = await run(studio, project.id);
    expect(first.report.takes.map(({ generation }) => generation.state.status)).toEqual(['unknown', 'unknown', 'unknown']);
    await studio.close();
    await restart();

    const stranger = await lab.otherAccount();
    const wrong = await lab.studio({ env: keyOf(stranger) });
    const { report } = await run(wrong, project.id);
    expect(report.takes.map(({ rest, error }) => [rest, error?.code])).toEqual(SHOTS.map(() => ['parked', 'SENT_FROM_ANOTHER_ACCOUNT']));
    expect(countRequests(stranger, 'POST', /./)).toBe(0);
    await wrong.close();

    const right = await lab.studio({ env: keyOf(kling(), 'first-key') });
    expect((await run(right, project.id)).report.summary).toMatchObject({ completed: 3, failed: 0 });
    expect(paidTimes(kling())).toEqual([1, 1, 1]);
    expect(stranger.charges()).toEqual([]);
  });

  it('are kept by a film whose account has changed: what is there stays, what is new is paid by the new account', async () => {
    await shoot(await lab.studio(), SHOTS);
    const stranger = await lab.otherAccount();
    const studio = await lab.studio({ env: keyOf(stranger) });
    const { report } = await shoot(studio, [...SHOTS, ...shotsOf(1, 9)]);
    expect(report.summary).toMatchObject({ completed: 4, cached: 3, generated: 1 });
    expect([lab.kling.charges().length, stranger.charges().length]).toEqual([3, 1]);
  });
});

describe('a film begun in the sandbox', () => {
  it('is filmed anew when a key is added; nothing of the sandbox is passed off as Kling’s', async () => {
    const play = await lab.studio({ env: NO_KEY });
    const begun = await shoot(play, SHOTS);
    expect(begun.project.engine).toBe('sandbox');
    expect(begun.report.summary).toMatchObject({ completed: 3, generated: 3 });
    expect(lab.kling.charges()).toEqual([]);
    const played = await cut(play, begun.project, lab, { file: 'played.mp4' });
    const sandboxClips = new Set((await play.store.takes.list(begun.prompts.map(({ id }) => id), 'sandbox')).map(({ generation }) => generation.state.status === 'completed' && generation.state.contentHash));
    await play.close();

    const real = await lab.studio();
    const { project, prompts, report } = await shoot(real, SHOTS);
    expect(project.engine).toBe('kling');
    expect(report.summary).toMatchObject({ completed: 3, generated: 3, cached: 0 });
    expect(paidTimes(lab.kling)).toEqual([1, 1, 1]);
    const film = await cut(real, project, lab, { file: 'real.mp4' });
    expect(film.method).not.toBe('unchanged');
    const klingClips = (await real.store.takes.list(prompts.map(({ id }) => id), 'kling')).map(({ generation }) => generation.state.status === 'completed' && generation.state.contentHash);
    expect(klingClips).toHaveLength(3);
    for (const clip of klingClips) expect(sandboxClips.has(clip)).toBe(false);
    expect(played.frameCount).toBe(film.frameCount);
    // The sandbox's money is play money and does not count against the film's cap.
    expect(await real.store.ledger.spentUnits(project.id, 'kling')).toBe(4.5);
    await real.close();

    // And back: without the key it never falls back by itself.
    const keyless = await lab.studio({ env: NO_KEY });
    const stored = await keyless.store.projects.findProject('film');
    expect(() => keyless.engineFor(stored, { sandbox: false })).toThrow(expect.objectContaining({ code: 'KEY_MISSING' }));
    expect(keyless.engineFor(stored, { sandbox: true })).toBe('sandbox');
    const again = await planFilm(keyless, SHOTS, { engine: 'sandbox' });
    expect(again.project.engine).toBe('kling');
    const { summary } = await (await keyless.orchestrator('sandbox')).generateAll({ projectId: again.project.id });
    expect(summary).toMatchObject({ completed: 3, generated: 0, cached: 3 });
  });
});
