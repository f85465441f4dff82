import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finished, ok, openScriptedKling, type ScriptedKling } from './kling-under-test.ts';

let kling: ScriptedKling;
beforeEach(async () => {
  kling = await openScriptedKling();
});
afterEach(() => kling.close());

describe('the base URL', () => {
  it.each([
    ['http://api.example', 'https'],
    ['https://me:pw@api.example', 'user name'],
    ['https://api.example/?x=1', '?'],
    ['ftp://api.example', 'https'],
    ['http://127.0.0.1.example', 'https'],
    ['nonsense', 'address'],
    ['http://127.0.0.1:6000', 'port 6000'],
    ['https://api.example:6667/kling', 'port 6667'],
  ])('refuses the base URL %s', (url, why) => {
    expect(() => kling.client({ baseUrl: url })).toThrow(expect.objectContaining({ code: 'KLING_BASE_URL_INVALID', message: expect.stringContaining(why) as string }));
  });

  it('keeps the path of a gateway', async () => {
    kling.answer = ok(finished);
    await kling.client({ baseUrl: `${kling.baseUrl}/kling/` }).getTask('text2video', { taskId: '1' });
    expect(kling.seen[0]!.url).toBe('/kling/v1/videos/text2video/1');
  });
});
