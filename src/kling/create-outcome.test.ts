import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../lib/clock.ts';
import { boat, failure, json, ok, openScriptedKling, refusal, submitted, type Script, type ScriptedKling } from './kling-under-test.ts';

let kling: ScriptedKling;
beforeEach(async () => {
  kling = await openScriptedKling();
});
afterEach(() => kling.close());

describe('a create', () => {
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
    kling.answer = answer;
    const error = await failure(kling.client({ clock: handClock }).create(boat));
    expect([error.kind, error.outcome, error.action]).toEqual(['unknown', 'unknown', undefined]);
    expect(error.tried).toBe('POST /v1/videos/text2video');
    expect(kling.seen.length).toBe(1);
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
    kling.answer = json(status, { code, message, request_id: 'req-7' }, { 'retry-after': '7', date: 'Mon, 23 Nov 2026 01:02:03 GMT' });
    const error = await failure(kling.client().create(boat));
    expect(error).toMatchObject({ kind: 'refused', outcome: 'refused', action, code: name, klingCode: code, httpStatus: status, requestId: 'req-7', said: message, retryAfterMs: 7000 });
    expect(error.serverTimeMs).toBe(Date.UTC(2026, 10, 23, 1, 2, 3));
    expect(error.message).toContain(`code ${code}, request req-7`);
    expect(kling.seen.length).toBe(1);
  });

  it('reads a moment to come back by the clock it was told in, not by ours', async () => {
    const clock: Clock = { ...systemClock, now: () => Date.UTC(2026, 10, 23, 5) };
    kling.answer = json(429, { code: 1302, message: 'too fast' }, { date: 'Mon, 23 Nov 2026 01:02:03 GMT', 'retry-after': 'Mon, 23 Nov 2026 01:02:13 GMT' });
    expect(await failure(kling.client({ clock }).create(boat))).toMatchObject({ retryAfterMs: 10_000 });
  });

  it('knows that nothing was sent when nobody listens', async () => {
    await kling.close();
    const error = await failure(kling.client().create(boat));
    expect([error.kind, error.outcome, error.said]).toEqual(['unsent', 'unsent', 'ECONNREFUSED']);
  });

  it('knows that nothing was sent when TLS does not come about', async () => {
    kling.answer = ok(submitted);
    const error = await failure(kling.client({ baseUrl: kling.baseUrl.replace('http:', 'https:') }).create(boat));
    expect(error.outcome).toBe('unsent');
    expect(kling.seen).toEqual([]);
  });
});
