import type { FaultKind } from './faults.ts';

/** The parts of the API, as requests are counted. */
export type RouteName = 'create' | 'find' | 'list' | 'tasks' | 'costs' | 'clip' | 'sandbox' | 'other';

/** One request, as the sandbox saw it. Holds no key and no query (a clip's query carries its signature). */
export interface RequestEntry {
  atMs: number;
  method: string;
  path: string;
  /** Which part of the API it is. */
  route: RouteName;
  /** True when an Authorization header came with it; on `/clips/` that would be a leaked key. */
  carriedAuthorization: boolean;
  /** The HTTP status answered; undefined when the connection was cut or left hanging. */
  httpStatus: number | undefined;
  /** The fault that was played, if any. */
  fault: FaultKind | undefined;
}

const KEPT = 10_000;

export interface RequestLog {
  add(entry: RequestEntry): void;
  count(): number;
  /** Requests by part of the API. */
  countsByRoute(): Partial<Record<RouteName, number>>;
  last(): readonly RequestEntry[];
}

/** Counts every request and keeps the last 10,000. */
export function createRequestLog(onRequest: ((entry: RequestEntry) => void) | undefined): RequestLog {
  const entries: RequestEntry[] = [];
  const counts: Partial<Record<RouteName, number>> = {};
  let count = 0;
  return {
    add(entry) {
      count += 1;
      counts[entry.route] = (counts[entry.route] ?? 0) + 1;
      entries.push(entry);
      if (entries.length >= 2 * KEPT) entries.splice(0, entries.length - KEPT);
      onRequest?.(entry);
    },
    count: () => count,
    countsByRoute: () => ({ ...counts }),
    last: () => entries.slice(-KEPT),
  };
}
