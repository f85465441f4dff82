import type { KlingAPIClient, KlingTask } from '../kling/index.ts';
import { KlingError } from '../kling/index.ts';
import type { Clock } from '../lib/clock.ts';
import { backoffMs, type GenerationTimings } from './timings.ts';

type Kind = 'text2video' | 'image2video';

interface Watch {
  taskId: string;
  kind: Kind;
  /** What the watcher knows already; it is told when the task says something else. */
  known: 'submitted' | 'processing';
  resolve: (task: KlingTask | 'not-found') => void;
  reject: (error: Error) => void;
}

/** Kling's own limit for one `GET /tasks`. */
const BATCH = 20;
/** A page of a product's list, for credentials that may not ask `/tasks`. */
const PAGE = 100;
/** Single questions in one round: for tasks that a list did not show. */
const SINGLES = 4;

/**
 * Asks Kling about many tasks with few requests: one round every `pollIntervalMs` while anybody waits. With an API key a
 * round is `GET /tasks` for 20 ids; with a JWT it is a page of the product's list, and single questions for what the
 * page did not show. Passing errors slow the rounds down; only a refused key reaches the watchers.
 */
export class TaskPoller {
  private readonly client: KlingAPIClient;
  private readonly clock: Clock;
  private readonly timings: GenerationTimings;
  private readonly watches = new Map<string, Watch>();
  private running = false;
  private pause = new AbortController();
  private failures = 0;

  constructor(client: KlingAPIClient, clock: Clock, timings: GenerationTimings) {
    this.client = client;
    this.clock = clock;
    this.timings = timings;
  }

  /**
   * Resolves when the task is no longer what the watcher knows: with the task, or `not-found` when Kling says that it
   * has no such task. @throws the signal's reason; a KlingError when the key is refused.
   */
  async watch(taskId: string, kind: Kind, known: 'submitted' | 'processing', signal: AbortSignal): Promise<KlingTask | 'not-found'> {
    signal.throwIfAborted();
    return await new Promise((resolve, reject) => {
      const onAbort = () => {
        leave();
        reject(signal.reason as Error);
      };
      const leave = () => {
        this.watches.delete(taskId);
        signal.removeEventListener('abort', onAbort);
        // Nobody waits any more: a pause between two rounds must not keep the program.
        if (this.watches.size === 0) this.pause.abort();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.watches.set(taskId, {
        taskId,
        kind,
        known,
        resolve: (task) => {
          leave();
          resolve(task);
        },
        reject: (error) => {
          leave();
          reject(error);
        },
      });
      void this.run();
    });
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    // Watchers that start in the same turn share the first round.
    await this.clock.sleep(0);
    while (this.watches.size > 0) {
      const startedAt = this.clock.monotonic();
      try {
        await this.round();
        this.failures = 0;
      } catch (error) {
        if (error instanceof KlingError && error.outcome === 'refused' && (error.action === 'renew' || error.action === 'stop-account')) {
          for (const watch of this.watches.values()) watch.reject(error);
          break;
        }
        this.failures += 1;
      }
      const interval = this.failures === 0 ? this.timings.pollIntervalMs : backoffMs(this.timings, this.failures);
      if (this.watches.size > 0) await this.rest(Math.max(0, interval - (this.clock.monotonic() - startedAt)));
    }
    this.running = false;
    if (this.watches.size > 0) void this.run();
  }

  private async rest(ms: number): Promise<void> {
    this.pause = new AbortController();
    await this.clock.sleep(ms, this.pause.signal).catch(() => {});
  }

  private async round(): Promise<void> {
    const byKey = this.client.credentialKind === 'api-key';
    const batch = [...this.watches.values()].slice(0, byKey ? BATCH : PAGE);
    const seen = new Set<string>();
    for (const task of await this.askMany(batch)) {
      seen.add(task.taskId);
      this.tell(task.taskId, task);
    }
    const unseen = batch.filter(({ taskId }) => !seen.has(taskId));
    const singles = unseen.slice(0, SINGLES);
    for (const watch of batch) if (byKey || !unseen.includes(watch) || singles.includes(watch)) this.moveToEnd(watch);
    for (const watch of singles) {
      const task = await this.client.findTask(watch.kind, { taskId: watch.taskId });
      this.tell(watch.taskId, task ?? 'not-found');
    }
  }

  /** The longest unasked come first: a map keeps its order, and whoever was asked goes to its end. */
  private moveToEnd(watch: Watch): void {
    if (this.watches.delete(watch.taskId)) this.watches.set(watch.taskId, watch);
  }

  private async askMany(batch: readonly Watch[]): Promise<KlingTask[]> {
    if (this.client.credentialKind === 'api-key') return await this.client.findTasks({ taskIds: batch.map(({ taskId }) => taskId) });
    const tasks: KlingTask[] = [];
    for (const kind of new Set(batch.map((watch) => watch.kind))) tasks.push(...(await this.client.listTasks(kind, { pageNum: 1, pageSize: PAGE })));
    return tasks;
  }

  private tell(taskId: string, task: KlingTask | 'not-found'): void {
    const watch = this.watches.get(taskId);
    if (!watch) return;
    // A status word we do not know is no news: waiting is safe, because every wait here is bounded by the run's patience.
    if (task !== 'not-found' && (task.status === watch.known || task.status === 'unrecognised' || task.status === 'submitted')) return;
    watch.resolve(task);
  }
}
