import { FIND_TASKS_MAX_IDS, type KlingAPIClient, type KlingTask } from '../kling/index.ts';
import { StudioError } from '../lib/errors.ts';
import type { Generation, Ledger } from '../store/index.ts';
import { askPatiently, type Patience } from './ask-patiently.ts';
import type { HeardTasks } from './task-poller.ts';

/** Of a product's list, for credentials that may not ask for many ids at once. */
const PAGE = 100;

/**
 * The first question of a start: free, and its answer shows whether Kling takes the key. Where tasks of ours are at Kling
 * it is about those that have been there longest, so that a restart knows at once what became of them. What
 * may pass is asked again, a few times: see {@link askPatiently}.
 * @throws KlingError when Kling refuses the key or cannot be reached; the signal's reason.
 */
export async function firstQuestion(parts: Patience & { ledger: Ledger; client: KlingAPIClient; signal: AbortSignal }): Promise<HeardTasks> {
  const { ledger, client, clock, signal, ...patience } = parts;
  const atKling = await ledger.listAtKling('kling', FIND_TASKS_MAX_IDS);
  const askedAtMs = clock.monotonic();
  try {
    if (atKling.length > 0) return { tasks: await askAbout(atKling, client, signal), askedAtMs };
  } catch (error) {
    signal.throwIfAborted();
    if (!StudioError.is(error)) throw error;
    // It was only asked early: the plain question tells what is wrong, and a run asks about its tasks again.
  }
  await askFree(client, { clock, signal, ...patience });
  return { tasks: [], askedAtMs };
}

/** One question that every key may ask and that costs nothing: the newest task. What may pass is asked again, a few times. */
export async function askFree(client: KlingAPIClient, patience: Patience): Promise<void> {
  const { signal } = patience;
  await askPatiently(async () => await client.listTasks('text2video', { pageNum: 1, pageSize: 1, ...(signal ? { signal } : {}) }), patience);
}

/** One request. A task that the answer does not name is not known, which says nothing about it. */
async function askAbout(atKling: readonly Generation[], client: KlingAPIClient, signal: AbortSignal): Promise<KlingTask[]> {
  const taskIds = atKling.flatMap(({ state }) => ('taskId' in state ? (state.taskId ?? []) : []));
  if (client.credentialKind === 'api-key') return await client.findTasks({ taskIds }, { signal });
  const page = await client.listTasks(atKling[0]?.request.kind ?? 'text2video', { pageNum: 1, pageSize: PAGE, signal });
  return page.filter(({ taskId }) => taskIds.includes(taskId));
}
