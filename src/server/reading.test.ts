import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectSummary, Shot, ShotCard, Take } from '../protocol/api/index.ts';
import { openServerLab, plannedFilm, type ServerLab } from './server-under-test.ts';

interface Page<Item> {
  items: Item[];
  total: number;
  nextCursor?: string;
}

let lab: ServerLab;
beforeEach(async () => {
  lab = await openServerLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const get = async (path: string) => {
  const reply = await lab.ask('GET', path);
  expect(reply.status, reply.bytes.toString()).toBe(200);
  return reply.json();
};

describe('what the studio tells', () => {
  it('names its version and who makes clips, and never a key', async () => {
    expect(await get('/api/about')).toMatchObject({ version: '0.0.0', engine: 'sandbox', usdPerUnit: 0.14, passwordNeeded: false });
  });

  it('has every route in the OpenAPI document, and a page to read', async () => {
    const { openapi, paths } = (await get('/api/openapi.json')) as { openapi: string; paths: Record<string, object> };
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toContain('/api/projects/{projectId}/shots');
    const page = await lab.ask('GET', '/api/reference');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.bytes.toString()).not.toContain('<script');
  });

  it('lists films, shots and cards in pages that together are the whole list', async () => {
    const { projectId } = await plannedFilm(lab, 5);
    const films = (await get('/api/projects')) as Page<ProjectSummary>;
    expect(films.items).toMatchObject([{ projectId, title: 'story.txt', shots: 5, ready: 0, notMade: 5, screenS: 25, spentUnits: 0, atWork: false }]);
    const names: string[] = [];
    for (let cursor: string | undefined, page = 0; page < 3; page += 1) {
      const shots = (await get(`/api/projects/${projectId}/shots?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`)) as Page<Shot>;
      names.push(...shots.items.map(({ name }) => name));
      cursor = shots.nextCursor;
      expect(shots.total).toBe(5);
    }
    expect(names).toEqual(['S01_SH01', 'S01_SH02', 'S01_SH03', 'S01_SH04', 'S01_SH05']);
    const cards = (await get(`/api/projects/${projectId}/board`)) as Page<ShotCard>;
    expect(cards.items[0]).toMatchObject({ name: 'S01_SH01', status: 'notMade', readyTakes: 0, takesWanted: 1, onScreenS: 5 });
  });

  it('tells of takes, plays their clips by range, and shows their pictures and drawings', async () => {
    const { projectId, shotIds } = await plannedFilm(lab, 2);
    const [first = '', second = ''] = shotIds;
    await (await lab.studio.orchestrator('sandbox')).generateAll({ projectId, shotIds: [first] });
    const { items: takes } = (await get(`/api/projects/${projectId}/shots/${first}/takes`)) as Page<Take>;
    expect(takes).toMatchObject([{ number: 1, selected: true, current: true, status: 'completed', words: 'Ready', atWork: false }]);
    const [take] = takes;
    const whole = await lab.ask('GET', take?.clipUrl ?? '');
    expect(whole.headers).toMatchObject({ 'content-type': 'video/mp4', 'accept-ranges': 'bytes', 'cache-control': 'private, max-age=31536000, immutable' });
    const part = await lab.ask('GET', take?.clipUrl ?? '', { headers: { range: 'bytes=4-7' } });
    expect([part.status, part.bytes.toString(), part.headers['content-range']]).toEqual([206, 'ftyp', `bytes 4-7/${whole.bytes.length}`]);
    expect((await lab.ask('GET', take?.clipUrl ?? '', { headers: { range: `bytes=${whole.bytes.length}-` } })).status).toBe(416);
    expect((await lab.ask('GET', take?.clipUrl ?? '', { headers: { 'if-none-match': whole.headers.etag ?? '' } })).status).toBe(304);
    const picture = await lab.ask('GET', `${take?.pictureUrl}&width=160`);
    expect(picture.bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    const shot = (await get(`/api/projects/${projectId}/shots/${second}`)) as Shot;
    expect((await lab.ask('GET', `${shot.pictureUrl}&width=160`)).bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    const history = (await get(`/api/takes/${take?.takeId}/history`)) as Page<{ event: string; words: string }>;
    // As `directorstudio history` says it.
    expect(history.items.map(({ words }) => words)).toEqual(expect.arrayContaining([expect.stringMatching(/^Sent to the sandbox/), expect.stringMatching(/^Checked and stored · /)]));
    expect(history.items.map(({ event }) => event)).toEqual(expect.arrayContaining(['asked', 'send', 'accepted', 'stored']));
  });

  it('answers every mistake in one form, with what to do', async () => {
    const { projectId } = await plannedFilm(lab, 1);
    const mistakes: [string, string, number, string][] = [
      ['GET', '/api/projects/nobody', 404, 'PROJECT_UNKNOWN'],
      ['GET', `/api/projects/${projectId}/shots/none`, 404, 'SHOT_UNKNOWN'],
      ['GET', '/api/takes/none/clip', 404, 'TAKE_UNKNOWN'],
      ['GET', '/api/nothing', 404, 'ROUTE_UNKNOWN'],
      ['GET', '/api/projects?limit=0', 400, 'REQUEST_INVALID'],
      ['GET', '/api/projects?cursor=bm9uZQ', 400, 'CURSOR_INVALID'],
      ['GET', `/api/projects/${projectId}/film`, 404, 'FILE_GONE'],
    ];
    for (const [method, path, status, code] of mistakes) {
      const reply = await lab.ask(method, path);
      const { code: said, message, next, detail, ...rest } = reply.json() as Record<string, unknown>;
      expect({ status: reply.status, said, message, next, detail: typeof (detail ?? {}), rest }, path).toEqual({ status, said: code, message: expect.any(String), next: expect.any(String), detail: 'object', rest: {} });
    }
  });
});
