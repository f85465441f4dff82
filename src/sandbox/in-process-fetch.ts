import { dispatch } from './app.ts';
import type { RouteContext } from './call.ts';
import { LARGEST_BODY_BYTES } from './http-server.ts';
import { REFUSALS } from './refusals.ts';
import { CutOff, messageOf, type Message, type Reply } from './reply.ts';

/**
 * A `fetch` that asks this sandbox without a socket: the same routes, the same checks, the same faults, and errors as
 * Node's own fetch throws them. It waits by the sandbox's clock alone. Other addresses, and a sandbox that is closed,
 * refuse the connection.
 */
export function createInProcessFetch(baseUrl: string, context: RouteContext): typeof fetch {
  return async (input, init) => {
    const asked = input instanceof Request ? input : undefined;
    const signal = init?.signal ?? asked?.signal;
    signal?.throwIfAborted();
    const url = input instanceof Request ? input.url : new URL(input).href;
    if (context.closing.aborted || new URL(url).origin !== baseUrl) throw failed('connect', 'ECONNREFUSED');
    const body = init?.body ?? asked?.body;
    const request = new Request(url, { method: init?.method ?? asked?.method ?? 'GET', headers: init?.headers ?? asked?.headers ?? {} });
    const readBody = async () => {
      const text = typeof body === 'string' ? body : await new Response(body as ConstructorParameters<typeof Response>[0]).text();
      return Buffer.byteLength(text) > LARGEST_BODY_BYTES ? { refusal: REFUSALS.bodyTooLarge } : text;
    };
    // Going on when the caller has gone: what Kling was sent, it has.
    const answered = dispatch(request, { context, readBody, isLocalPeer: true }).then(async (reply) => await respond(reply, url, context, signal));
    return await untilGone(answered, context.closing, signal);
  };
}

async function respond(reply: Reply, url: string, context: RouteContext, signal: AbortSignal | null | undefined): Promise<Response> {
  const { clock, closing, now, skewMs } = context;
  const { delayMs = 0 } = reply;
  if (delayMs === Number.POSITIVE_INFINITY) return await new Promise<never>(() => {});
  if (delayMs > 0) await clock.sleep(delayMs, signal == null ? closing : AbortSignal.any([closing, signal]));
  if (reply.kind === 'reset') throw failed('read', 'ECONNRESET');
  const { httpStatus, headers, body } = messageOf(reply, { clock, signal: closing });
  const response = new Response(typeof body === 'function' ? streamOf(body, Number(headers['content-length']), closing, signal) : (body ?? null), {
    status: httpStatus,
    headers: { ...headers, date: new Date(now() + skewMs()).toUTCString() },
  });
  Object.defineProperty(response, 'url', { value: url });
  return response;
}

/** The answer, unless the caller gives up or the sandbox closes before it is there. */
async function untilGone<Answer>(answered: Promise<Answer>, closing: AbortSignal, signal: AbortSignal | null | undefined): Promise<Answer> {
  return await new Promise<Answer>((resolve, reject) => {
    const onAbort = () => reject(signal?.reason as Error);
    const onClose = () => reject(failed('read', 'ECONNRESET'));
    const done = () => {
      signal?.removeEventListener('abort', onAbort);
      closing.removeEventListener('abort', onClose);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    closing.addEventListener('abort', onClose, { once: true });
    answered.then(resolve, reject).finally(done);
  });
}

/** The body piece by piece, each when it is asked for; cut off and broken as a socket's would be. */
function streamOf(body: NonNullable<Exclude<Message['body'], string>>, promisedBytes: number, closing: AbortSignal, signal: AbortSignal | null | undefined): ReadableStream<Uint8Array> {
  const pieces = body();
  let leftBytes = promisedBytes;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await untilGone(pieces.next(), closing, signal);
          if (next.done === true) controller.close();
          else if (leftBytes <= 0) {
            // Of a body that is longer than it said, the rest is never seen.
            controller.close();
            await pieces.return(undefined);
          } else {
            const piece = next.value.subarray(0, leftBytes);
            leftBytes -= piece.length;
            controller.enqueue(piece);
          }
        } catch (error) {
          controller.error(error instanceof CutOff ? terminated() : error);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    // Nothing is made before it is asked for, so that no waiting begins by itself.
    { highWaterMark: 0 },
  );
}

/** What undici throws when no answer came. */
function failed(syscall: 'connect' | 'read', code: 'ECONNREFUSED' | 'ECONNRESET'): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`${syscall} ${code}`), { code, syscall }) });
}

/** What undici throws when an answer ended too early. */
function terminated(): TypeError {
  return new TypeError('terminated', { cause: Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' }) });
}
