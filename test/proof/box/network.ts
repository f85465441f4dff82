import type { Clock } from '../../../src/lib/clock.ts';
import type { Life } from './life.ts';

/** What a request is for, in the names of the moments around it. */
export type CallKind = 'create' | 'look' | 'get' | 'list' | 'tasks' | 'costs' | 'download' | 'other';

export function callKind(method: string, url: URL): CallKind {
  const { pathname } = url;
  if (method === 'POST') return 'create';
  if (pathname === '/tasks') return 'tasks';
  if (pathname === '/account/costs') return 'costs';
  if (pathname.startsWith('/clips/')) return 'download';
  const [, id] = /^\/v1\/videos\/[^/]+(?:\/(.+))?$/.exec(pathname) ?? ['', 'none'];
  if (id === 'none') return 'other';
  if (id === undefined) return 'list';
  return id.startsWith('ds1-') ? 'look' : 'get';
}

/** A request as the other side gets it. */
export interface Arrival {
  kind: CallKind;
  url: URL;
  headers: Headers;
  by: Life;
}

export interface NetworkOptions {
  /** The other side. */
  fetch: typeof fetch;
  clock: Clock;
  /** One way, in virtual milliseconds. */
  latencyMs: (kind: CallKind) => number;
  /** Hears every request as it arrives. */
  onArrival: (arrival: Arrival) => void;
  /** Hears when it has been answered, and was not lost on the way. */
  onAnswered: (arrival: Arrival) => void;
}

/**
 * The network of one process. A request that has left arrives, whatever becomes of the process or of its patience;
 * nothing comes back to the dead.
 */
export function networkOf(life: Life, options: NetworkOptions): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = init.method ?? 'GET';
    const kind = callKind(method, url);
    const headers = new Headers(init.headers);
    // Read whole before it leaves: the bytes are on their way then.
    const body = init.body === undefined || init.body === null || typeof init.body === 'string' ? init.body : Buffer.from(await new Response(init.body).arrayBuffer());
    return await life.step(`fetch ${kind}`, async () => await withAbort(init.signal ?? undefined, travel(kind, url, { method, headers, body, redirect: 'manual' }, init.signal ?? undefined)));
  };

  async function travel(kind: CallKind, url: URL, request: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    const arrival: Arrival = { kind, url, headers: request.headers as Headers, by: life };
    await options.clock.sleep(options.latencyMs(kind));
    options.onArrival(arrival);
    try {
      // An abort after it has arrived is seen by the other side as a closed connection.
      return await options.fetch(url, { ...request, ...(signal ? { signal } : {}) });
    } finally {
      options.onAnswered(arrival);
      await options.clock.sleep(options.latencyMs(kind));
    }
  }
}

async function withAbort<Result>(signal: AbortSignal | undefined, work: Promise<Result>): Promise<Result> {
  if (!signal) return await work;
  work.catch(() => {});
  return await new Promise<Result>((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
