import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KlingError } from './kling-error.ts';
import { API_KEY, PAIR, boat, failure, json, openScriptedKling, type Script, type ScriptedKling } from './kling-under-test.ts';

let kling: ScriptedKling;
beforeEach(async () => {
  kling = await openScriptedKling();
});
afterEach(() => kling.close());

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
      kling.answer = one;
      const error = await failure(kling.client({ credentials }).create(boat));
      hidden.add(kling.seen.at(-1)!.headers.authorization!.replace('Bearer ', ''));
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
      const error = await failure(kling.client({ credentials, fetch: leaky }).create(boat));
      expect(authorization.length).toBeGreaterThan(40);
      expect(everything(error)).not.toContain(authorization.replace('Bearer ', ''));
    }
  });

  it('are not in the client itself', () => {
    for (const credentials of [{ apiKey: API_KEY }, PAIR]) {
      const shown = inspect(kling.client({ credentials }), { depth: 12, showHidden: true }) + JSON.stringify(kling.client({ credentials }));
      for (const secret of [API_KEY, PAIR.accessKey, PAIR.secretKey]) expect(shown).not.toContain(secret);
    }
  });
});
