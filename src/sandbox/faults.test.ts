import { describe, expect, it } from 'vitest';
import type { FaultKind } from './faults.ts';
import { TURBO, create, query, request, sandboxUnderTest } from './sandbox-under-test.ts';
import type { Sandbox } from './sandbox.ts';

/** What a create meets: an HTTP status, or the connection's error. */
async function attempt(sandbox: Sandbox, signal?: AbortSignal): Promise<number | string> {
  try {
    const init = { method: 'POST', body: JSON.stringify({ ...TURBO, external_task_id: 'e' }), ...(signal && { signal }) };
    const { status, body } = await request(sandbox, '/v1/videos/text2video', init);
    return body?.code ? body.code : status;
  } catch (error) {
    return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code ?? (error as Error).name;
  }
}

describe('faults of a create', () => {
  const CASES: [FaultKind, seen: number | string, accepted: boolean][] = [
    ['create-reset-before', 'ECONNRESET', false],
    ['create-5xx-before', 5001, false],
    ['status-1302', 1302, false],
    ['status-1303', 1303, false],
    ['status-1102', 1102, false],
    ['status-1301', 1301, false],
    ['task-failed-moderation', 200, true],
    ['create-reset-after', 'ECONNRESET', true],
    ['create-502-after', 502, true],
  ];

  it.each(CASES)('%s: the caller sees %s, accepted: %s, and only once', async (kind, seen, accepted) => {
    await using under = await sandboxUnderTest();
    const { sandbox } = under;
    sandbox.failNext(kind);
    expect(await attempt(sandbox)).toBe(seen);
    expect(sandbox.tasks()).toHaveLength(accepted ? 1 : 0);
    // The same id again tells the truth about the first: taken, or free.
    expect(await attempt(sandbox)).toBe(accepted ? 1201 : 200);
    expect(sandbox.requests().map((entry) => entry.fault)).toEqual([kind, undefined]);
  });

  it('create-slow-after: accepted, and never answered', async () => {
    await using under = await sandboxUnderTest();
    const { sandbox } = under;
    sandbox.failNext('create-slow-after');
    const giveUp = new AbortController();
    const answer = attempt(sandbox, giveUp.signal);
    await expect.poll(() => sandbox.tasks().length).toBe(1);
    giveUp.abort();
    expect(await answer).toBe('AbortError');
    expect(sandbox.requests()).toMatchObject([{ httpStatus: undefined, fault: 'create-slow-after' }]);
  });

  it('an accepted task whose answer was lost is charged like any other', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    under.sandbox.failNext('create-502-after');
    await attempt(under.sandbox);
    await under.sandbox.idle();
    expect(under.sandbox.charges()).toMatchObject([{ externalTaskId: 'e', units: 1.5 }]);
  });
});

describe('faults of reads and downloads', () => {
  it('poll-502 breaks queries, lists and GET /tasks', async () => {
    await using under = await sandboxUnderTest();
    await attempt(under.sandbox);
    for (const path of ['/v1/videos/text2video/e', '/v1/videos/text2video', '/tasks?external_task_ids=e']) {
      under.sandbox.failNext('poll-502');
      expect(await request(under.sandbox, path)).toMatchObject({ status: 502, body: undefined });
      expect((await request(under.sandbox, path)).status).toBe(200);
    }
  });

  it('succeed-without-videos waits for a task that succeeded, and leaves the bill in', async () => {
    await using under = await sandboxUnderTest();
    const { sandbox, clock } = under;
    await attempt(sandbox);
    await sandbox.idle();
    sandbox.failNext('succeed-without-videos', { times: 2 });
    expect((await query(sandbox, 'e')).task_status).toBe('submitted');
    clock.pass(300_000);
    const empty = { task_status: 'succeed', final_unit_deduction: '1.5', task_result: { videos: [] } };
    expect(await query(sandbox, 'e')).toMatchObject(empty);
    expect((await request(sandbox, '/tasks?external_task_ids=e')).body?.data).toMatchObject([{ status: 'succeeded', outputs: [] }]);
    expect((await query(sandbox, 'e')).task_result?.videos).toHaveLength(1);
  });

  it('spoils downloads: cut, other bytes, gone; then lets the clip through', async () => {
    await using under = await sandboxUnderTest({ speed: Infinity });
    const { sandbox } = under;
    await attempt(sandbox);
    await sandbox.idle();
    const url = (await query(sandbox, 'e')).task_result?.videos[0]?.url ?? '';
    const right = Buffer.from(await (await fetch(url)).arrayBuffer());

    sandbox.failNext('download-cut');
    const cut = await fetch(url);
    expect(cut.headers.get('content-length')).toBe(String(right.length));
    await expect(cut.arrayBuffer()).rejects.toThrow('terminated');

    sandbox.failNext('download-garbage');
    const garbage = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect([garbage.length, garbage.equals(right)]).toEqual([right.length, false]);

    sandbox.failNext('download-404');
    expect((await fetch(url)).status).toBe(404);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(right);
  });

  it('strikes only the prompt it was told', async () => {
    await using under = await sandboxUnderTest();
    const { sandbox } = under;
    sandbox.failNext('status-1301', { times: Infinity, prompt: 'cat' });
    const code = async (prompt: string) => (await create(sandbox, { ...TURBO, prompt })).body?.code;
    expect([await code('a cat'), await code('a dog'), await code('two cats')]).toEqual([1301, 0, 1301]);
  });
});
