import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { request, sandboxUnderTest, type HandClock } from './sandbox-under-test.ts';
import type { Sandbox } from './sandbox.ts';

const LEGACY_PATHS = ['/v1/videos/text2video', '/v1/videos/image2video/any', '/account/costs?start_time=1&end_time=2'];

async function refusalOf(sandbox: Sandbox, path: string, authorization: string | undefined) {
  const { status, body } = await request(sandbox, path, { headers: authorization === undefined ? {} : { authorization } });
  return { status, ...body };
}

function jwt(sandbox: Sandbox, clock: HandClock, change: { iss?: string; secret?: string; exp?: number; nbf?: number } = {}) {
  const nowS = Math.floor(clock.now() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(change.iss ?? sandbox.accessKey)
    .setExpirationTime(nowS + (change.exp ?? 1800))
    .setNotBefore(nowS + (change.nbf ?? -5))
    .sign(new TextEncoder().encode(change.secret ?? sandbox.secretKey));
}

describe('authorization', () => {
  it.each(LEGACY_PATHS)('answers the recorded 401 bodies on %s, without a request id', async (path) => {
    await using under = await sandboxUnderTest();
    const { sandbox } = under;
    expect(await refusalOf(sandbox, path, undefined)).toEqual({ status: 401, code: 1001, message: 'Authorization is empty' });
    expect(await refusalOf(sandbox, path, 'Bearer ')).toEqual({ status: 401, code: 1001, message: 'Authorization is empty' });
    expect(await refusalOf(sandbox, path, 'Bearer api-key-kling-nobody')).toEqual({ status: 401, code: 1002, message: 'api key not found' });
    expect(await refusalOf(sandbox, path, 'Bearer garbage')).toEqual({
      status: 401,
      code: 1002,
      message: 'The token was expected to have 3 parts, but got 0',
    });
  });

  it('takes the key pair as a JWT, and says apart a token that is too early, too late, foreign or forged', async () => {
    await using under = await sandboxUnderTest();
    const { sandbox, clock } = under;
    const codeFor = async (change: Parameters<typeof jwt>[2]) => {
      const { status, code } = await refusalOf(sandbox, '/v1/videos/text2video', `Bearer ${await jwt(sandbox, clock, change)}`);
      return [status, code];
    };
    expect(await codeFor({})).toEqual([200, 0]);
    expect(await codeFor({ nbf: 60 })).toEqual([401, 1003]);
    expect(await codeFor({ exp: -1, nbf: -1800 })).toEqual([401, 1004]);
    expect(await codeFor({ iss: 'somebody else' })).toEqual([401, 1002]);
    expect(await codeFor({ secret: 'another secret' })).toEqual([401, 1002]);
    const token = await jwt(sandbox, clock);
    clock.pass(1801_000);
    expect((await refusalOf(sandbox, '/v1/videos/text2video', `Bearer ${token}`)).code).toBe(1004);
  });

  it('lets only API keys into GET /tasks and tells everyone else one thing', async () => {
    await using under = await sandboxUnderTest();
    const { sandbox, clock } = under;
    const keyOnly = {
      status: 401,
      code: 1002,
      message:
        'Authentication error. The current API does not support AK/SK; please go to the console (https://kling.ai/dev/api-key) to create API key.',
    };
    expect(await refusalOf(sandbox, '/tasks?task_ids=1', `Bearer ${await jwt(sandbox, clock)}`)).toEqual(keyOnly);
    expect(await refusalOf(sandbox, '/tasks?task_ids=1', 'Bearer garbage')).toEqual(keyOnly);
    expect(await refusalOf(sandbox, '/tasks?task_ids=1', undefined)).toMatchObject({ status: 401, code: 1001 });
    expect(await refusalOf(sandbox, '/tasks?task_ids=1', `Bearer ${sandbox.apiKey}`)).toMatchObject({ status: 200, code: 0 });
  });

  it('takes each of several keys', async () => {
    await using under = await sandboxUnderTest({ apiKey: ['api-key-old', 'api-key-new'] });
    for (const [key, code] of [['api-key-old', 0], ['api-key-new', 0], ['sandbox-api-key', 1002]]) {
      expect((await refusalOf(under.sandbox, '/v1/videos/text2video', `Bearer ${key}`)).code).toBe(code);
    }
    expect(under.sandbox.apiKey).toBe('api-key-old');
  });
});
