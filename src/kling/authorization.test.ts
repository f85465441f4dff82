import { decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../lib/clock.ts';
import { PAIR, boat, failure, finished, json, ok, openScriptedKling, type ScriptedKling, type Seen } from './kling-under-test.ts';

let kling: ScriptedKling;
beforeEach(async () => {
  kling = await openScriptedKling();
});
afterEach(() => kling.close());

describe('credentials', () => {
  const bearer = (request: Seen) => request.headers.authorization!.replace(/^Bearer /, '');

  it('signs a token as Kling wants it, keeps it, and renews it early', async () => {
    let nowMs = 1_795_340_000_000;
    const clock: Clock = { ...systemClock, now: () => nowMs };
    kling.answer = ok(finished);
    const one = kling.client({ credentials: PAIR, clock });
    expect(one.credentialKind).toBe('jwt');
    await one.getTask('text2video', { taskId: '1' });
    nowMs += 1_499_000;
    await one.getTask('text2video', { taskId: '1' });
    nowMs += 2_000;
    await one.getTask('text2video', { taskId: '1' });
    const tokens = kling.seen.map(bearer);
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
    kling.answer = (response, request) => {
      const { nbf } = JSON.parse(Buffer.from(bearer(request).split('.')[1]!, 'base64url').toString()) as { nbf: number };
      (nbf > serverS ? json(401, { code: 1003, message: 'not yet' }, { date }) : ok(finished))(response, request);
    };
    const reader = kling.client({ credentials: PAIR, clock });
    expect(await reader.getTask('text2video', { taskId: '1' })).toMatchObject({ status: 'succeeded' });
    expect(kling.seen.length).toBe(2);

    const creator = kling.client({ credentials: PAIR, clock });
    const error = await failure(creator.create(boat));
    expect(error).toMatchObject({ action: 'renew', serverTimeMs: serverS * 1000 });
    expect(kling.seen.length).toBe(3);
    creator.renewCredentials(error.serverTimeMs);
    await creator.create(boat);

    kling.answer = json(401, { code: 1004, message: 'expired' }, { date });
    await failure(reader.getTask('text2video', { taskId: '1' }));
    expect(kling.seen.length).toBe(6);
    await failure(kling.client().getTask('text2video', { taskId: '1' }));
    expect(kling.seen.length).toBe(7);
  });

  it.each([['apiKey', { apiKey: 'two words' }], ['apiKey', { apiKey: '' }], ['secretKey', { accessKey: 'a', secretKey: 'pässword' }], ['accessKey', { accessKey: 'a\nb', secretKey: 'c' }]])(
    'refuses an unusable %s without showing it',
    (_name, credentials) => {
      expect(() => kling.client({ credentials })).toThrow(expect.objectContaining({ code: 'KLING_CREDENTIALS_INVALID', message: expect.not.stringMatching(/two words|pässword/) as string }));
    },
  );
});
