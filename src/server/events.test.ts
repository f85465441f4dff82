import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PageEvents } from '../protocol/events.ts';
import { createStudio } from '../studio.ts';
import { EventLog } from './event-log.ts';
import { streamEvents } from './event-stream.ts';
import { listenTo, openServerLab, plannedFilm, type ServerLab } from './server-under-test.ts';

let lab: ServerLab;
beforeEach(async () => {
  lab = await openServerLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const generate = async (projectId: string) => {
  const reply = await lab.ask('POST', `/api/projects/${projectId}/generate`, { body: {} });
  expect(reply.status, reply.bytes.toString()).toBe(202);
  return reply.json() as { jobId: string };
};
const isOver = ({ job }: PageEvents['job']) => job.kind === 'generate' && job.endedAt !== undefined;

describe('the stream of events', () => {
  it('begins with all there is, then says every change, to the end of the run', async () => {
    const { projectId } = await plannedFilm(lab, 3);
    const reader = await lab.listen(`?projectId=${projectId}`);
    const snapshot = await reader.find('snapshot');
    expect(snapshot.cards?.map(({ name, status }) => `${name} ${status}`)).toEqual(['S01_SH01 notMade', 'S01_SH02 notMade', 'S01_SH03 notMade']);
    await generate(projectId);
    await reader.find('job', isOver);
    for (const name of ['S01_SH01', 'S01_SH02', 'S01_SH03']) await reader.find('card', ({ card }) => card.name === name && card.shownTake === 1);
    await reader.find('project', ({ project }) => project.ready === 3);
    expect(reader.heard[0]?.name).toBe('snapshot');
    const last = new Map(reader.heard.filter(({ name }) => name === 'card').map(({ data }) => [(data as PageEvents['card']).card.name, (data as PageEvents['card']).card]));
    expect([...last.values()].map(({ status, shownTake, readyTakes }) => ({ status, shownTake, readyTakes }))).toEqual(Array.from({ length: 3 }, () => ({ status: 'completed', shownTake: 1, readyTakes: 1 })));
    expect(reader.heard.filter(({ name }) => name === 'clip').length).toBeGreaterThan(3);
  });

  it('goes on behind the last event that was heard: nothing is lost and nothing comes twice', async () => {
    const { projectId } = await plannedFilm(lab, 4);
    const witness = await lab.listen(`?projectId=${projectId}`);
    const first = await lab.listen(`?projectId=${projectId}`);
    await generate(projectId);
    await first.find('clip');
    first.close();
    const lastId = first.heard.at(-1)?.id ?? '';
    await witness.find('job', isOver);
    const second = await lab.listen(`?projectId=${projectId}`, { 'last-event-id': lastId });
    await second.find('job', isOver);
    await second.find('project', ({ project }) => project.ready === 4);
    const ids = (heard: typeof first.heard) => heard.filter(({ name }) => name !== 'snapshot').map(({ id }) => id);
    const both = [...ids(first.heard), ...ids(second.heard)];
    expect(second.heard.some(({ name }) => name === 'snapshot')).toBe(false);
    expect(new Set(both).size).toBe(both.length);
    const of = ids(witness.heard);
    expect(both.slice(0, of.length)).toEqual(of.slice(0, both.length));
  });

  it('tells of a film that another program makes on the same home', async () => {
    const { projectId } = await plannedFilm(lab, 2);
    const reader = await lab.listen(`?projectId=${projectId}`);
    await reader.find('snapshot');
    const other = await createStudio({ home: lab.home, env: {}, sandbox: { clips: 'tiny', speed: Number.POSITIVE_INFINITY } });
    try {
      await (await other.orchestrator('sandbox')).generateAll({ projectId });
      await reader.find('project', ({ project }) => project.ready === 2);
      const [shot = ''] = (await other.store.projects.loadPromptList(projectId)).map(({ id }) => id);
      await other.store.projects.updateProject(projectId, { capUnits: 12 });
      await reader.find('project', ({ project }) => project.capUnits === 12);
      await other.store.takes.mark((await other.store.takes.list([shot], 'sandbox'))[0]?.id ?? '', { note: 'the best' });
      await other.store.projects.removeProject(projectId);
      expect(await reader.find('projectGone')).toEqual({ projectId });
    } finally {
      await other.close();
    }
  });

  it('never waits for a reader that does not read: it hears that it must begin anew, and begins with a snapshot', async () => {
    const log = new EventLog();
    const server = createServer(({ headers }, response) => streamEvents(log, { watched: undefined, lastEventId: headers['last-event-id'] as string | undefined, snapshot: () => ({ projects: [], jobs: [], paused: false }) }, response, {}));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      const [slow, quick] = [await listenTo(url), await listenTo(url)];
      await slow.find('snapshot');
      slow.pause();
      for (let number = 0; number < 400; number += 1) {
        log.publish('notice', { code: `N${number}`, message: 'x'.repeat(100_000) });
        // The quick one hears each while the slow one lies still.
        await quick.find('notice', ({ code }) => code === `N${number}`);
      }
      slow.resume();
      await slow.ended;
      expect([slow.heard.at(-1)?.name, slow.heard.at(-1)?.id]).toEqual(['resync', '']);
      const again = await listenTo(url, { 'last-event-id': '' });
      await again.find('snapshot');
      for (const reader of [quick, again]) reader.close();
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('the log of events', () => {
  it('keeps the last thousands and says when an older one is asked for', () => {
    const log = new EventLog();
    for (let number = 0; number < 20_000; number += 1) log.publish('paused', { paused: true });
    expect(log.since(0)).toBeUndefined();
    expect(log.since(19_990)?.map(({ sequence }) => sequence)).toEqual([19_991, 19_992, 19_993, 19_994, 19_995, 19_996, 19_997, 19_998, 19_999, 20_000]);
    expect(log.since(20_000)).toEqual([]);
    expect(log.since(20_001)).toBeUndefined();
  });
});
