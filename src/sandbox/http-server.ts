import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { StudioError, messageOf, systemErrorCode } from '../lib/errors.ts';
import type { Call, RouteContext } from './call.ts';
import { refused } from './envelope.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import { httpStatusOf, sendReply, type Reply } from './reply.ts';
import type { RequestLog } from './request-log.ts';
import { ROUTES } from './routes.ts';

type Env = { Bindings: HttpBindings };

/** Two pictures of 10 MB in base64 are 27 MB. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

export interface HttpServer {
  /** `http://host:port`, no slash at the end. */
  baseUrl: string;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** @throws StudioError `SANDBOX_PORT_UNUSABLE` when it cannot listen there. */
export async function startHttpServer(
  { host, port }: { host: string; port: number },
  context: RouteContext,
  log: RequestLog,
): Promise<HttpServer> {
  const app = new Hono<Env>();
  for (const { method, path, handler } of ROUTES) {
    app.on(method, path, (c) => answer(c, log, context, async () => await handler(callOf(c), context)));
  }
  // After all of them: one path may have two methods, and the first match answers.
  for (const { path } of ROUTES) app.all(path, (c) => answer(c, log, context, () => refused(REFUSALS.wrongMethod)));
  app.notFound((c) => answer(c, log, context, () => refused(REFUSALS.noSuchResource(c.req.path))));

  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
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

async function answer(c: Context<Env>, log: RequestLog, context: RouteContext, makeReply: () => Reply | Promise<Reply>): Promise<Response> {
  let reply: Reply;
  try {
    reply = await makeReply();
  } catch (error) {
    // A bug of the sandbox's, or its disk: said in Kling's words, and with the reason, since no secret is near.
    reply = refused({ ...REFUSALS.internal, message: `${REFUSALS.internal.message}: ${messageOf(error)}` });
  }
  log.add({
    atMs: context.now(),
    method: c.req.method,
    path: c.req.path,
    carriedAuthorization: c.req.header('authorization') !== undefined,
    httpStatus: httpStatusOf(reply),
    fault: reply.fault,
  });
  await sendReply(reply, c.env.outgoing);
  return RESPONSE_ALREADY_SENT;
}

function callOf(c: Context<Env>): Call {
  const url = new URL(c.req.url);
  return {
    method: c.req.method,
    param: (name) => c.req.param(name) ?? '',
    query: url.searchParams,
    header: (name) => c.req.header(name),
    readBody: async () => await readBody(c.env.incoming),
    origin: url.origin,
    isLocal: isLoopback(c.env.incoming.socket.remoteAddress ?? '') && isLoopback(url.hostname),
  };
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

/** By address and by name: a page that gave its own name this machine's address is not local. */
function isLoopback(name: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|::ffff:127(\.\d{1,3}){3})$/i.test(name);
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
    throw new StudioError('SANDBOX_PORT_UNUSABLE', `The sandbox cannot listen on ${host}:${port}: ${messageOf(error)}.`, {
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
