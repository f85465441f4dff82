import { accountCosts } from './account-costs.ts';
import type { Call, Route, RouteContext } from './call.ts';
import { createTask } from './create-task.ts';
import { refused } from './envelope.ts';
import { findMany, findOne, listPage } from './read-tasks.ts';
import { REFUSALS } from './refusals.ts';
import type { Reply } from './reply.ts';
import { serveClip } from './serve-clip.ts';
import { toSandboxTask, toUnits, type SandboxProduct } from './task.ts';

const PRODUCTS: readonly SandboxProduct[] = ['text2video', 'image2video'];

/** Everything the sandbox answers. Anything else is Kling's 404. HEAD is answered by the GET route. */
export const ROUTES: readonly Route[] = [
  ...PRODUCTS.flatMap((product): Route[] => [
    { method: 'POST', path: `/v1/videos/${product}`, handler: (call, context) => createTask(product, call, context) },
    { method: 'GET', path: `/v1/videos/${product}/:id`, handler: (call, context) => findOne(product, call, context) },
    { method: 'GET', path: `/v1/videos/${product}`, handler: (call, context) => listPage(product, call, context) },
  ]),
  { method: 'GET', path: '/tasks', handler: findMany },
  { method: 'GET', path: '/account/costs', handler: accountCosts },
  { method: 'GET', path: '/clips/:file', handler: download },
  { method: 'GET', path: '/sandbox/tasks', handler: showTasks },
];

async function download(call: Call, { store, clipsFolder, faults, now }: RouteContext): Promise<Reply> {
  const clip = { method: call.method, fileName: call.param('file'), query: call.query, range: call.header('range') };
  return await serveClip(clip, { store, clipsFolder, faults, nowMs: now() });
}

/** Our own page, not Kling's: every task with its state and charge. For people at this machine; no key wanted. */
function showTasks(call: Call, { store, now }: RouteContext): Reply {
  if (!call.isLocal) return refused(REFUSALS.noSuchResource('/sandbox/tasks'));
  const nowMs = now();
  const tasks = store.all().map((task) => toSandboxTask(task, nowMs));
  return {
    kind: 'json',
    httpStatus: 200,
    body: { balanceUnits: toUnits(store.balanceTenThousandths()), slots: store.slots(), tasks },
  };
}
