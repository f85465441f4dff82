import type { Clock } from '../lib/clock.ts';
import type { FaultOptions, FaultStrike } from './fault-queue.ts';
import type { FaultRates } from './fault-rates.ts';
import type { FaultKind } from './faults.ts';
import type { ListOrder } from './listed-tasks.ts';
import type { SandboxRecord } from './record.ts';
import type { RequestEntry } from './request-log.ts';
import type { SandboxCharge, SandboxTask } from './task.ts';

/** What is known of a create when its duration is asked for. */
export interface DurationQuestion {
  externalTaskId: string | undefined;
  /** Kling's model name. */
  model: string;
  prompt: string;
}

/** How a sandbox behaves. Only the folder must be given, and that not for one in memory. */
export interface SandboxOptions {
  /** Tasks (SQLite) and clips live here and survive a restart. Several processes may open one folder at once. Not wanted in memory. */
  dataFolder?: string;
  /** `folder` (default): in the data folder. `memory`: nowhere; clips are tiny, nothing is left on the disk, and it starts in about a millisecond. */
  tasksIn?: 'folder' | 'memory';
  /** Default true. False: no socket; only `sandbox.fetch` reaches it. */
  listen?: boolean;
  /** Default 127.0.0.1. Anything else lets other machines in. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Accepted API key or keys; default `sandbox-api-key`. */
  apiKey?: string | readonly string[];
  /** The pair for JWTs; defaults `sandbox-access-key`, `sandbox-secret-key`. */
  accessKey?: string;
  secretKey?: string;
  /** Tasks at once per model. Given: stored for every process on this folder. Default: what is stored, at first 5, as a trial pack. */
  slots?: number;
  /** Units the account starts with; counts only when the folder is new. Default 1000. */
  balanceUnits?: number;
  /** How many times faster than Kling; 1 is Kling's own pace, Infinity is "done when the clip is drawn". Default 1. */
  speed?: number;
  /** Milliseconds from a create to its task's end, a tenth of them `submitted`; over `speed`. Default: as long as Kling takes, by chance. */
  durationsMs?: number | ((create: DurationQuestion) => number);
  /** `rendered` (default, but in memory): a real picture at the model's size. `tiny`: 64×36, there at once, for tests. */
  clips?: 'rendered' | 'tiny';
  /** Tiny clips are padded to this size. Default: as small as they come. */
  clipSizeBytes?: number;
  /** How long a URL of a clip works after the answer that named it, at most until 30 days after the task's end. Default 30 days. */
  urlLifetimeMs?: number;
  /**
   * What happens to models whose shutdown is reported. `as-seen` (default): only those refused in a recorded live call
   * are refused. `refused`: the reported ones too. `served`: all are played.
   */
  retiredModels?: 'as-seen' | 'served' | 'refused';
  /** One model's lifecycle, over `retiredModels`, by Kling's model name. */
  models?: Readonly<Record<string, 'served' | 'refused'>>;
  /**
   * What is drawn by chance (latencies, faults by rate, the shuffle of lists, task ids in memory) follows from it: the
   * same requests meet the same fate. Default: a new one, to be read in `seed`.
   */
  seed?: string | number;
  /** 0 to less than 1, for latencies, over the seed. */
  random?: () => number;
  /** Faults by chance, from the start. `seed` here counts for them alone. */
  faults?: { seed?: string | number; rates?: FaultRates };
  /** An external id that has a task already is refused, as seen with Kling (default), or makes, and charges, a second task. */
  repeatedIds?: 'refused' | 'accepted';
  /** True: an id whose create was refused (1102, 1303, 1301, ...) counts as taken although it has no task. Default false. */
  refusedIdsStayReserved?: boolean;
  /** In which order lists name their tasks. Default `newest`. */
  listOrder?: ListOrder;
  /** Tasks of somebody else among ours: one a minute, half of them before the sandbox was opened. Default 0. */
  foreignTasks?: number;
  /** How far Kling's clock is ahead of ours, in milliseconds: Date header, token checks, times in answers. Default 0. */
  skewMs?: number;
  clock?: Clock;
  /** Called after each answer. Never sees a key. */
  onRequest?: (entry: RequestEntry) => void;
}

/** A running sandbox. */
export interface Sandbox extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, no slash at the end. Without a socket a name for `fetch` alone. */
  readonly baseUrl: string;
  /**
   * Asks this sandbox without a socket: same routes, checks and faults, errors as Node's fetch throws them, no timer but
   * the clock's.
   */
  readonly fetch: typeof fetch;
  readonly apiKey: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Given, or drawn: with it a run can be repeated. */
  readonly seed: string | number;
  /** Every task of the folder, oldest first, as it stands now. */
  tasks(): SandboxTask[];
  /** Every deduction, oldest first: one per task that succeeded, and per task that failed and was charged all the same. */
  charges(): SandboxCharge[];
  balanceUnits(): number;
  slots(): number;
  /** Requests answered (or cut) since this process started it. */
  readonly requestCount: number;
  /** The last 10,000 of them, oldest first. */
  requests(): readonly RequestEntry[];
  /** Everything that happened, in one piece: tasks, charges, ids paid twice, faults, requests. */
  record(): SandboxRecord;
  /** Changes the number of tasks at once per model, 0 or more, for every process on the folder. */
  setSlots(slots: number): void;
  /** Tops the account up. */
  addUnits(units: number): void;
  /** From now on Kling's clock is this far ahead of ours. */
  setSkew(ms: number): void;
  /** Makes the next requests of a kind go wrong; see {@link FaultKind}. @throws StudioError `SANDBOX_FAULT_INVALID`. */
  failNext(kind: FaultKind, options?: FaultOptions): void;
  /** Other faults by chance than before; a seed begins the draws anew. @throws StudioError `SANDBOX_FAULT_INVALID`. */
  setFaultRates(rates: FaultRates, seed?: string | number): void;
  /** Nothing goes wrong any more. */
  clearFaults(): void;
  /** The last 10,000 faults that struck, oldest first. */
  faultStrikes(): readonly FaultStrike[];
  /** Resolves when no clip of this process is being drawn. */
  idle(): Promise<void>;
  /** Stops listening, ends open connections and drawings. Unfinished tasks go on when the folder is opened again. */
  close(): Promise<void>;
}
