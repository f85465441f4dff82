import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../lib/clock.ts';
import { KlingAPIClient, type KlingAPIClientOptions } from './kling-api-client.ts';
import { KlingError } from './kling-error.ts';
import type { TextToVideoRequest } from './request.ts';

/** One answer of the scripted server, given after the whole request was read. */
type Script = (response: ServerResponse, request: Seen) => void;
interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

let server: Server;
let seen: Seen[];
let script: Script;
let connections: number;

beforeEach(async () => {
  seen = [];
  connections = 0;
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      script(response, one);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const API_KEY = 'api-key-kling-0123456789abcdefghijklmnopqrstuvwxyz/+==';
const PAIR = { accessKey: 'AKAKAKAKAKAKAKAKAKAKAKAKAKAKAKAK', secretKey: 'SKSKSKSKSKSKSKSKSKSKSKSKSKSKSKSK' };

function baseUrl(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
function client(options: Partial<KlingAPIClientOptions> = {}): KlingAPIClient {
  return new KlingAPIClient({ credentials: { apiKey: API_KEY }, ...options, baseUrl: options.baseUrl ?? baseUrl() });
}
function json(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return (response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
}
function ok(data: unknown): Script {
  return json(200, { code: 0, message: 'SUCCEED', request_id: 'req-1', data });
}
function refusal(status: number, code: number, message = 'no'): Script {
  return json(status, { code, message, request_id: 'req-1' });
}
async function failure(promise: Promise<unknown>): Promise<KlingError> {
  const error: unknown = await promise.then(
    (value) => expect.fail(`succeeded with ${inspect(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof KlingError)) throw error;
  return error;
}

const boat: TextToVideoRequest = { kind: 'text2video', model: 'kling-v2-5-turbo', prompt: 'A paper boat', durationS: 5, externalTaskId: 'ds1-abc-a1' };
const submitted = { task_id: '867283741759111202', task_status: 'submitted', task_info: { external_task_id: 'ds1-abc-a1' }, created_at: 1795340000123, updated_at: 1795340000123 };
const finished = {
  ...submitted,
  task_status: 'succeed',
  task_status_msg: '',
  watermark_info: { enabled: false },
  final_unit_deduction: '1.5',
  task_result: { videos: [{ id: '951204519020118273', url: 'https://cdn.example/a.mp4?Expires=1', duration: '5.041' }] },
  updated_at: 1795340046210,
};

describe('create', () => {
  it('sends Kling’s own words and reads the task', async () => {
    script = ok(submitted);
    const task = await client().create({ ...boat, mode: 'pro', negativePrompt: 'text', watermark: true, callbackUrl: 'https://me.example/hook' });
    expect(task).toEqual({
      taskId: '867283741759111202',
      externalTaskId: 'ds1-abc-a1',
      status: 'submitted',
      rawStatus: 'submitted',
      statusMessage: '',
      createdAtMs: 1795340000123,
      updatedAtMs: 1795340000123,
      videos: [],
      raw: submitted,
    });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/videos/text2video', headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' } });
    expect(seen[0]!.headers['content-length']).toBe(String(Buffer.byteLength(seen[0]!.body)));
    expect(JSON.parse(seen[0]!.body)).toEqual({
      model_name: 'kling-v2-5-turbo',
      prompt: 'A paper boat',
      negative_prompt: 'text',
      mode: 'pro',
      duration: '5',
      aspect_ratio: '16:9',
      watermark_info: { enabled: true },
      callback_url: 'https://me.example/hook',
      external_task_id: 'ds1-abc-a1',
    });
  });

  it('says each version’s request the way that version takes it', async () => {
    script = ok(submitted);
    await client().createTextToVideo({ ...boat, model: 'kling-v2-master', mode: 'pro', durationS: 10, aspectRatio: '1:1' });
    await client().createTextToVideo({ ...boat, model: 'kling-v1-6', cfgScale: 0 });
    await client().createTextToVideo({ ...boat, model: 'kling-v2-6', mode: 'pro', sound: true });
    await client().createTextToVideo({ ...boat, model: 'kling-v1', cameraControl: { type: 'simple', config: { zoom: -3 } } });
    await client().createImageToVideo({ ...boat, mode: 'pro', startFrame: { url: 'https://p.example/a.png' }, endFrame: { url: 'https://p.example/b.png' } });
    const bodies = seen.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(bodies[0]).toEqual({ model_name: 'kling-v2-master', prompt: 'A paper boat', duration: '10', aspect_ratio: '1:1', external_task_id: 'ds1-abc-a1' });
    expect(bodies[1]).toMatchObject({ mode: 'std', cfg_scale: 0 });
    expect(bodies[2]).toMatchObject({ sound: 'on' });
    expect(bodies[3]).toMatchObject({ camera_control: { type: 'simple', config: { zoom: -3 } } });
    expect(bodies[4]).toMatchObject({ image: 'https://p.example/a.png', image_tail: 'https://p.example/b.png' });
    expect(bodies[4]).not.toHaveProperty('aspect_ratio');
    expect(seen[4]!.url).toBe('/v1/videos/image2video');
  });

  it('refuses what the model can not serve before anything is sent, with every reason', async () => {
    script = ok(submitted);
    const error = await failure(client().createImageToVideo({ ...boat, durationS: 7, startFrame: { bytes: Buffer.from('x') }, endFrame: { path: '/nowhere/b.png' } }));
    expect(error).toMatchObject({ kind: 'invalid-request', outcome: 'refused', action: 'fix-input' });
    expect(error.problems.map(({ field, code }) => `${field} ${code}`)).toEqual(['durationS DURATION_UNSUPPORTED', 'endFrame END_FRAME_UNSUPPORTED', 'startFrame FRAME_UNSUITABLE', 'endFrame FRAME_UNREADABLE']);
    expect(error.message).toContain('not 7 s; ask for 10 s. ');
    expect(seen).toEqual([]);
  });

  it('keeps a task id that comes as a number of 18 digits', async () => {
    script = json(200, '{"code":0,"data":{"task_id":867283741759111202,"task_status":"submitted"}}');
    expect((await client().create(boat)).taskId).toBe('867283741759111202');
  });

  /** The time limit of a call strikes when the test says so. */
  let timeIsUp: () => void = () => undefined;
  const handClock: Clock = {
    ...systemClock,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        timeIsUp = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      }),
  };
  const lost: [string, Script][] = [
    ['reset after sending', (response) => response.socket!.resetAndDestroy()],
    ['closed without an answer', (response) => response.socket!.destroy()],
    ['never answered', () => timeIsUp()],
    ['answered with half a body', (response) => {
      response.writeHead(200, { 'content-length': '500' }).write('{"code":0,"data":{"task_id":"1"}}');
      setImmediate(() => response.socket!.destroy());
    }],
    ['begun and never finished', (response) => {
      response.writeHead(200, { 'content-length': '500' }).write('{"code":0');
      timeIsUp();
    }],
    ['cut short without a length', (response) => {
      response.write('{"code":0,"data":{"task_id":"1"');
      setImmediate(() => response.socket!.destroy());
    }],
    ['answered with a page', json(502, '<html>Bad Gateway</html>')],
    ['answered with a page and HTTP 200', json(200, '<html>log in</html>')],
    ['answered with nothing', json(200, '')],
    ['answered with success that names no task', ok({})],
    ['answered with success and HTTP 500', json(500, { code: 0, data: submitted })],
    ['answered with success and HTTP 400', json(400, { code: 0, data: submitted })],
    ['answered 5000', refusal(500, 5000)],
    ['answered 5001', refusal(503, 5001)],
    ['answered 5002', refusal(504, 5002)],
    ['answered with a code nobody knows', refusal(400, 1999)],
    ['answered by a proxy’s 429', json(429, 'slow down')],
    ['answered by another API', json(403, { error: { message: 'no' } })],
    ['redirected', json(307, '', { location: 'http://127.0.0.1:1/else' })],
    ['misdirected, which fetch repeats', json(421, 'x')],
    ['told to try later', json(503, 'x', { 'retry-after': '7' })],
    ['flooded', (response) => response.writeHead(200).end(Buffer.alloc(9 * 1024 * 1024, 32))],
  ];
  it.each(lost)('sends once and does not guess when the request is %s', async (_what, answer) => {
    script = answer;
    const error = await failure(client({ clock: handClock }).create(boat));
    expect([error.kind, error.outcome, error.action]).toEqual(['unknown', 'unknown', undefined]);
    expect(error.tried).toBe('POST /v1/videos/text2video');
    expect(seen.length).toBe(1);
  });

  it.each<[string, number, number, string, string]>([
    ['fix-input', 400, 1201, "duration value '7' is invalid", 'KLING_VALUE_INVALID'],
    ['fix-input', 400, 1201, "The model 'kling-v1' has been discontinued and is no longer available.", 'KLING_MODEL_DISCONTINUED'],
    ['fix-input', 400, 1301, 'content', 'KLING_CONTENT_REFUSED'],
    ['already-exists', 400, 1201, 'External_task_id ds1-abc-a1 already exists', 'KLING_EXTERNAL_ID_TAKEN'],
    ['wait-slot', 429, 1303, 'parallel task over resource pack limit', 'KLING_SLOTS_FULL'],
    ['wait-slot', 200, 1303, 'parallel task over resource pack limit', 'KLING_SLOTS_FULL'],
    ['slow-down', 429, 1302, 'too fast', 'KLING_RATE_LIMITED'],
    ['stop-account', 429, 1102, 'Account balance not enough', 'KLING_BALANCE_EMPTY'],
    ['stop-account', 403, 1103, 'no', 'KLING_NO_PERMISSION'],
    ['renew', 401, 1002, 'api key not found', 'KLING_AUTHORIZATION_INVALID'],
  ])('sends once and says %s for HTTP %d code %d', async (action, status, code, message, name) => {
    script = json(status, { code, message, request_id: 'req-7' }, { 'retry-after': '7', date: 'Mon, 23 Nov 2026 01:02:03 GMT' });
    const error = await failure(client().create(boat));
    expect(error).toMatchObject({ kind: 'refused', outcome: 'refused', action, code: name, klingCode: code, httpStatus: status, requestId: 'req-7', said: message, retryAfterMs: 7000 });
    expect(error.serverTimeMs).toBe(Date.UTC(2026, 10, 23, 1, 2, 3));
    expect(error.message).toContain(`code ${code}, request req-7`);
    expect(seen.length).toBe(1);
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const gone = baseUrl();
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(client({ baseUrl: gone }).create(boat));
    expect([error.kind, error.outcome, error.said]).toEqual(['unsent', 'unsent', 'ECONNREFUSED']);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  it('knows that nothing was sent when TLS does not come about', async () => {
    script = ok(submitted);
    const error = await failure(client({ baseUrl: baseUrl().replace('http:', 'https:') }).create(boat));
    expect(error.outcome).toBe('unsent');
    expect(seen).toEqual([]);
  });

  it('gives back the caller’s own abort, unchanged, before and while waiting', async () => {
    script = () => controller.abort(reason);
    const reason = new Error('enough');
    const controller = new AbortController();
    await expect(client().create(boat, { signal: controller.signal })).rejects.toBe(reason);
    expect(seen.length).toBe(1);
    await expect(client().create(boat, { signal: controller.signal })).rejects.toBe(reason);
    expect(seen.length).toBe(1);
  });
});

describe('reading tasks', () => {
  it('reads a finished task with its bill and its real length', async () => {
    script = ok(finished);
    expect(await client().getTask('text2video', { externalTaskId: 'ds1-abc-a1' })).toMatchObject({
      status: 'succeeded',
      rawStatus: 'succeed',
      billedUnits: 1.5,
      videos: [{ id: '951204519020118273', url: 'https://cdn.example/a.mp4?Expires=1', durationS: 5.041 }],
    });
    expect(seen[0]!.url).toBe('/v1/videos/text2video/ds1-abc-a1');
  });

  it('reads what an account that pays in money was charged', async () => {
    script = ok({ ...finished, final_unit_deduction: undefined, final_balance_deduction: { quota: '0.21', list_price: '0.21' } });
    const task = await client().getTask('text2video', { taskId: '1' });
    expect(task.billedUnits).toBeUndefined();
    expect(task.billedCash).toEqual([{ amount: '0.21', listPrice: '0.21' }]);
  });

  it('survives new words, odd types and missing parts', async () => {
    script = ok({ task_id: '1', task_status: 'paused', task_info: 'odd', created_at: '1795340000123', task_result: { videos: [null, {}, { url: 'https://cdn.example/b.mp4', duration: 'long' }] }, final_unit_deduction: {}, more: [1] });
    expect(await client().getTask('text2video', { taskId: '1' })).toMatchObject({ status: 'unrecognised', rawStatus: 'paused', createdAtMs: 1795340000123, videos: [{ url: 'https://cdn.example/b.mp4' }] });
    script = ok({ task_id: '1', task_status: 'succeed', task_result: {} });
    expect(await client().getTask('text2video', { taskId: '1' })).toMatchObject({ status: 'succeeded', videos: [] });
  });

  it('calls a task absent only when Kling says exactly that', async () => {
    script = refusal(400, 1201, 'Task not found by id/external id: ds1-abc-a1');
    expect(await client().findTask('text2video', { externalTaskId: 'ds1-abc-a1' })).toBeUndefined();
    expect(await failure(client().getTask('text2video', { externalTaskId: 'ds1-abc-a1' }))).toMatchObject({ action: 'not-found' });
    for (const other of [refusal(404, 1203, 'Task not found'), refusal(400, 1201, 'not found'), json(404, 'Task not found'), ok({}), ok(null), refusal(500, 5000), refusal(500, 1201, 'Task not found by id/external id: x')]) {
      script = other;
      await failure(client().findTask('text2video', { externalTaskId: 'ds1-abc-a1' }));
    }
  });

  it('reads many tasks at once in the newer API’s words', async () => {
    script = ok([
      { id: '1', status: 'succeeded', message: '', create_time: 1, update_time: 2, external_id: 'a', outputs: [{ type: 'video', id: '9', url: 'https://cdn.example/c.mp4', duration: '5.041' }], billing: [{ charge_type: 'unit', amount: '2.4', package_type: 'video' }, { charge_type: 'unit', amount: '0.1' }, { charge_type: 'cash', amount: '1', currency: 'USD' }] },
      { odd: true },
      { id: '2', status: 'failed', message: 'Failure to pass the risk control system', external_id: '', outputs: [], billing: [] },
    ]);
    const tasks = await client().findTasks({ externalTaskIds: ['a', 'b'] });
    expect(seen[0]!.url).toBe('/tasks?external_task_ids=a,b');
    expect(tasks).toMatchObject([
      { taskId: '1', externalTaskId: 'a', status: 'succeeded', billedUnits: 2.5, billedCash: [{ amount: '1', currency: 'USD' }], videos: [{ url: 'https://cdn.example/c.mp4', durationS: 5.041 }] },
      { taskId: '2', status: 'failed', statusMessage: 'Failure to pass the risk control system', videos: [] },
    ]);
    expect(tasks[1]).not.toHaveProperty('externalTaskId');
    expect(await client().findTasks({ taskIds: [] })).toEqual([]);
  });

  it('pages through the list', async () => {
    script = ok([finished, submitted]);
    expect((await client().listTasks('image2video', { pageNum: 2, pageSize: 500 })).map(({ status }) => status)).toEqual(['succeeded', 'submitted']);
    expect(seen[0]!.url).toBe('/v1/videos/image2video?pageNum=2&pageSize=500');
    script = ok([]);
    expect(await client().listTasks('image2video')).toEqual([]);
    script = ok({ odd: true });
    await failure(client().listTasks('image2video'));
  });

  it('asks nothing with ids or pages that would ask something else', async () => {
    const wrong = expect.objectContaining({ code: 'KLING_ARGUMENT_INVALID' });
    for (const taskId of ['', '..', '.', 'a/b', 'a,b', 'a b', 'a?b']) await expect(client().getTask('text2video', { taskId })).rejects.toEqual(wrong);
    await expect(client().findTasks({ taskIds: Array.from({ length: 21 }, (_, index) => String(index)) })).rejects.toEqual(wrong);
    await expect(client().listTasks('text2video', { pageSize: 501 })).rejects.toEqual(wrong);
    await expect(client({ credentials: PAIR }).findTasks({ taskIds: ['1'] })).rejects.toEqual(expect.objectContaining({ code: 'KLING_NEEDS_API_KEY' }));
    expect(seen).toEqual([]);
  });

  it('reads the account’s packs, also when there are none', async () => {
    script = ok({ code: 0, msg: 'success', resource_pack_subscribe_infos: [{ resource_pack_name: 'Trial', resource_pack_id: 'x', resource_pack_type: 'decreasing_total', total_quantity: 100, remaining_quantity: 98.5, purchase_time: 1, effective_time: 2, invalid_time: 3, status: 'online' }] });
    expect(await client().accountCosts({ startTimeMs: 1, endTimeMs: 2 })).toEqual([{ name: 'Trial', id: 'x', type: 'decreasing_total', totalUnits: 100, remainingUnits: 98.5, purchasedAtMs: 1, effectiveAtMs: 2, invalidAtMs: 3, status: 'online' }]);
    expect(seen[0]!.url).toBe('/account/costs?start_time=1&end_time=2');
    script = ok({ code: 0, msg: 'success' });
    expect(await client().accountCosts({ startTimeMs: 1, endTimeMs: 2 })).toEqual([]);
    script = ok({ code: 1302, msg: 'too fast' });
    expect(await failure(client().accountCosts({ startTimeMs: 1, endTimeMs: 2 }))).toMatchObject({ action: 'slow-down', klingCode: 1302 });
  });

  it('reuses connections for calls that follow each other', async () => {
    script = ok(finished);
    const one = client();
    for (let call = 0; call < 20; call += 1) await one.getTask('text2video', { taskId: '1' });
    // A second one may open while the first is being put back.
    expect(connections).toBeLessThanOrEqual(2);
  });
});

describe('waitForTask', () => {
  /** Pauses pass at once and are written down; time limits of calls (30 s and more) never strike. */
  function quickClock(): Clock & { pauses: number[] } {
    const pauses: number[] = [];
    let passedMs = 0;
    return {
      pauses,
      now: () => systemClock.now(),
      monotonic: () => passedMs,
      sleep: async (ms, signal) => {
        if (ms >= 30_000) return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
        signal?.throwIfAborted();
        pauses.push(ms);
        passedMs += ms;
      },
    };
  }
  function answers(...scripts: Script[]): void {
    script = (response, request) => (scripts.length > 1 ? scripts.shift()! : scripts[0]!)(response, request);
  }

  it('asks after 1, 2, 4, then every 8 s, through every passing trouble', async () => {
    const clock = quickClock();
    const states: string[] = [];
    answers(
      ok(submitted),
      ok({ ...submitted, task_status: 'thinking' }),
      refusal(500, 5000),
      refusal(429, 1302),
      (response) => response.socket!.destroy(),
      json(502, '<html>'),
      ok({ ...submitted, task_status: 'processing' }),
      ok(finished),
    );
    const task = await client({ clock }).waitForTask('text2video', '867283741759111202', { onUpdate: ({ status }) => states.push(status) });
    expect(task.status).toBe('succeeded');
    expect(states).toEqual(['submitted', 'unrecognised', 'processing', 'succeeded']);
    expect(clock.pauses).toEqual([1000, 2000, 4000, 8000, 8000, 8000, 8000]);
  });

  it('returns a failed task as what it is', async () => {
    answers(ok({ ...submitted, task_status: 'failed', task_status_msg: 'Failure to pass the risk control system' }));
    expect(await client({ clock: quickClock() }).waitForTask('text2video', '1')).toMatchObject({ status: 'failed', statusMessage: 'Failure to pass the risk control system' });
  });

  it('ends at the deadline after one last look, and says the task goes on', async () => {
    const clock = quickClock();
    answers(ok(submitted));
    await expect(client({ clock }).waitForTask('text2video', '1', { deadlineMs: 10_000 })).rejects.toEqual(expect.objectContaining({ code: 'KLING_WAIT_TIMEOUT', next: expect.stringContaining('billed') as string }));
    expect(clock.pauses).toEqual([1000, 2000, 4000, 3000]);
    expect(seen.length).toBe(5);
  });

  it('gives up at once when Kling refuses the question', async () => {
    answers(refusal(401, 1002, 'api key not found'));
    expect(await failure(client({ clock: quickClock() }).waitForTask('text2video', '1'))).toMatchObject({ action: 'renew' });
    expect(seen.length).toBe(1);
  });

  it('gives back the caller’s abort unchanged', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    answers(ok(submitted));
    await expect(client({ clock: quickClock() }).waitForTask('text2video', '1', { signal: controller.signal, onUpdate: () => controller.abort(reason) })).rejects.toBe(reason);
  });
});

describe('credentials', () => {
  const bearer = (request: Seen) => request.headers.authorization!.replace(/^Bearer /, '');

  it('signs a token as Kling wants it, keeps it, and renews it early', async () => {
    let nowMs = 1_795_340_000_000;
    const clock: Clock = { ...systemClock, now: () => nowMs };
    script = ok(finished);
    const one = client({ credentials: PAIR, clock });
    expect(one.credentialKind).toBe('jwt');
    await one.getTask('text2video', { taskId: '1' });
    nowMs += 1_499_000;
    await one.getTask('text2video', { taskId: '1' });
    nowMs += 2_000;
    await one.getTask('text2video', { taskId: '1' });
    const tokens = seen.map(bearer);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
    expect(decodeProtectedHeader(tokens[0]!)).toEqual({ alg: 'HS256', typ: 'JWT' });
    const { payload } = await jwtVerify(tokens[0]!, new TextEncoder().encode(PAIR.secretKey), { currentDate: new Date(1_795_340_000_000) });
    expect(payload).toEqual({ iss: PAIR.accessKey, exp: 1_795_340_000 + 1800, nbf: 1_795_340_000 - 60 });
  });

  it('takes Kling’s clock when a token was too old or too new, once for a read and never by itself for a create', async () => {
    const date = 'Mon, 23 Nov 2026 01:02:03 GMT';
    const serverS = Date.UTC(2026, 10, 23, 1, 2, 3) / 1000;
    // A clock a day ahead: refused until the token is made for Kling's time.
    const clock: Clock = { ...systemClock, now: () => (serverS + 86_400) * 1000 };
    script = (response, request) => {
      const { nbf } = JSON.parse(Buffer.from(bearer(request).split('.')[1]!, 'base64url').toString()) as { nbf: number };
      (nbf > serverS ? json(401, { code: 1003, message: 'not yet' }, { date }) : ok(finished))(response, request);
    };
    const reader = client({ credentials: PAIR, clock });
    expect(await reader.getTask('text2video', { taskId: '1' })).toMatchObject({ status: 'succeeded' });
    expect(seen.length).toBe(2);

    const creator = client({ credentials: PAIR, clock });
    const error = await failure(creator.create(boat));
    expect(error).toMatchObject({ action: 'renew', serverTimeMs: serverS * 1000 });
    expect(seen.length).toBe(3);
    creator.renewCredentials(error.serverTimeMs);
    await creator.create(boat);

    script = json(401, { code: 1004, message: 'expired' }, { date });
    await failure(reader.getTask('text2video', { taskId: '1' }));
    expect(seen.length).toBe(6);
    await failure(client().getTask('text2video', { taskId: '1' }));
    expect(seen.length).toBe(7);
  });

  it.each([['apiKey', { apiKey: 'two words' }], ['apiKey', { apiKey: '' }], ['secretKey', { accessKey: 'a', secretKey: 'pässword' }], ['accessKey', { accessKey: 'a\nb', secretKey: 'c' }]])(
    'refuses an unusable %s without showing it',
    (_name, credentials) => {
      expect(() => client({ credentials })).toThrow(expect.objectContaining({ code: 'KLING_CREDENTIALS_INVALID', message: expect.not.stringMatching(/two words|pässword/) as string }));
    },
  );

  it.each([
    ['http://api.example', 'https'],
    ['https://me:pw@api.example', 'user name'],
    ['https://api.example/?x=1', '?'],
    ['ftp://api.example', 'https'],
    ['http://127.0.0.1.example', 'https'],
    ['nonsense', 'address'],
  ])('refuses the base URL %s', (url, why) => {
    expect(() => client({ baseUrl: url })).toThrow(expect.objectContaining({ code: 'KLING_BASE_URL_INVALID', message: expect.stringContaining(why) as string }));
  });

  it('keeps the path of a gateway', async () => {
    script = ok(finished);
    await client({ baseUrl: `${baseUrl()}/kling/` }).getTask('text2video', { taskId: '1' });
    expect(seen[0]!.url).toBe('/kling/v1/videos/text2video/1');
  });
});

describe('secrets', () => {
  const everything = (error: unknown) => `${inspect(error, { depth: 12, showHidden: true })}${JSON.stringify(error)}${String((error as Error).stack)}${JSON.stringify((error as KlingError).localizedMessage('de'))}`;
  const echo = (status: number, wrap: (text: string) => unknown): Script => (response, request) => json(status, wrap(`you sent ${request.headers.authorization!}`))(response, request);

  it.each([
    ['an API key', { apiKey: API_KEY }, [API_KEY]],
    ['a pair of keys', PAIR, [PAIR.accessKey, PAIR.secretKey]],
  ])('of %s are in no error, whatever the other side echoes', async (_what, credentials, secrets) => {
    const scripts: Script[] = [
      echo(400, (text) => ({ code: 1201, message: `${text} ${secrets.join(' ')} ${secrets.map(encodeURIComponent).join()} ${secrets.map((secret) => Buffer.from(secret).toString('base64')).join()}`, request_id: text })),
      echo(502, (text) => `<html>${text}</html>`),
      echo(200, (text) => ({ code: 0, data: { no: text } })),
      (response) => response.socket!.destroy(),
    ];
    const hidden = new Set<string>(secrets);
    for (const one of scripts) {
      script = one;
      const error = await failure(client({ credentials }).create(boat));
      hidden.add(seen.at(-1)!.headers.authorization!.replace('Bearer ', ''));
      for (const secret of hidden) {
        expect(everything(error)).not.toContain(secret);
        expect(everything(error)).not.toContain(encodeURIComponent(secret));
        expect(everything(error)).not.toContain(Buffer.from(secret).toString('base64'));
      }
    }
  });

  it('are in no error of a fetch that keeps its request', async () => {
    let authorization = '';
    const leaky: typeof fetch = async (_input, init) => {
      authorization = (init!.headers as Record<string, string>)['authorization']!;
      throw Object.assign(new TypeError(`failed with ${authorization}`, { cause: Object.assign(new Error(authorization), { code: 'ECONNRESET', request: init }) }), { request: init });
    };
    for (const credentials of [{ apiKey: API_KEY }, PAIR]) {
      const error = await failure(client({ credentials, fetch: leaky }).create(boat));
      expect(authorization.length).toBeGreaterThan(40);
      expect(everything(error)).not.toContain(authorization.replace('Bearer ', ''));
    }
  });

  it('are not in the client itself', () => {
    for (const credentials of [{ apiKey: API_KEY }, PAIR]) {
      const shown = inspect(client({ credentials }), { depth: 12, showHidden: true }) + JSON.stringify(client({ credentials }));
      for (const secret of [API_KEY, PAIR.accessKey, PAIR.secretKey]) expect(shown).not.toContain(secret);
    }
  });
});
