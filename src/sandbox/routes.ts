import { accountCosts } from './account-costs.ts';
import { ADMIN_ROUTES } from './admin-routes.ts';
import type { Route } from './call.ts';
import { createTask } from './create-task.ts';
import { findMany, findOne, listPage } from './read-tasks.ts';
import { serveClip } from './serve-clip.ts';
import type { SandboxProduct } from './task.ts';

const PRODUCTS: readonly SandboxProduct[] = ['text2video', 'image2video'];

/** Everything the sandbox answers. Anything else is Kling's 404. HEAD is answered by the GET route. */
export const ROUTES: readonly Route[] = [
  ...PRODUCTS.flatMap((product): Route[] => [
    { name: 'create', method: 'POST', path: `/v1/videos/${product}`, handler: (call, context) => createTask(product, call, context) },
    { name: 'find', method: 'GET', path: `/v1/videos/${product}/:id`, handler: (call, context) => findOne(product, call, context) },
    { name: 'list', method: 'GET', path: `/v1/videos/${product}`, handler: (call, context) => listPage(product, call, context) },
  ]),
  { name: 'tasks', method: 'GET', path: '/tasks', handler: findMany },
  { name: 'costs', method: 'GET', path: '/account/costs', handler: accountCosts },
  { name: 'clip', method: 'GET', path: '/clips/:file', handler: serveClip },
  ...ADMIN_ROUTES,
];
