import * as z from 'zod';
import { StudioError } from '../lib/errors.ts';
import type { AdminActions, Call, Route, RouteContext } from './call.ts';
import { FAULT_KINDS } from './faults.ts';
import type { Reply } from './reply.ts';

/**
 * The sandbox's own pages, not Kling's: what happened, and how to make things happen while it runs. No key wanted, so
 * only callers of this machine that call it by a local name are answered, and no web page of somebody else.
 */
export const ADMIN_ROUTES: readonly Route[] = [
  page('GET', '/sandbox/record', (_call, { admin }) => ok(admin.record())),
  page('GET', '/sandbox/tasks', (_call, { admin }) => {
    const { balanceUnits, slots, tasks } = admin.record();
    return ok({ balanceUnits, slots, tasks });
  }),
  change('/sandbox/faults', z.strictObject({ queue: z.array(queued()).max(1000).optional(), rates: rates().optional(), seed: z.union([z.string(), z.number()]).optional() }), (body, { faults }) => {
    // First what can be wrong as a whole, so that a refused request changes nothing.
    if (body.rates !== undefined || body.seed !== undefined) faults.setRates(body.rates ?? faults.rates().rates, body.seed);
    for (const { kind, times, ...options } of body.queue ?? []) {
      const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
      faults.failNext(kind, { ...given, times: times === 'always' ? Number.POSITIVE_INFINITY : (times ?? 1) });
    }
    return { waiting: faults.waiting().length, ...faults.rates() };
  }),
  change('/sandbox/slots', z.strictObject({ slots: z.number() }), ({ slots }, { admin, store }) => {
    admin.setSlots(slots);
    return { slots: store.slots() };
  }),
  change('/sandbox/balance', z.strictObject({ addUnits: z.number() }), ({ addUnits }, { admin }) => {
    admin.addUnits(addUnits);
    return { balanceUnits: admin.record().balanceUnits };
  }),
  change('/sandbox/skew', z.strictObject({ ms: z.number() }), ({ ms }, { admin }) => {
    admin.setSkew(ms);
    return { skewMs: ms };
  }),
  change('/sandbox/clear', z.strictObject({}), (_body, { faults }) => {
    faults.clear();
    return { waiting: 0, ...faults.rates() };
  }),
];

function queued() {
  return z.strictObject({
    kind: z.enum(FAULT_KINDS),
    times: z.union([z.number().positive(), z.literal('always')]).optional(),
    prompt: z.string().optional(),
    ms: z.number().nonnegative().optional(),
    only: z.enum(['find', 'list', 'tasks']).optional(),
  });
}

function rates() {
  return z.partialRecord(z.enum(FAULT_KINDS), z.union([z.number(), z.strictObject({ probability: z.number(), ms: z.number() })]));
}

function page(method: 'GET' | 'POST', path: string, handler: (call: Call, context: RouteContext) => Reply | Promise<Reply>): Route {
  return {
    name: 'sandbox',
    method,
    path,
    handler: (call, context) => (call.isLocal && isOwnPage(call) ? handler(call, context) : refuse(404, 'There is nothing here but for programs on this machine that call it localhost or 127.0.0.1.')),
  };
}

/** A page that answers a POST with what it changed, and refuses a body that is not exactly right. */
function change<Body>(path: string, schema: z.ZodType<Body>, act: (body: Body, context: RouteContext & { admin: AdminActions }) => unknown): Route {
  return page('POST', path, async (call, context) => {
    // A browser asks before it lets a foreign page send this type.
    if (!/^application\/json\b/i.test(call.header('content-type') ?? '')) return refuse(415, 'Send JSON, with content-type: application/json.');
    const text = await call.readBody();
    if (typeof text !== 'string') return refuse(413, text.refusal.message);
    const body = schema.safeParse(jsonOf(text));
    if (!body.success) return refuse(400, z.prettifyError(body.error));
    try {
      return ok(act(body.data, context));
    } catch (error) {
      if (!StudioError.is(error)) throw error;
      return refuse(400, error.message, error.next);
    }
  });
}

/** Browsers name the page that asks; programs name none. */
function isOwnPage(call: Call): boolean {
  const origin = call.header('origin');
  return origin === undefined || origin === call.origin;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ok(body: unknown): Reply {
  return { kind: 'json', httpStatus: 200, body };
}

/** Every refusal of these pages. */
function refuse(httpStatus: number, message: string, next?: string): Reply {
  return { kind: 'json', httpStatus, body: { error: { message, ...(next !== undefined && { next }) } } };
}
