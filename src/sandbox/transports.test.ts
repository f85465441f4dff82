import { describe, expect, it } from 'vitest';
import { systemErrorCode } from '../lib/errors.ts';
import { FAULTS, FAULT_KINDS, type Fault, type FaultKind } from './faults.ts';
import { TURBO, createHandClock, sandboxInMemory, sandboxUnderTest } from './sandbox-under-test.ts';
import { startSandbox } from './start-sandbox.ts';

/** What a caller sees of an answer, whichever way it came. */
async function seen(fetchBy: typeof fetch, url: string, init: RequestInit = {}): Promise<unknown> {
  let response: Response;
  try {
    response = await fetchBy(url, init);
  } catch (error) {
    return { failed: (error as Error).message, code: systemErrorCode(error) ?? (error as Error).name };
  }
  const { status, headers } = response;
  const facts = { status, type: headers.get('content-type'), promisedBytes: headers.get('content-length'), range: headers.get('content-range') };
  let bytes = 0;
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      pieces.push(piece);
      bytes += piece.length;
    }
    const text = Buffer.concat(pieces).toString();
    return { ...facts, bytes, code: facts.type?.startsWith('application/json') === true ? (JSON.parse(text) as { code: number }).code : undefined };
  } catch (error) {
    return { ...facts, bytes, brokenBy: (error as Error).message, code: systemErrorCode(error) };
  }
}

const FAULT_OF: Readonly<Record<FaultKind, Fault>> = FAULTS;
/** Nothing ever comes: only the caller's patience ends it. */
const isEndless = (kind: FaultKind) => FAULT_OF[kind].effect.do === 'wait';

