import { Hono, type Context } from 'hono';
import { messageOf } from '../lib/errors.ts';
import type { Call, RouteContext } from './call.ts';
import { refused } from './envelope.ts';
import { REFUSALS } from './refusals.ts';
import { httpStatusOf, type Reply } from './reply.ts';
import type { RouteName } from './request-log.ts';
import { ROUTES } from './routes.ts';

/** What a transport knows of a request beyond its address and headers. */
export interface Visit {
  context: RouteContext;
  readBody: Call['readBody'];
  /** The connection comes from this machine. */
  isLocalPeer: boolean;
}

type Env = { Bindings: Visit & { reply?: Reply } };

/** The routes. One for all sandboxes of the process: what differs between them comes along with each request. */
const APP = buildApp();

/** Answers a request, whatever brought it here. Never throws. */
export async function dispatch(request: Request, visit: Visit): Promise<Reply> {
  const env: Env['Bindings'] = { ...visit };
  await APP.fetch(request, env);
  return env.reply ?? { kind: 'reset' };
}

function buildApp(): Hono<Env> {
  const app = new Hono<Env>();
  for (const { name, method, path, handler } of ROUTES) {
    app.on(method, path, (c) => answer(c, name, () => handler(callOf(c), c.env.context)));
  }
  // After all of them: one path may have two methods, and the first match answers.
  for (const { name, path } of ROUTES) app.all(path, (c) => answer(c, name, () => refused(REFUSALS.wrongMethod)));
  app.notFound((c) => answer(c, 'other', () => refused(REFUSALS.noSuchResource(c.req.path))));
  return app;
}

async function answer(c: Context<Env>, route: RouteName, makeReply: () => Reply | Promise<Reply>): Promise<Response> {
  const { context } = c.env;
  let reply: Reply;
  try {
    reply = await makeReply();
  } catch (error) {
    // Closing ends every wait; else it is a bug of the sandbox's, or its disk: said in Kling's words, and with the reason, since no secret is near.
    if (context.closing.aborted) reply = { kind: 'reset' };
    else reply = refused({ ...REFUSALS.internal, message: `${REFUSALS.internal.message}: ${messageOf(error)}` });
  }
  context.log.add({
    atMs: context.now(),
    method: c.req.method,
    path: c.req.path,
    route,
    carriedAuthorization: c.req.header('authorization') !== undefined,
    httpStatus: httpStatusOf(reply),
    fault: reply.fault,
  });
  c.env.reply = reply;
  // The transport sends the reply: broken answers are beyond what a framework would send.
  return new Response(null);
}

function callOf(c: Context<Env>): Call {
  const url = new URL(c.req.url);
  return {
    method: c.req.method,
    param: (name) => c.req.param(name) ?? '',
    query: url.searchParams,
    header: (name) => c.req.header(name),
    readBody: c.env.readBody,
    origin: url.origin,
    isLocal: c.env.isLocalPeer && isLoopback(url.hostname),
  };
}

/** By address and by name: a page that gave its own name this machine's address is not local. */
export function isLoopback(name: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|::ffff:127(\.\d{1,3}){3})$/i.test(name);
}
