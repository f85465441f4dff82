import { authorize, authorizeApiKeyOnly } from './authorize.ts';
import type { Call, RouteContext } from './call.ts';
import { signClipPath } from './clip-url.ts';
import { refused, spoil, succeeded } from './envelope.ts';
import type { ReadRoute } from './fault-queue.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import type { Reply } from './reply.ts';
import { newStandardAnswer, taskAnswer, type AnswerContext } from './task-answer.ts';
import { statusOf, type SandboxProduct, type TaskRecord } from './task.ts';

/** Kling keeps a clip this long after its task ended. */
export const CLIP_KEPT_MS = 30 * 24 * 3600 * 1000;
/** In one `GET /tasks`. */
const MOST_IDS = 20;

/** `GET /v1/videos/<product>/<task id or external id>`. */
export async function findOne(product: SandboxProduct, call: Call, context: RouteContext): Promise<Reply> {
  const unauthorized = await authorize(call.header('authorization'), context.credentials, context.now() + context.skewMs());
  if (unauthorized !== undefined) return refused(unauthorized);
  const id = call.param('id');
  const task = context.store.find(product, id) ?? context.listed.findForeign(product, id);
  return answerWith('find', task === undefined ? [] : [task], call, context, id, (answerContext) =>
    task === undefined ? refused(REFUSALS.taskNotFound(id)) : succeeded(taskAnswer(task, answerContext)),
  );
}

/** `GET /v1/videos/<product>?pageNum&pageSize`. Kling does not document an order; it is an option here. */
export async function listPage(product: SandboxProduct, call: Call, context: RouteContext): Promise<Reply> {
  const unauthorized = await authorize(call.header('authorization'), context.credentials, context.now() + context.skewMs());
  if (unauthorized !== undefined) return refused(unauthorized);
  const pageNum = wholeNumber(call.query, 'pageNum', { whenAbsent: 1, most: 1000 });
  const pageSize = wholeNumber(call.query, 'pageSize', { whenAbsent: 30, most: 500 });
  if (typeof pageNum !== 'number') return refused(pageNum.refusal);
  if (typeof pageSize !== 'number') return refused(pageSize.refusal);
  const tasks = context.listed.page(product, pageSize, (pageNum - 1) * pageSize);
  return answerWith('list', tasks, call, context, undefined, (answerContext) => succeeded(tasks.map((task) => taskAnswer(task, answerContext))));
}

/** `GET /tasks?task_ids=` or `?external_task_ids=`, at most 20, over all products; unknown ids are simply missing. */
export function findMany(call: Call, context: RouteContext): Reply {
  const unauthorized = authorizeApiKeyOnly(call.header('authorization'), context.credentials);
  if (unauthorized !== undefined) return refused(unauthorized);
  const [taskIds, externalIds] = ['task_ids', 'external_task_ids'].map((name) => listOfIds(call.query.get(name)));
  const one = taskIds?.length ? taskIds : externalIds;
  if (!one?.length || (taskIds?.length && externalIds?.length)) return refused(REFUSALS.idsRequired);
  if (one.length > MOST_IDS) return refused(REFUSALS.tooManyIds(one === taskIds ? 'task_ids' : 'external_task_ids'));
  const tasks = context.store.findMany(one, one === taskIds ? 'taskId' : 'externalTaskId');
  return answerWith('tasks', tasks, call, context, undefined, (answerContext) => succeeded(tasks.map((task) => newStandardAnswer(task, answerContext))));
}

/** Applies the faults of reads, and sees to it that a clip someone waits for is being made. */
function answerWith(
  route: ReadRoute,
  tasks: readonly TaskRecord[],
  call: Call,
  context: RouteContext,
  externalTaskId: string | undefined,
  answer: (answerContext: AnswerContext) => Reply,
): Reply {
  const { store, faults, maker } = context;
  const nowMs = context.now();
  const target = { prompts: tasks.map(({ prompt }) => prompt), externalTaskId: tasks.length === 1 ? tasks[0]?.externalTaskId : externalTaskId, route };
  const broken = faults.take('read-arrives', target);
  if (broken !== undefined) return spoil(refused(REFUSALS.internal), broken);

  // A task that is due and has no clip belongs to a process that died, or to one that is slow: making it twice is harmless.
  for (const task of tasks) if (task.state.status === 'running' && nowMs >= task.dueAtMs) maker.make(task);

  const finished = tasks.filter((task) => task.state.status === 'succeed');
  const emptied = finished.length === 0 ? undefined : faults.take('read-succeeded', { ...target, prompts: finished.map(({ prompt }) => prompt) });
  const clipUrl = (task: TaskRecord) => {
    const diesAtMs = statusOf(task, nowMs).updatedAtMs + CLIP_KEPT_MS;
    return call.origin + signClipPath(task.taskId, Math.min(diesAtMs, nowMs + context.urlLifetimeMs), store.urlSecret);
  };
  const right = { ...answer({ nowMs, skewMs: context.skewMs(), clipUrl, omitVideos: emptied !== undefined }), fault: emptied?.kind };
  return spoil(right, faults.take('read-answered', target));
}

function listOfIds(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

function wholeNumber(
  query: URLSearchParams,
  name: string,
  { whenAbsent, most }: { whenAbsent: number; most: number },
): number | { refusal: Refusal } {
  const text = query.get(name);
  if (text === null || text === '') return whenAbsent;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : { refusal: REFUSALS.valueInvalid(name, text) };
}
