import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { StudioError, messageOf as errorText, systemErrorCode } from '../lib/errors.ts';
import { dispatch, isLoopback } from './app.ts';
import type { RouteContext } from './call.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import { CutOff, messageOf, type Message, type Reply } from './reply.ts';

/** Two pictures of 10 MB in base64 are 27 MB. */
export const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

export interface HttpServer {
  /** `http://host:port`, no slash at the end. */
  baseUrl: string;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** @throws StudioError `SANDBOX_PORT_UNUSABLE` when it cannot listen there. */
export async function startHttpServer({ host, port }: { host: string; port: number }, context: RouteContext): Promise<HttpServer> {
  const answer = async (request: Request, { incoming, outgoing }: HttpBindings): Promise<Response> => {
    const reply = await dispatch(request, {
      context,
      readBody: async () => await readBody(incoming),
      isLocalPeer: isLoopback(incoming.socket.remoteAddress ?? ''),
    });
    await sendReply(reply, outgoing, context);
    return RESPONSE_ALREADY_SENT;
  };
  const server = createAdaptorServer({ fetch: (request, env) => answer(request, env as HttpBindings), overrideGlobalObjects: false }) as Server;
  const { port: boundPort } = await listen(server, host, port);
  return {
    baseUrl: `http://${hostForUrl(host)}:${boundPort}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeAllConnections();
      }),
  };
}

async function sendReply(reply: Reply, outgoing: ServerResponse, context: RouteContext): Promise<void> {
  const { delayMs = 0 } = reply;
  if (delayMs === Number.POSITIVE_INFINITY) return; // the connection stays open until one side has enough
  if (delayMs > 0) {
    const waited = await context.clock.sleep(delayMs, context.closing).then(
      () => true,
      () => false,
    );
    if (!waited) return; // closing cuts the connection
  }
  if (reply.kind === 'reset') outgoing.socket?.resetAndDestroy();
  else await sendMessage(messageOf(reply, { clock: context.clock, signal: context.closing }), outgoing, context);
}

async function sendMessage({ httpStatus, headers, body }: Message, outgoing: ServerResponse, context: RouteContext): Promise<void> {
  outgoing.writeHead(httpStatus, { ...headers, date: new Date(context.now() + context.skewMs()).toUTCString() });
  if (typeof body !== 'function') {
    outgoing.end(body);
    return;
  }
  try {
    for await (const piece of body()) await written(outgoing, piece);
    outgoing.end();
  } catch (error) {
    // Cut on purpose, after what was sent has gone out; or the caller went away, or the file did.
    if (error instanceof CutOff) outgoing.socket?.destroySoon();
    else outgoing.destroy();
  }
}

/** Waits until the piece is on its way, so that no clip piles up in memory. */
async function written(outgoing: ServerResponse, piece: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    outgoing.write(piece, (error) => {
      if (error == null) resolve();
      else reject(error);
    });
  });
}

/** Read from the connection itself, so that a body beyond the limit is never held. */
async function readBody(incoming: IncomingMessage): Promise<string | { refusal: Refusal }> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > LARGEST_BODY_BYTES) return { refusal: REFUSALS.bodyTooLarge };
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw new StudioError('SANDBOX_PORT_UNUSABLE', `The sandbox cannot listen on ${host}:${port}: ${errorText(error)}.`, {
      next: systemErrorCode(error) === 'EADDRINUSE' ? 'Choose another port, or 0 for any free one.' : 'Choose another host or port.',
      cause: error,
      detail: { host, port },
    });
  }
  return server.address() as AddressInfo;
}

function hostForUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
