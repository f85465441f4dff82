import { systemClock, type Clock } from '../lib/clock.ts';
import { StudioError } from '../lib/errors.ts';
import { createAuthorization, type KlingCredentials } from './authorization.ts';
import { checkedBaseUrl } from './base-url.ts';
import { checkVideoRequest } from './check-request.ts';
import { callKling, type KlingCall, type KlingSuccess, type Transport } from './http-call.ts';
import { encodeFrames } from './image-input.ts';
import { KlingError } from './kling-error.ts';
import type { KlingTask, ResourcePack } from './kling-task.ts';
import type { KlingKind } from './model.ts';
import { modelNamed } from './models.ts';
import { createRedact } from './redact.ts';
import type { ImageToVideoRequest, TextToVideoRequest, VideoRequest } from './request.ts';
import { waitForTask, type WaitOptions } from './wait-for-task.ts';
import { LAST_PAGE, walkTasks, type TaskPage, type WalkOptions } from './walk-tasks.ts';
import { readCosts, readLegacyTask, readNewTask, toWireBody } from './wire.ts';

export interface KlingAPIClientOptions {
  credentials: KlingCredentials;
  /** Default {@link KlingAPIClient.base}. Keys belong to a region: `https://api-beijing.klingai.com` for mainland China. */
  baseUrl?: string;
  /** Default the built-in fetch. It must not repeat a POST by itself. */
  fetch?: typeof fetch;
  clock?: Clock;
  /** Longest wait for the answer to a create, in milliseconds; default 90 000. Less than 60 000 loses answers of a slow Kling. */
  createTimeoutMs?: number;
  /** Longest wait for any other answer, in milliseconds; default 30 000. */
  readTimeoutMs?: number;
  /** Default `directorstudio`. */
  userAgent?: string;
}

export type TaskReference = { taskId: string } | { externalTaskId: string };

interface CallOptions {
  signal?: AbortSignal;
}

/** What one `GET /tasks` takes; Kling refuses the 21st. */
export const FIND_TASKS_MAX_IDS = 20;

/**
 * Kling's video API. Every method makes one HTTP call, `waitForTask` one per look and `walkTasks` one per page; beside
 * those two, nothing is repeated inside but a read whose token Kling found too old or too new (once, with a fresh one). Everything throws {@link KlingError},
 * the signal's own reason, or StudioError for a wrong argument.
 */
export class KlingAPIClient {
  /** Kling's host for everybody outside mainland China. */
  static readonly base = 'https://api-singapore.klingai.com';

  readonly credentialKind: 'api-key' | 'jwt';
  readonly #transport: Transport;
  readonly #createTimeoutMs: number;
  readonly #readTimeoutMs: number;
  /** How far Kling's clock is ahead of this machine's, by its last answer. */
  #aheadMs = 0;

