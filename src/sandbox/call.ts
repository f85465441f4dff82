import type { Clock } from '../lib/clock.ts';
import type { KlingModel } from '../kling/index.ts';
import type { LatencyFor } from './accept-task.ts';
import type { AcceptedCredentials } from './authorize.ts';
import type { ClipMaker } from './clip-maker.ts';
import type { FaultQueue } from './fault-queue.ts';
import type { ListedTasks } from './listed-tasks.ts';
import type { Refusal } from './refusals.ts';
import type { Reply } from './reply.ts';
import type { SandboxRecord } from './record.ts';
import type { RequestLog, RouteName } from './request-log.ts';
import type { TaskStore } from './task-store.ts';

/** A request, free of any web framework. */
export interface Call {
  method: string;
  /** A decoded part of the path that the route names. */
  param(name: string): string;
  query: URLSearchParams;
  header(name: string): string | undefined;
  /** The body as text, or the refusal when it is too large. Called at most once. */
  readBody(): Promise<string | { refusal: Refusal }>;
  /** `http://host:port` as the caller spelled it, so that the URLs in an answer lead back the same way. */
  origin: string;
  /** The connection comes from this machine and calls it by a local name. */
  isLocal: boolean;
}

/** What the handlers work with. */
export interface RouteContext {
  store: TaskStore;
  maker: ClipMaker;
  faults: FaultQueue;
  log: RequestLog;
  credentials: AcceptedCredentials;
  clipsFolder: string;
  urlLifetimeMs: number;
  /** Of new tasks; see {@link TaskRecord.tinyBytes}. */
  tinyBytes: number | undefined;
  latencyFor: LatencyFor;
  newTaskId: () => string;
  refusedIdsStayReserved: boolean;
  listed: ListedTasks;
  clock: Clock;
  /** The sandbox's own time, in milliseconds. */
  now: () => number;
  /** How far Kling's clock is ahead of it: the Date header, token checks, times in answers. */
  skewMs: () => number;
  /** Ends waits when the sandbox closes. */
  closing: AbortSignal;
  isRetired: (model: KlingModel) => boolean;
  /** What the sandbox's own pages read and change. */
  admin: AdminActions;
}

/** What can be changed while it runs. */
export interface AdminActions {
  record: () => SandboxRecord;
  setSlots: (slots: number) => void;
  addUnits: (units: number) => void;
  setSkew: (ms: number) => void;
}

export interface Route {
  name: RouteName;
  method: 'GET' | 'POST';
  path: string;
  handler: (call: Call, context: RouteContext) => Reply | Promise<Reply>;
}
