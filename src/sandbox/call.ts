import type { KlingModel } from '../kling/index.ts';
import type { AcceptedCredentials } from './authorize.ts';
import type { ClipMaker } from './clip-maker.ts';
import type { FaultQueue } from './faults.ts';
import type { Refusal } from './refusals.ts';
import type { Reply } from './reply.ts';
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
  credentials: AcceptedCredentials;
  clipsFolder: string;
  urlLifetimeMs: number;
  speed: number;
  random: () => number;
  now: () => number;
  isRetired: (model: KlingModel) => boolean;
}

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  handler: (call: Call, context: RouteContext) => Reply | Promise<Reply>;
}