describe('without a socket', () => {
  it.each(FAULT_KINDS)('%s looks as it does through one', async (kind) => {
    await using under = await sandboxUnderTest({ durationsMs: 1000, slots: 50 });
    const { sandbox, clock } = under;
    const headers = { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' };
    const create = (id: string): RequestInit => ({ method: 'POST', headers, body: JSON.stringify({ ...TURBO, external_task_id: id }) });
    const path = `${sandbox.baseUrl}/v1/videos/text2video`;
    const answers: unknown[] = [];
    for (const [via, id] of [[fetch, 'one'], [sandbox.fetch, 'two']] as const) {
      await sandbox.fetch(path, create(`${id}-good`));
      clock.pass(2000);
      const found = (await (await sandbox.fetch(`${path}/${id}-good`, { headers })).json()) as { data: { task_result: { videos: [{ url: string }] } } };
      sandbox.failNext(kind);
      const giveUp = new AbortController();
      const signal = isEndless(kind) ? { signal: giveUp.signal } : {};
      const { moment } = FAULT_OF[kind];
      const url = moment === 'download' ? found.data.task_result.videos[0].url : `${path}/${id}-good`;
      const answer =
        moment.startsWith('read') || moment === 'download' ? seen(via, url, { ...(moment !== 'download' && { headers }), ...signal }) : seen(via, path, { ...create(`${id}-bad`), ...signal });
      if (isEndless(kind)) {
        await expect.poll(() => sandbox.faultStrikes().filter((struck) => struck.kind === kind).length).toBe(answers.length + 1);
        giveUp.abort();
      }
      answers.push(await answer);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(sandbox.faultStrikes().map((struck) => struck.kind)).toEqual([kind, kind]);
  });

  it('ranges, HEAD, wrong methods, unknown paths and missing keys look as they do through one', async () => {
    await using under = await sandboxUnderTest({ durationsMs: 0 });
    const { sandbox } = under;
    const headers = { authorization: `Bearer ${sandbox.apiKey}` };
    const path = `${sandbox.baseUrl}/v1/videos/text2video`;
    await fetch(path, { method: 'POST', headers, body: JSON.stringify({ ...TURBO, external_task_id: 'e' }) });
    const found = (await (await fetch(`${path}/e`, { headers })).json()) as { data: { task_result: { videos: [{ url: string }] } } };
    const clip = found.data.task_result.videos[0].url;
    const asked: [string, RequestInit?][] = [
      [clip],
      [clip, { headers: { range: 'bytes=10-19' } }],
      [clip, { headers: { range: 'bytes=999999999-' } }],
      [clip.replace(/Signature=./, 'Signature=x')],
      [path],
      [path, { headers: { authorization: 'Bearer a.b.c' } }],
      [path, { method: 'DELETE', headers }],
      [path, { method: 'POST', headers, body: 'no JSON' }],
      [`${sandbox.baseUrl}/nowhere`, { headers }],
      [`${sandbox.baseUrl}/tasks?external_task_ids=e,f`, { headers }],
    ];
    for (const [url, init] of asked) expect(await seen(sandbox.fetch, url, init)).toEqual(await seen(fetch, url, init));
    const head = await sandbox.fetch(clip, { method: 'HEAD' });
    expect([head.status, (await head.arrayBuffer()).byteLength]).toEqual([200, 0]);
  });

  it('takes bodies as streams and Requests, and reads nothing of a body that is too large', async () => {
    await using under = await sandboxInMemory();
    const { sandbox } = under;
    const init = (id: string, body: RequestInit['body']) => ({ method: 'POST', headers: { authorization: `Bearer ${sandbox.apiKey}` }, body, duplex: 'half' as const, id });
    const url = `${sandbox.baseUrl}/v1/videos/text2video`;
    const text = (id: string) => JSON.stringify({ ...TURBO, external_task_id: id });
    await sandbox.fetch(url, init('a', new Blob([text('a')]).stream() as RequestInit['body']));
    await sandbox.fetch(new Request(url, init('b', text('b'))));
    await sandbox.fetch(new URL(url), init('c', Buffer.from(text('c'))));
    expect(sandbox.tasks().map(({ externalTaskId }) => externalTaskId)).toEqual(['a', 'b', 'c']);
    expect((await sandbox.fetch(url, init('d', ' '.repeat(64 * 1024 * 1024 + 1)))).status).toBe(413);
  });

  it('refuses the connection to other addresses, and to itself when it is closed', async () => {
    const under = await sandboxInMemory();
    const { sandbox } = under;
    const code = async (url: string) => await sandbox.fetch(url).then(() => 'answered', systemErrorCode);
    expect(await code('https://api-singapore.klingai.com/tasks')).toBe('ECONNREFUSED');
    expect(await code(`${sandbox.baseUrl}/tasks`)).toBe('answered');
    await sandbox.close();
    expect(await code(`${sandbox.baseUrl}/tasks`)).toBe('ECONNREFUSED');
  });

  it('resets who still waits when it closes, and lets go at once who gives up', async () => {
    await using under = await sandboxInMemory();
    const { sandbox } = under;
    const ask = (signal?: AbortSignal) => {
      sandbox.failNext('poll-slow');
      return sandbox.fetch(`${sandbox.baseUrl}/tasks?task_ids=1`, { headers: { authorization: `Bearer ${sandbox.apiKey}` }, ...(signal && { signal }) });
    };
    const reason = new Error('enough');
    const giveUp = new AbortController();
    const givenUp = ask(giveUp.signal).catch((error: unknown) => error);
    giveUp.abort(reason);
    expect(await givenUp).toBe(reason);
    const waiting = ask().catch((error: unknown) => systemErrorCode(error));
    await expect.poll(() => sandbox.requestCount).toBe(2);
    await sandbox.close();
    expect(await waiting).toBe('ECONNRESET');
  });

  it('slow answers and slow clips come by the clock alone', async () => {
    await using under = await sandboxInMemory({ durationsMs: 0 });
    const { sandbox, clock } = under;
    const headers = { authorization: `Bearer ${sandbox.apiKey}` };
    const path = `${sandbox.baseUrl}/v1/videos/text2video`;
    const settled: string[] = [];
    sandbox.failNext('create-slow-after', { ms: 90_000 });
    const created = sandbox.fetch(path, { method: 'POST', headers, body: JSON.stringify({ ...TURBO, external_task_id: 'e' }) }).then(() => settled.push('created'));
    await expect.poll(() => clock.sleeping()).toBe(1);
    expect(sandbox.tasks()).toHaveLength(1);
    clock.pass(89_999);
    expect([clock.sleeping(), settled]).toEqual([1, []]);
    clock.pass(1);
    await created;

    // Held up on the way: accepted only when it arrives.
    sandbox.failNext('create-slow-before', { ms: 70_000 });
    const late = sandbox.fetch(path, { method: 'POST', headers, body: JSON.stringify({ ...TURBO, external_task_id: 'late' }) });
    await expect.poll(() => clock.sleeping()).toBe(1);
    expect(sandbox.tasks()).toHaveLength(1);
    clock.pass(70_000);
    expect((await late).status).toBe(200);
    expect(sandbox.tasks()).toHaveLength(2);

    const found = (await (await sandbox.fetch(`${path}/e`, { headers })).json()) as { data: { task_result: { videos: [{ url: string }] } } };
    sandbox.failNext('download-slow', { ms: 8000 });
    const response = await sandbox.fetch(found.data.task_result.videos[0].url);
    const whole = response.arrayBuffer();
    for (let piece = 1; piece <= 8; piece += 1) {
      await expect.poll(() => clock.sleeping()).toBe(1);
      clock.pass(1000);
    }
    expect((await whole).byteLength).toBe(Number(response.headers.get('content-length')));
  });
});

describe('in memory', () => {
  it('needs no folder, and the same seed makes the same tasks, durations and ids', async () => {
    const run = async (seed: string) => {
      await using under = await sandboxInMemory({ seed, slots: 50 });
      const { sandbox } = under;
      for (const id of ['a', 'b', 'c']) {
        await sandbox.fetch(`${sandbox.baseUrl}/v1/videos/text2video`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.apiKey}` }, body: JSON.stringify({ ...TURBO, external_task_id: id }) });
      }
      under.clock.pass(3600_000);
      return sandbox.tasks();
    };
    const [first, again, other] = [await run('x'), await run('x'), await run('y')];
    expect(again).toEqual(first);
    expect(other.map(({ updatedAtMs }) => updatedAtMs)).not.toEqual(first.map(({ updatedAtMs }) => updatedAtMs));
    expect(first.every(({ taskId }) => /^\d{18}$/.test(taskId))).toBe(true);
  });

  it('plays only tiny clips, and a folder is wanted for anything else', async () => {
    await expect(startSandbox({ tasksIn: 'memory', clips: 'rendered' })).rejects.toMatchObject({ code: 'SANDBOX_OPTION_INVALID', detail: { option: 'clips' } });
    await expect(startSandbox({ clips: 'tiny' })).rejects.toMatchObject({ code: 'SANDBOX_OPTION_INVALID', detail: { option: 'dataFolder' } });
    await using sandbox = await startSandbox({ tasksIn: 'memory', clock: createHandClock() });
    expect((await fetch(`${sandbox.baseUrl}/tasks`)).status).toBe(401);
  });
});
