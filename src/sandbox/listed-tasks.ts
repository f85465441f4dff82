import type { Draw } from './seeded-draw.ts';
import { stateAt, type SandboxProduct, type TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';

/** In which order a list names its tasks. Kling documents none. */
export type ListOrder = 'newest' | 'oldest' | 'shuffled';

/** What lists show: the account's tasks, and those that other programs made on it. */
export interface ListedTasks {
  page(product: SandboxProduct, limit: number, offset: number): TaskRecord[];
  /** By task id or external id. */
  findForeign(product: SandboxProduct, id: string): TaskRecord | undefined;
}

export interface ListOptions {
  store: TaskStore;
  order: ListOrder;
  /** How many tasks somebody else has made, or will make: one a minute, half of them before the sandbox was opened. */
  foreignTasks: number;
  /** For the shuffle, which is the same for every page and every asking, and for the foreign tasks' ids. */
  draw: Draw;
  now: () => number;
}

const MINUTE_MS = 60_000;

export function createListedTasks({ store, order, foreignTasks, draw, now }: ListOptions): ListedTasks {
  const foreign = Array.from({ length: foreignTasks }, (_, index) => foreignTask(index, store.openedAtMs + (index - foreignTasks / 2) * MINUTE_MS, draw));
  /** Those that exist by now. */
  const foreignNow = (product: SandboxProduct) =>
    foreign.filter((task) => task.product === product && task.createdAtMs <= now()).map((task) => ({ ...task, state: stateAt(task, now()) }));
  const rank = (task: TaskRecord) => (order === 'shuffled' ? draw('list', task.taskId) : order === 'oldest' ? task.createdAtMs : -task.createdAtMs);
  return {
    page(product, limit, offset) {
      if (order === 'newest' && foreignTasks === 0) return store.list(product, limit, offset);
      // Newest first to begin with, and sorting keeps what is equal in place: tasks of one millisecond stay in order.
      const ours = store.list(product, Number.MAX_SAFE_INTEGER, 0);
      const all = [...(order === 'oldest' ? ours.reverse() : ours), ...foreignNow(product)];
      return all
        .map((task) => ({ task, rank: rank(task) }))
        .sort((a, b) => a.rank - b.rank)
        .slice(offset, offset + limit)
        .map(({ task }) => task);
    },
    findForeign: (product, id) => foreignNow(product).find(({ taskId, externalTaskId }) => taskId === id || externalTaskId === id),
  };
}

/** A task that another program made: two of three with an id of its own, one of five failed. It costs this account nothing. */
function foreignTask(index: number, createdAtMs: number, draw: Draw): TaskRecord {
  const digits = (name: string) => String(Math.floor(draw(name, index) * 1e9)).padStart(9, '0');
  return {
    taskId: `9${digits('foreign')}${digits('task').slice(1)}`,
    externalTaskId: index % 3 === 0 ? undefined : `somebody-else-${index}`,
    product: index % 2 === 0 ? 'text2video' : 'image2video',
    model: 'kling-v2-5-turbo',
    mode: 'std',
    prompt: `Somebody else's shot ${index}`,
    durationS: 5,
    sound: false,
    watermark: false,
    frameUrls: [],
    width: 1280,
    height: 720,
    frameRate: 24,
    frameCount: 121,
    priceTenThousandths: 15_000,
    createdAtMs,
    processingAtMs: createdAtMs + 3_000,
    dueAtMs: createdAtMs + 50_000,
    renderedAtMs: createdAtMs,
    tinyBytes: 0,
    visibleAtMs: createdAtMs,
    failure: index % 5 === 4 ? 'Failure to pass the risk control system' : undefined,
    failureBill: undefined,
    state: { status: 'running' },
  };
}
