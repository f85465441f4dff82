import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { ROUTES, type ReadCall, type Route, type RouteName } from '../protocol/api/index.ts';
import { isFileAnswer, type CallFacts } from './call.ts';
import { apiError, asStudioError, HttpError, httpStatusOf } from './errors.ts';
import { streamEvents } from './event-stream.ts';
import { handlers } from './handlers/index.ts';
import { safeHeaders } from './page-headers.ts';
import { readCall } from './read-call.ts';
import { REFERENCE_STYLE } from './reference-page.ts';
import { sendFile } from './send-file.ts';
import type { ServerParts } from './server-parts.ts';
import { filmTurn, IN_TURN } from './turns.ts';
import type { StaticPage } from './static-page.ts';

type Env = { Bindings: HttpBindings };
type AnyHandler = (call: ReadCall<'getProject'>, parts: ServerParts, facts: CallFacts) => Promise<unknown>;

export interface AppOptions {
  parts: ServerParts;
  page: StaticPage;
  /** For tests: answers are checked against the table as well. */
  checkAnswers?: boolean;
  onBug: (error: unknown) => void;
}

/** The route table as an application: every request is read by its schema, handled, and answered in one form. */
export function createApp(options: AppOptions): Hono<Env> {
  const { parts, page } = options;
  const app = new Hono<Env>();
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    const work = name === 'events' ? eventsOf(parts) : answerOf(name as RouteName, route, (handlers as unknown as Record<string, AnyHandler | undefined>)[name], options);
    if (work) app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), work);
  }
  app.get('/api/reference.css', async (context) => await send(context, { body: { bytes: Buffer.from(REFERENCE_STYLE) }, mediaType: 'text/css; charset=utf-8' }));
  app.all('/api/*', (context) => {
    throw new HttpError(404, 'ROUTE_UNKNOWN', `There is no ${context.req.method} ${context.req.path.slice(0, 200)}.`, { next: 'GET /api/reference lists what there is.' });
  });
  app.get('*', async (context) => {
    const { headers, ...file } = await page.find(context.req.path);
    return await send(context, file, headers);
  });
  app.notFound((context) => refuse(context, new HttpError(404, 'ROUTE_UNKNOWN', 'There is no such thing here.', { next: 'GET /api/reference lists what there is.' })));
  app.onError((error, context) => {
    const said = asStudioError(error);
    if (said.code === 'INTERNAL') options.onBug(error);
    return refuse(context, said);
  });
  return app;
}

function answerOf(routeName: RouteName, route: Route, handler: AnyHandler | undefined, { parts, checkAnswers }: AppOptions): ((context: Context<Env>) => Promise<Response>) | undefined {
  if (!handler) return undefined;
  return async (context) => {
    const { incoming } = context.env;
    const headers: Record<string, string> = {};
    const facts: CallFacts = { incoming, header: (name) => context.req.header(name), setHeader: (name, value) => (headers[name] = value) };
    const call = await readCall(route, { params: context.req.param() as Record<string, string>, query: context.req.query(), incoming });
    const work = async () => await handler(call as ReadCall<'getProject'>, parts, facts);
    const turn = IN_TURN[routeName];
    const answer = turn === undefined ? await work() : await parts.turns.run(turn === 'film' ? filmTurn((call as ReadCall<'getProject'>).params.projectId) : turn, work);
    if (isFileAnswer(answer)) return await send(context, answer);
    if (checkAnswers === true && typeof route.answer === 'object' && 'parse' in route.answer) route.answer.parse(answer);
    return context.json(answer as object, (route.status ?? 200) as 200, { ...safeHeaders(), 'cache-control': 'no-store', ...headers });
  };
}

function eventsOf(parts: ServerParts): (context: Context<Env>) => Promise<Response> {
  return async (context) => {
    const { incoming, outgoing } = context.env;
    const { query } = await readCall(ROUTES.events, { params: {}, query: context.req.query(), incoming });
    const { projectId: watched } = query as { projectId?: string };
    const { boards, log, jobs, watch } = parts;
    // Read before the stream begins; from then on every change of them is an event.
    await watch.look({ whole: true });
    await boards.all();
    if (watched !== undefined) await boards.open(watched);
    const letGo = watched === undefined ? () => {} : boards.hold(watched);
    const endWatch = watch.begin();
    outgoing.on('close', () => {
      letGo();
      endWatch();
    });
    const snapshot = () => {
      const board = watched === undefined ? undefined : boards.find(watched);
      return { projects: boards.known(), jobs: jobs.list(), paused: jobs.paused, ...(board ? { project: board.summary, cards: [...board.cards.values()] } : {}) };
    };
    streamEvents(log, { watched, lastEventId: context.req.header('last-event-id'), snapshot }, outgoing, safeHeaders());
    return RESPONSE_ALREADY_SENT;
  };
}

async function send(context: Context<Env>, answer: Parameters<typeof sendFile>[0], headers: Readonly<Record<string, string>> = safeHeaders()): Promise<Response> {
  const { incoming, outgoing } = context.env;
  await sendFile(answer, incoming, outgoing, headers);
  return RESPONSE_ALREADY_SENT;
}

function refuse(context: Context<Env>, error: ReturnType<typeof asStudioError>): Response {
  const headers: Record<string, string> = { ...safeHeaders(), 'cache-control': 'no-store' };
  // What is still being sent to us is not read; the connection ends with the answer.
  if (error.code === 'UPLOAD_TOO_LARGE') headers['connection'] = 'close';
  return context.json(apiError(error), httpStatusOf(error) as 400, headers);
}
