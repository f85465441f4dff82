import type { KlingAPIClient, KlingTask } from '../kling/index.ts';
import { KlingError } from '../kling/index.ts';
import type { Clock } from '../lib/clock.ts';
import { chanceOfNews, nextPollMs, type DurationFit, type PolledTask } from './poll-schedule.ts';
import { backoffMs, type GenerationTimings } from './timings.ts';

/** A task that somebody waits for. */
export interface WatchedTask {
  taskId: string;
  kind: 'text2video' | 'image2video';
  /** What the watcher knows already; it is told when the task says something else. */
  known: 'submitted' | 'processing';
  /** When Kling accepted it, wall clock. */
  submittedAtMs: number;
  /** How long clips like it take, as far as that is known by now. */
  fit?: () => DurationFit | undefined;
}

/** What Kling said about tasks of ours before a run asked. In memory only: signed addresses are in it. */
export interface HeardTasks {
  tasks: readonly KlingTask[];
  /** When that was asked; monotonic. */
  askedAtMs: number;
}

interface Watch extends WatchedTask {
  /** Monotonic; undefined when it was never asked about. */
  askedAtMs: number | undefined;
  resolve: (task: KlingTask | 'not-found') => void;
  reject: (error: Error) => void;
}

/** Kling's own limit for one `GET /tasks`. */
const BATCH = 20;
/** A page of a product's list, for credentials that may not ask `/tasks`. */
const PAGE = 100;
/** Pages of one list in one round, while they show none of our oldest. */
const PAGES = 3;
/** Single questions in one round: for tasks that a list did not show. */
const SINGLES = 4;
/** Kling's clock and ours may differ by this much when a page is judged by its age. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

/**
 * Asks Kling about many tasks with few requests, one round after another while anybody waits: every `pollIntervalMs`, or
 * timed by what clips like these take once that was learned. With an API key a round is `GET /tasks` for the 20 ids most
 * likely to have news; with a JWT it is pages of the product's list until they are older than our oldest task, and single
 * questions for what they did not show. Passing errors slow the rounds down; only a refused key reaches the watchers.
 */
export class TaskPoller {
  private readonly client: KlingAPIClient;
  private readonly clock: Clock;
  private readonly timings: GenerationTimings;
  private readonly watches = new Map<string, Watch>();
  private readonly heard: Map<string, KlingTask>;
  private readonly heardAtMs: number | undefined;
  private running = false;
  private pause = new AbortController();
  private failures = 0;

  /** @param heard what Kling said before anybody watched. A task only moves on, so news in it stays true. */
  constructor(client: KlingAPIClient, clock: Clock, timings: GenerationTimings, heard?: HeardTasks) {
    this.client = client;
    this.clock = clock;
    this.timings = timings;
    this.heard = new Map(heard?.tasks.map((task) => [task.taskId, task]));
    this.heardAtMs = heard?.askedAtMs;
  }

  /**
   * Resolves when the task is no longer what the watcher knows: with the task, or `not-found` when Kling says that it
   * has no such task. @throws the signal's reason; a KlingError when the key is refused.
   */
  async watch(task: WatchedTask, signal: AbortSignal): Promise<KlingTask | 'not-found'> {
    const { taskId } = task;
    signal.throwIfAborted();
    const heard = this.heard.get(taskId);
    // Told once: whoever comes back with it has asked for more than was heard.
    this.heard.delete(taskId);
    if (heard && isNews(heard, task.known)) return heard;
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
        ...task,
        askedAtMs: heard && this.heardAtMs,
        resolve: (answer) => {
          leave();
          resolve(answer);
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
      if (this.watches.size === 0) break;
      const interval = this.failures === 0 ? nextPollMs(this.polled(), this.timings.pollIntervalMs) : backoffMs(this.timings, this.failures);
      await this.rest(Math.max(0, interval - (this.clock.monotonic() - startedAt)));
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
    const batch = this.likeliest(byKey ? BATCH : Number.POSITIVE_INFINITY);
    const seen = new Set<string>();
    const askedAtMs = this.clock.monotonic();
    // One task alone is asked for by itself: a list would tell of a hundred others.
    const tasks = byKey ? await this.client.findTasks({ taskIds: batch.map(({ taskId }) => taskId) }) : batch.length === 1 ? [] : await this.list(batch);
    for (const task of tasks) {
      seen.add(task.taskId);
      this.tell(task.taskId, task);
    }
    const singles = batch.filter(({ taskId }) => !seen.has(taskId)).slice(0, SINGLES);
    for (const watch of batch) if (byKey || seen.has(watch.taskId) || singles.includes(watch)) watch.askedAtMs = askedAtMs;
    for (const watch of singles) {
      const task = await this.client.findTask(watch.kind, { taskId: watch.taskId });
      this.tell(watch.taskId, task ?? 'not-found');
    }
  }

  /** Those with the best chance of news; among equals the longest unasked. */
  private likeliest(count: number): Watch[] {
    const rated = [...this.watches.values()].map((watch) => {
      const task = this.polledTask(watch);
      return { watch, chance: chanceOfNews(task, this.timings.pollIntervalMs), unaskedMs: task.unaskedMs };
    });
    return rated
      .sort((a, b) => b.chance - a.chance || b.unaskedMs - a.unaskedMs)
      .slice(0, count)
      .map(({ watch }) => watch);
  }

  private polled(): PolledTask[] {
    return [...this.watches.values()].map((watch) => this.polledTask(watch));
  }

  private polledTask({ submittedAtMs, askedAtMs, fit }: Watch): PolledTask {
    const ageMs = Math.max(0, this.clock.now() - submittedAtMs);
    // A task of an earlier run may have ended long ago: it is asked about before all others.
    return { ageMs, unaskedMs: askedAtMs === undefined ? Number.POSITIVE_INFINITY : this.clock.monotonic() - askedAtMs, fit: fit?.() };
  }

  /** Foreign tasks and any order are expected: what the pages do not show is asked for singly. */
  private async list(batch: readonly Watch[]): Promise<KlingTask[]> {
    const tasks: KlingTask[] = [];
    for (const kind of new Set(batch.map((watch) => watch.kind))) {
      const missing = new Map(batch.filter((watch) => watch.kind === kind).map((watch) => [watch.taskId, watch]));
      for (let pageNum = 1; pageNum <= PAGES && missing.size > 0; pageNum += 1) {
        const page = await this.client.listTasks(kind, { pageNum, pageSize: PAGE });
        tasks.push(...page);
        for (const { taskId } of page) missing.delete(taskId);
        const oldestMs = Math.min(...[...missing.values()].map(({ submittedAtMs }) => submittedAtMs));
        if (page.length < PAGE || page.some(({ createdAtMs }) => createdAtMs !== undefined && createdAtMs < oldestMs - CLOCKS_DIFFER_MS)) break;
      }
    }
    return tasks;
  }

  private tell(taskId: string, task: KlingTask | 'not-found'): void {
    const watch = this.watches.get(taskId);
    if (!watch) return;
    if (task === 'not-found' || isNews(task, watch.known)) watch.resolve(task);
  }
}

/** A status word we do not know is no news: waiting is safe, because every wait here is bounded by the run's patience. */
function isNews({ status }: KlingTask, known: WatchedTask['known']): boolean {
  return status !== known && status !== 'unrecognised' && status !== 'submitted';
}
