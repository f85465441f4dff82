import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cannotHaveArrived } from './connection-failure.ts';
import { KLING_ERROR_TEXTS } from './error-texts.ts';
import { KlingError } from './kling-error.ts';
import { judgeAnswer, KLING_ERROR_CODES, type KlingErrorCode } from './outcome.ts';

/** Written down a second time on purpose: a slip in the table is a clip paid twice or a film that stands still. */
const EXPECTED: Record<number, string> = {
  1000: 'renew', 1001: 'renew', 1002: 'renew', 1003: 'renew', 1004: 'renew',
  1100: 'stop-account', 1101: 'stop-account', 1102: 'stop-account', 1103: 'stop-account', 1304: 'stop-account',
  1200: 'fix-input', 1201: 'fix-input', 1202: 'fix-input', 1203: 'fix-input', 1300: 'fix-input', 1301: 'fix-input',
  1302: 'slow-down', 1303: 'wait-slot',
  5000: 'unknown', 5001: 'unknown', 5002: 'unknown',
};

function what(httpStatus: number, klingCode: number | undefined, message = '', call: 'create' | 'read' = 'create'): string {
  const { decision } = judgeAnswer({ httpStatus, klingCode, message, call });
  return decision.outcome === 'refused' ? decision.action : decision.outcome;
}

describe('the outcome table', () => {
  it('covers exactly the documented codes', () => {
    expect(Object.keys(KLING_ERROR_CODES)).toEqual(Object.keys(EXPECTED));
  });

  it.each(Object.entries(EXPECTED).map(([code, action]) => [Number(code), action] as const))('%d means %s, with its own status and with HTTP 200', (code, action) => {
    expect(what(KLING_ERROR_CODES[code]!.httpStatus, code)).toBe(action);
    expect(what(200, code)).toBe(action);
  });

  it('tells the meanings of HTTP 429 apart', () => {
    expect([1100, 1101, 1102, 1302, 1303, 1304].map((code) => what(429, code))).toEqual(['stop-account', 'stop-account', 'stop-account', 'slow-down', 'wait-slot', 'stop-account']);
    expect(what(429, undefined)).toBe('unknown');
  });

  it('reads what 1201 says', () => {
    expect(what(400, 1201, 'External_task_id ds1-x-a1 already exists')).toBe('already-exists');
    expect(what(400, 1201, 'Task not found by id/external id: ds1-x-a1', 'read')).toBe('not-found');
    // Only these words, from that question: everything else must not look like an absent task.
    expect(what(400, 1201, 'Voice id not found', 'read')).toBe('fix-input');
    expect(what(400, 1201, 'Task not found by id/external id: ds1-x-a1', 'create')).toBe('fix-input');
    expect(what(400, 1203, 'Task not found by id/external id: ds1-x-a1', 'read')).toBe('fix-input');
    expect(what(404, undefined, 'Task not found by id/external id: ds1-x-a1', 'read')).toBe('unknown');
  });

  it('knows a shut model by its text, under any code', () => {
    const text = "The model 'kling-v1' has been discontinued and is no longer available.";
    for (const code of [1200, 1201, 1203, 1999]) {
      expect(judgeAnswer({ httpStatus: 400, klingCode: code, message: text, call: 'create' })).toMatchObject({ code: 'KLING_MODEL_DISCONTINUED', decision: { action: 'fix-input' } });
    }
    expect(what(500, 5000, text)).toBe('unknown');
  });

  it('looks first whenever it is not sure', () => {
    for (const status of [500, 502, 503, 504, 520]) for (const code of [undefined, 0, 1102, 1201, 1303, 5000, 7777]) expect(what(status, code, 'External_task_id x already exists')).toBe('unknown');
    for (const status of [200, 400, 401, 403, 404, 408, 413, 421, 425, 429]) {
      expect(what(status, undefined)).toBe('unknown');
      expect(what(status, 1999)).toBe('unknown');
      expect(what(status, -1)).toBe('unknown');
    }
  });
});

describe('error texts', () => {
  it('exist for every code in both languages, and no two say the same', () => {
    const codes = Object.keys(KLING_ERROR_TEXTS) as KlingErrorCode[];
    for (const { code } of Object.values(KLING_ERROR_CODES)) expect(codes).toContain(code);
    for (const locale of ['en', 'de'] as const) {
      const texts = codes.map((code) => KLING_ERROR_TEXTS[code][locale].what);
      expect(new Set(texts).size).toBe(codes.length);
      for (const code of codes) expect(KLING_ERROR_TEXTS[code][locale].next).toMatch(/\.$/);
    }
  });

  it('come in the language asked for, with the numbers to quote', () => {
    const error = new KlingError({ code: 'KLING_BALANCE_EMPTY', decision: { outcome: 'refused', action: 'stop-account' }, tried: 'POST /v1/videos/text2video', call: 'create', said: 'Account balance not enough', klingCode: 1102, httpStatus: 429, requestId: 'req-7' });
    expect(error.message).toBe('The Kling account has no video units left: Account balance not enough (POST /v1/videos/text2video, HTTP 429, code 1102, request req-7).');
    expect(error.localizedMessage('de-AT').message).toBe('Das Kling-Konto hat keine Videoeinheiten mehr: Account balance not enough (POST /v1/videos/text2video, HTTP 429, code 1102, Anfrage req-7).');
    expect(error.localizedMessage('fr')).toEqual({ message: error.message, next: error.next });
    expect([error.kind, error.outcome, error.action, error.name, error.code]).toEqual(['refused', 'refused', 'stop-account', 'KlingError', 'KLING_BALANCE_EMPTY']);
    expect(inspect(error)).toContain('KlingError');
  });
});

describe('cannotHaveArrived', () => {
  const failed = (cause: unknown) => new TypeError('fetch failed', { cause });
  const system = (code: string, syscall?: string) => Object.assign(new Error(code), { code, syscall });

  it.each([
    ['an unknown name', system('ENOTFOUND', 'getaddrinfo')],
    ['a sleeping name server', system('EAI_AGAIN', 'getaddrinfo')],
    ['a refused connection', system('ECONNREFUSED', 'connect')],
    ['no way to the host', system('EHOSTUNREACH', 'connect')],
    ['no network', system('ENETUNREACH', 'connect')],
    ['a connect time-out', system('UND_ERR_CONNECT_TIMEOUT')],
    ['a bad certificate', system('DEPTH_ZERO_SELF_SIGNED_CERT')],
    ['several addresses, all refused', new AggregateError([system('ECONNREFUSED', 'connect'), system('ETIMEDOUT', 'connect')])],
  ])('is sure about %s', (_what, cause) => {
    expect(cannotHaveArrived(failed(cause))).toBe(true);
  });

  it.each([
    ['a reset', system('ECONNRESET', 'read')],
    ['a broken pipe', system('EPIPE', 'write')],
    ['a socket the other side closed', system('UND_ERR_SOCKET')],
    ['silence', system('UND_ERR_HEADERS_TIMEOUT')],
    ['a host lost on a standing connection', system('EHOSTUNREACH', 'read')],
    ['a time-out on a standing connection', system('ETIMEDOUT', 'read')],
    ['several addresses, one of them connected', new AggregateError([system('ECONNREFUSED', 'connect'), system('ECONNRESET', 'read')])],
    ['an error without a code', new Error('odd')],
    ['no error at all', 'odd'],
  ])('is not sure about %s', (_what, cause) => {
    expect(cannotHaveArrived(failed(cause))).toBe(false);
  });
});
