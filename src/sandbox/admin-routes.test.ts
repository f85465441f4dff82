import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { TURBO, create, request, sandboxInMemory, sandboxUnderTest } from './sandbox-under-test.ts';
import type { SandboxRecord } from './record.ts';
import type { Sandbox } from './sandbox.ts';

async function post(sandbox: Sandbox, path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(sandbox.baseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> & { error?: { message: string; next?: string } } };
}

async function recordOf(sandbox: Sandbox): Promise<SandboxRecord> {
  return (await (await fetch(`${sandbox.baseUrl}/sandbox/record`)).json()) as SandboxRecord;
}

describe('while it runs', () => {
  it('faults are asked for, strike, are recorded with their task, and are cleared', async () => {
    await using under = await sandboxUnderTest({ durationsMs: 0, seed: 'film' });
    const { sandbox } = under;
    const asked = await post(sandbox, '/sandbox/faults', {
      queue: [{ kind: 'create-502-after' }, { kind: 'poll-1302', times: 'always', only: 'list' }],
      rates: { 'download-404': 1, 'poll-slow': { probability: 0, ms: 10 } },
    });
    expect(asked).toMatchObject({ status: 200, body: { waiting: 2, seed: 'film' } });
    expect((await create(sandbox, { ...TURBO, external_task_id: 'e' })).status).toBe(502);
    for (const _ of [1, 2, 3]) expect((await request(sandbox, '/v1/videos/text2video')).body?.code).toBe(1302);
    const found = (await request(sandbox, '/v1/videos/text2video/e')).body?.data as { task_result: { videos: [{ url: string }] } };
    expect((await fetch(found.task_result.videos[0].url)).status).toBe(404);

    const record = await recordOf(sandbox);
    expect(record).toMatchObject({
      seed: 'film',
      tasks: [{ externalTaskId: 'e', status: 'succeed', chargedUnits: 1.5 }],
      charges: [{ externalTaskId: 'e', units: 1.5, status: 'succeed' }],
      chargedTwice: [],
      faults: {
        waiting: [{ kind: 'poll-1302' }],
        struck: [
          { kind: 'create-502-after', externalTaskId: 'e', from: 'queue' },
          { kind: 'poll-1302', from: 'queue' },
          { kind: 'poll-1302', from: 'queue' },
          { kind: 'poll-1302', from: 'queue' },
          { kind: 'download-404', externalTaskId: 'e', from: 'rate', seed: 'film' },
        ],
        struckByKind: { 'create-502-after': 1, 'poll-1302': 3, 'download-404': 1 },
      },
      requestsByRoute: { create: 1, list: 3, find: 1, clip: 1, sandbox: 1 },
    });
    expect(JSON.stringify(record)).not.toContain(sandbox.apiKey);

    expect((await post(sandbox, '/sandbox/clear', {})).status).toBe(200);
    expect((await request(sandbox, '/v1/videos/text2video')).body?.code).toBe(0);
    expect((await fetch(found.task_result.videos[0].url)).status).toBe(200);
  });

  it('slots, money and the clock change', async () => {
    await using under = await sandboxUnderTest({ balanceUnits: 1, slots: 5 });
    const { sandbox, clock } = under;
    const code = async () => (await create(sandbox)).body?.code;
    expect(await code()).toBe(1102);
    expect(await post(sandbox, '/sandbox/balance', { addUnits: 9 })).toEqual({ status: 200, body: { balanceUnits: 10 } });
    expect(await post(sandbox, '/sandbox/slots', { slots: 0 })).toEqual({ status: 200, body: { slots: 0 } });
    expect(await code()).toBe(1303);
    await post(sandbox, '/sandbox/slots', { slots: 1 });
    expect([await code(), await code()]).toEqual([0, 1303]);
    expect(await post(sandbox, '/sandbox/skew', { ms: -60_000 })).toEqual({ status: 200, body: { skewMs: -60_000 } });
    const response = await fetch(`${sandbox.baseUrl}/tasks`);
    expect(Date.parse(response.headers.get('date') ?? '')).toBe(clock.now() - 60_000);
  });

  it.each([
    ['/sandbox/faults', { queue: [{ kind: 'poll-503' }] }],
    ['/sandbox/faults', { queue: [{ kind: 'poll-502', times: 0 }] }],
    ['/sandbox/faults', { queue: [{ kind: 'poll-502' }], rates: { 'poll-502': 2 } }],
    ['/sandbox/faults', { queue: [{ kind: 'poll-502' }, { kind: 'poll-slow', ms: -1 }], rates: { 'poll-502': 1 } }],
    ['/sandbox/faults', { rates: { 'poll-502': 0.6, 'poll-reset': 0.6 } }],
    ['/sandbox/faults', { queues: [] }],
    ['/sandbox/faults', 'no JSON'],
    ['/sandbox/slots', { slots: -1 }],
    ['/sandbox/slots', {}],
    ['/sandbox/balance', { addUnits: -1 }],
    ['/sandbox/skew', { ms: '1' }],
    ['/sandbox/clear', { all: true }],
  ])('%s refuses %j in one shape and changes nothing', async (path, body) => {
    await using under = await sandboxUnderTest();
    const { sandbox } = under;
    const { requestCount: _requests, requestsByRoute: _routes, ...before } = await recordOf(sandbox);
    const answered = await post(sandbox, path, body);
    expect(answered.status).toBe(400);
    expect(answered.body).toEqual({ error: expect.objectContaining({ message: expect.stringMatching(/./) as string }) as object });
    expect(await recordOf(sandbox)).toMatchObject(before);
  });

  it('does nothing for a web page: not by another name, not from its origin, not with a type that browsers send unasked', async () => {
    await using under = await sandboxUnderTest();
    const { sandbox } = under;
    const { port } = new URL(sandbox.baseUrl);
    const byName = await new Promise<number | undefined>((resolve, reject) => {
      const call = httpRequest({ host: '127.0.0.1', port, path: '/sandbox/slots', method: 'POST', headers: { host: `pages.example:${port}`, 'content-type': 'application/json' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on('error', reject).end('{"slots":0}');
    });
    expect(byName).toBe(404);
    expect((await post(sandbox, '/sandbox/slots', { slots: 0 }, { origin: 'https://pages.example' })).status).toBe(404);
    expect((await post(sandbox, '/sandbox/slots', { slots: 0 }, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(sandbox.slots()).toBe(5);
    expect((await post(sandbox, '/sandbox/slots', { slots: 0 }, { origin: sandbox.baseUrl })).status).toBe(200);
  });

  it('a fault that is refused leaves the others in place', async () => {
    await using under = await sandboxInMemory({ faults: { rates: { 'poll-502': 1 } } });
    const { sandbox } = under;
    expect(() => sandbox.setFaultRates({ 'poll-502': 3 })).toThrow(/from 0 to 1/);
    expect((await request(sandbox, '/v1/videos/text2video')).status).toBe(502);
    sandbox.clearFaults();
    expect((await request(sandbox, '/v1/videos/text2video')).status).toBe(200);
  });
});