  /** @throws StudioError KLING_CREDENTIALS_INVALID, KLING_BASE_URL_INVALID. */
  constructor(options: KlingAPIClientOptions) {
    const clock = options.clock ?? systemClock;
    const authorization = createAuthorization(options.credentials, clock);
    this.credentialKind = authorization.kind;
    this.#transport = {
      baseUrl: checkedBaseUrl(options.baseUrl ?? KlingAPIClient.base),
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
      clock,
      authorization,
      redact: createRedact(() => authorization.secrets()),
      userAgent: options.userAgent ?? 'directorstudio',
      onServerTime: (serverTimeMs) => {
        this.#aheadMs = serverTimeMs - clock.now();
      },
    };
    this.#createTimeoutMs = options.createTimeoutMs ?? 90_000;
    this.#readTimeoutMs = options.readTimeoutMs ?? 30_000;
  }

  /**
   * Kling's time in milliseconds since 1970, to the second, by the Date of its last answer; this machine's until it has
   * answered. What is 30 days old, and gone from Kling, is so by Kling's clock, however wrong the one here may be.
   */
  serverTimeMs(): number {
    return this.#transport.clock.now() + this.#aheadMs;
  }

  /**
   * Creates one billable task. The request is checked and its pictures read first; then it is sent once, and there is no
   * retry in here. With `externalTaskId` set, an error whose outcome is `unknown` (or an abort) can be cleared up with
   * {@link findTask}.
   * @throws KlingError `invalid-request` with every reason at once.
   */
  async create(request: VideoRequest, options: CallOptions = {}): Promise<KlingTask> {
    const path = `/v1/videos/${request.kind}`;
    const problems = checkVideoRequest(request);
    const frames = await encodeFrames(request, options.signal);
    const model = modelNamed(request.model);
    if (problems.length + frames.problems.length > 0 || model === undefined) {
      throw new KlingError({
        code: 'KLING_REQUEST_INVALID',
        decision: { outcome: 'refused', action: 'fix-input' },
        tried: `POST ${path}`,
        call: 'create',
        problems: [...problems, ...frames.problems],
      });
    }
    const body = toWireBody(model, request, frames);
    const answer = await callKling(this.#transport, { call: 'create', method: 'POST', path, body, timeoutMs: this.#createTimeoutMs, ...options });
    return taskOf(answer);
  }

  /** {@link create}, from words alone. Billable. */
  createTextToVideo(request: Omit<TextToVideoRequest, 'kind'>, options?: CallOptions): Promise<KlingTask> {
    return this.create({ ...request, kind: 'text2video' }, options);
  }

  /** {@link create}, from a start frame, an end frame, or both. Billable. */
  createImageToVideo(request: Omit<ImageToVideoRequest, 'kind'>, options?: CallOptions): Promise<KlingTask> {
    return this.create({ ...request, kind: 'image2video' }, options);
  }

  /**
   * The task, or `undefined` when Kling says in so many words that it has none. Anything else that goes wrong is thrown
   * and says nothing about whether the task exists. Free.
   */
  async findTask(product: KlingKind, reference: TaskReference, options: CallOptions = {}): Promise<KlingTask | undefined> {
    try {
      return await this.getTask(product, reference, options);
    } catch (error) {
      if (error instanceof KlingError && error.action === 'not-found') return undefined;
      throw error;
    }
  }

  /** The task; throws a KlingError with action `not-found` when there is none. Free. */
  async getTask(product: KlingKind, reference: TaskReference, options: CallOptions = {}): Promise<KlingTask> {
    const id = checkedId('taskId' in reference ? reference.taskId : reference.externalTaskId);
    // One place in the path takes both kinds of id.
    return taskOf(await this.#read({ path: `/v1/videos/${product}/${encodeURIComponent(id)}`, ...options }));
  }

  /** A page of the product's tasks; in which order, and how many there are, Kling does not say. Free. */
  async listTasks(product: KlingKind, options: CallOptions & { pageNum?: number; pageSize?: number } = {}): Promise<KlingTask[]> {
    const { pageNum = 1, pageSize = 30, signal } = options;
    return (await this.#readPage(product, pageNum, pageSize, signal)).tasks;
  }

  /**
   * Every task of the product on the account, foreign ones too, each once: `for await (const task of client.walkTasks(…))`.
   * Finds tasks whose ids were lost, by the beginning of their external id. A task that does not turn up is *not known*;
   * only {@link findTask} can say that it does not exist. Free: a call for 100 tasks, with either kind of credentials.
   * @throws StudioError KLING_ARGUMENT_INVALID, KLING_LIST_TOO_LONG; KlingError when Kling refuses, or is out of reach for long.
   */
  async *walkTasks(product: KlingKind, options: WalkOptions = {}): AsyncGenerator<KlingTask, void, undefined> {
    const { pageSize = 100, signal } = options;
    yield* walkTasks((pageNum) => this.#readPage(product, pageNum, pageSize, signal), this.#transport.clock, options);
  }

  /**
   * Up to {@link FIND_TASKS_MAX_IDS} tasks in one call, in any order. One that is missing is *not known*: only
   * {@link findTask} can say that a task does not exist. Needs an API key. Free.
   * @throws StudioError KLING_NEEDS_API_KEY, KLING_ARGUMENT_INVALID.
   */
  async findTasks(references: { taskIds: readonly string[] } | { externalTaskIds: readonly string[] }, options: CallOptions = {}): Promise<KlingTask[]> {
    const [key, ids] = 'taskIds' in references ? ['task_ids', references.taskIds] : ['external_task_ids', references.externalTaskIds];
    if (this.credentialKind !== 'api-key') {
      throw new StudioError('KLING_NEEDS_API_KEY', 'Kling answers for many tasks at once only to an API key, not to an access and secret key.', {
        next: 'Ask for one task at a time, or create an API key in Kling’s console.',
      });
    }
    checkRange('number of ids', ids.length, 0, FIND_TASKS_MAX_IDS);
    if (ids.length === 0) return [];
    return pageOf(await this.#read({ path: '/tasks', query: { [key]: ids.map(checkedId).join(',') }, ...options }), readNewTask).tasks;
  }

  /**
   * Asks after 1, 2, 4, then every 8 s until the task has succeeded or failed; both are returned.
   * @throws StudioError KLING_WAIT_TIMEOUT after `deadlineMs` (15 minutes): the task goes on and is billed.
   */
  waitForTask(product: KlingKind, taskId: string, options: WaitOptions = {}): Promise<KlingTask> {
    return waitForTask(() => this.getTask(product, { taskId }, { signal: options.signal }), taskId, this.#transport.clock, options);
  }

  /** The account's packs of units in a span of time. Kling allows one such call a second; what is left lags up to 12 h. Free. */
  async accountCosts(span: { startTimeMs: number; endTimeMs: number }, options: CallOptions = {}): Promise<ResourcePack[]> {
    const query = { start_time: Math.floor(span.startTimeMs), end_time: Math.floor(span.endTimeMs) };
    const answer = await this.#read({ path: '/account/costs', query, ...options });
    const costs = readCosts(answer.data);
    if (costs === undefined) throw answer.unreadable('it holds no costs');
    if (costs.code !== 0) throw answer.refusedInside(costs.code, costs.message);
    return costs.packs;
  }

  /**
   * Drops the signed token, so that the next call signs a new one. Given Kling's time (`serverTimeMs` of a KlingError),
   * tokens are made for Kling's clock from now on. Does nothing for an API key.
   */
  renewCredentials(serverTimeMs?: number): void {
    this.#transport.authorization.renew(serverTimeMs);
  }

  async #readPage(product: KlingKind, pageNum: number, pageSize: number, signal: AbortSignal | undefined): Promise<TaskPage> {
    checkRange('pageNum', pageNum, 1, LAST_PAGE);
    checkRange('pageSize', pageSize, 1, 500);
    return pageOf(await this.#read({ path: `/v1/videos/${product}`, query: { pageNum, pageSize }, signal }), readLegacyTask);
  }

  async #read(call: Pick<KlingCall, 'path' | 'query' | 'signal'>): Promise<KlingSuccess> {
    const read = (): Promise<KlingSuccess> => callKling(this.#transport, { call: 'read', method: 'GET', timeoutMs: this.#readTimeoutMs, ...call });
    try {
      return await read();
    } catch (error) {
      if (this.credentialKind !== 'jwt' || !(error instanceof KlingError) || error.action !== 'renew') throw error;
      this.renewCredentials(error.serverTimeMs);
      return read();
    }
  }
}

function taskOf(answer: KlingSuccess): KlingTask {
  const task = readLegacyTask(answer.data);
  if (task === undefined) throw answer.unreadable('it names no task');
  return task;
}

/** Entries without an id are passed over: one odd task must not hide the others. */
function pageOf(answer: KlingSuccess, read: (raw: unknown) => KlingTask | undefined): TaskPage {
  // An empty list may come as null.
  const { data } = answer;
  if (data === null || data === undefined) return { tasks: [], entries: 0 };
  if (!Array.isArray(data)) throw answer.unreadable('it holds no list of tasks');
  return { tasks: data.map(read).filter((task) => task !== undefined), entries: data.length };
}

/** An empty id would ask for the list, `..` for another path, a comma for two. */
function checkedId(id: string): string {
  if (/^[A-Za-z0-9_+=-][A-Za-z0-9_+=.:-]{0,255}$/.test(id)) return id;
  throw new StudioError('KLING_ARGUMENT_INVALID', `"${id.slice(0, 60)}" can't be the id of a Kling task.`);
}

function checkRange(name: string, value: number, from: number, to: number): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new StudioError('KLING_ARGUMENT_INVALID', `The ${name} must be a whole number from ${from} to ${to}, not ${value}.`);
}
