import type { Clock } from '../lib/clock.ts';
import { messageOf, systemErrorCode } from '../lib/errors.ts';
import type { Authorization } from './authorization.ts';
import { cannotHaveArrived } from './connection-failure.ts';
import { KlingError, type KlingErrorFacts } from './kling-error.ts';
import { parseJsonLosslessly } from './lossless-json.ts';
import { judgeAnswer } from './outcome.ts';
import { redactedCause, type Redact } from './redact.ts';
import { envelopeSchema } from './wire.ts';

export interface Transport {
  /** From {@link checkedBaseUrl}. */
  baseUrl: string;
  fetch: typeof fetch;
  clock: Clock;
  authorization: Authorization;
  redact: Redact;
  userAgent: string;
  /** Told Kling's time with every answer that names it, in milliseconds since 1970. */
  onServerTime: (serverTimeMs: number) => void;
}

export interface KlingCall {
  call: 'create' | 'read';
  method: 'GET' | 'POST';
  /** Begins with a slash. */
  path: string;
  query?: Record<string, string | number>;
  body?: unknown;
  /** Longest wait for the whole answer, in milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface KlingSuccess {
  data: unknown;
  /** For whoever finds the data unusable. */
  unreadable(said: string): KlingError;
  refusedInside(klingCode: number, message: string): KlingError;
}

/** Kling's largest answer is a list of 500 tasks, well below this. */
const ANSWER_MAX_BYTES = 8 * 1024 * 1024;
/** Of what the other side said, in characters; a proxy may send a page. */
const SAID_MAX = 400;

/**
 * One call, sent once: no retry in here, nor in the fetch below.
 * @throws KlingError for everything but an envelope with code 0; the caller's abort reason, unchanged.
 */
export async function callKling(transport: Transport, call: KlingCall): Promise<KlingSuccess> {
  const { clock, redact } = transport;
  call.signal?.throwIfAborted();
  const tried = `${call.method} ${redact(call.path)}`;
  const known: Partial<KlingErrorFacts> = {};
  const fail = (facts: Pick<KlingErrorFacts, 'code' | 'decision' | 'said'> & Partial<KlingErrorFacts>): KlingError =>
    new KlingError({ tried, call: call.call, ...known, ...facts, said: facts.said === undefined ? undefined : tidy(redact(facts.said)) });
  const unreadable = (said: string) => fail({ code: 'KLING_ANSWER_UNREADABLE', decision: { outcome: 'unknown' }, said });

  const authorization = await transport.authorization.header();
  const timeOut = new AbortController();
  const stopTimer = new AbortController();
  const signals = [timeOut.signal, ...(call.signal === undefined ? [] : [call.signal])];
  clock.sleep(call.timeoutMs, stopTimer.signal).then(
    () => timeOut.abort(),
    () => undefined,
  );
  try {
    const response = await send(transport, call, authorization, AbortSignal.any(signals));
    Object.assign(known, factsOf(response, clock));
    if (known.serverTimeMs !== undefined) transport.onServerTime(known.serverTimeMs);
    const text = await readText(response);
    // A redirect would carry the key to another host; it is not followed, and it is not Kling's word.
    if (response.status >= 300 && response.status < 400) throw unreadable('it points to another address');
    if (text === undefined) throw unreadable(`it is longer than ${ANSWER_MAX_BYTES / 1024 / 1024} MB`);
    const envelope = envelopeSchema.safeParse(tryJson(text));
    if (!envelope.success) throw unreadable(text.trim() === '' ? 'it is empty' : `it begins “${tidy(text.slice(0, 160))}”`);
    const { code, message, request_id: requestId, data } = envelope.data;
    if (requestId !== null && requestId !== undefined && requestId !== '') known.requestId = tidy(redact(requestId)).slice(0, 100);
    const refusedInside = (klingCode: number, said: string) =>
      fail({ ...judgeAnswer({ httpStatus: response.status, klingCode, message: said, call: call.call }), klingCode, said });
    if (code !== 0) throw refusedInside(code, message ?? '');
    if (!response.ok) throw unreadable('it says success with a status that does not');
    return { data, unreadable, refusedInside };
  } catch (error) {
    if (error instanceof KlingError) throw error;
    // The caller's own abort comes back as it was given.
    call.signal?.throwIfAborted();
    if (timeOut.signal.aborted) {
      throw fail({ code: 'KLING_ANSWER_LOST', decision: { outcome: 'unknown' }, said: `no answer within ${call.timeoutMs / 1000} s` });
    }
    const cause = redactedCause(error, redact);
    const said = systemErrorCode(error) ?? messageOf(error);
    if (known.httpStatus === undefined && cannotHaveArrived(error)) {
      throw fail({ code: 'KLING_UNREACHABLE', decision: { outcome: 'unsent' }, said, cause });
    }
    throw fail({ code: 'KLING_ANSWER_LOST', decision: { outcome: 'unknown' }, said, cause });
  } finally {
    stopTimer.abort();
  }
}

async function send(transport: Transport, call: KlingCall, authorization: string, signal: AbortSignal): Promise<Response> {
  const query = new URLSearchParams(Object.entries(call.query ?? {}).map(([key, value]): [string, string] => [key, String(value)]))
    .toString()
    // Lists of ids go out as Kling writes them.
    .replaceAll('%2C', ',');
  const headers: Record<string, string> = {
    authorization,
    accept: 'application/json',
    'user-agent': transport.userAgent,
  };
  const init: RequestInit = { method: call.method, headers, signal, redirect: 'manual' };
  if (call.body !== undefined) {
    const bytes = Buffer.from(JSON.stringify(call.body));
    headers['content-type'] = 'application/json';
    headers['content-length'] = String(bytes.length);
    // A stream, because it can't be played twice: with a text, fetch sends the request again after a 421.
    init.body = new Blob([bytes]).stream();
    init.duplex = 'half';
  }
  return transport.fetch(`${transport.baseUrl}${call.path}${query === '' ? '' : `?${query}`}`, init);
}

/** The whole body, or `undefined` when it is too long. Throws when it is cut short. */
async function readText(response: Response): Promise<string | undefined> {
  if (response.body === null) return '';
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    sizeBytes += piece.byteLength;
    if (sizeBytes > ANSWER_MAX_BYTES) return undefined;
    pieces.push(piece);
  }
  const announced = response.headers.get('content-length');
  if (announced !== null && response.headers.get('content-encoding') === null && Number(announced) > sizeBytes) {
    throw new Error(`the answer was cut short after ${sizeBytes} of ${announced} bytes`);
  }
  return Buffer.concat(pieces).toString('utf8').replace(/^\uFEFF/, '');
}

function factsOf(response: Response, clock: Clock): Partial<KlingErrorFacts> {
  const serverTimeMs = Date.parse(response.headers.get('date') ?? '');
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), Number.isNaN(serverTimeMs) ? clock.now() : serverTimeMs);
  return {
    httpStatus: response.status,
    ...(Number.isNaN(serverTimeMs) ? {} : { serverTimeMs }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Seconds, or a date by the server's clock. An hour at most: Kling documents no such header, so a long one is somebody's mistake. */
function readRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), 3_600_000);
}

function tryJson(text: string): unknown {
  try {
    return parseJsonLosslessly(text);
  } catch {
    return undefined;
  }
}

/** One line without control characters, and not too long. */
function tidy(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim();
  return line.length > SAID_MAX ? `${line.slice(0, SAID_MAX)}…` : line;
}
