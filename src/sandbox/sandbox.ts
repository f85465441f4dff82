import type { Clock } from '../lib/clock.ts';
import type { FaultKind, FaultOptions } from './faults.ts';
import type { RequestEntry } from './request-log.ts';
import type { SandboxCharge, SandboxTask } from './task.ts';

/** How a sandbox behaves. Only the folder must be given. */
export interface SandboxOptions {
  /** Tasks (SQLite) and clips live here and survive a restart. Several processes may open one folder at once. */
  dataFolder: string;
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
  /** `rendered` (default): a real picture at the model's size. `tiny`: 64×36, at once, for tests. */
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
  /** 0 to less than 1, for latencies. Default Math.random. */
  random?: () => number;
  clock?: Clock;
  /** Called after each answer. Never sees a key. */
  onRequest?: (entry: RequestEntry) => void;
}

/** A running sandbox. */
export interface Sandbox extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Every task of the folder, oldest first, as it stands now. */
  tasks(): SandboxTask[];
  /** Every deduction, oldest first. One per task that succeeded; failed tasks cost nothing. */
  charges(): SandboxCharge[];
  balanceUnits(): number;
  slots(): number;
  /** Requests answered (or cut) since this process started it. */
  readonly requestCount: number;
  /** The last 10,000 of them, oldest first. */
  requests(): readonly RequestEntry[];
  /** Changes the number of tasks at once per model, 0 or more, for every process on the folder. */
  setSlots(slots: number): void;
  /** Tops the account up. */
  addUnits(units: number): void;
  /** Makes the next requests of a kind go wrong; see {@link FaultKind}. */
  failNext(kind: FaultKind, options?: FaultOptions): void;
  /** Resolves when no clip of this process is being drawn. */
  idle(): Promise<void>;
  /** Stops listening, ends open connections and drawings. Unfinished tasks go on when the folder is opened again. */
  close(): Promise<void>;
}
