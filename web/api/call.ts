import { ADDRESSES } from 'studio:addresses';
import type { ApiCalls, ApiError, RouteName } from '../../src/protocol/api/index.ts';

type Needed<Key extends string, Value> = [Value] extends [undefined] ? unknown : object extends Value ? { [K in Key]?: Value } : { [K in Key]: Value };

/** What a route is asked with: only what it takes, and what it needs must be there. */
export type Words<Name extends RouteName> = Needed<'params', ApiCalls[Name]['params']> & Needed<'query', ApiCalls[Name]['query']> & Needed<'body', ApiCalls[Name]['body']>;

/** A refusal of the studio, or its silence (`OFFLINE`). */
export class ApiFailure extends Error implements ApiError {
  readonly code: string;
  readonly next: string | undefined;
  readonly detail: Record<string, unknown> | undefined;
  readonly status: number;

  constructor(status: number, { code, message, next, detail }: { code: string; message: string; next?: string | undefined; detail?: Record<string, unknown> | undefined }) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
    this.next = next;
    this.detail = detail;
  }
}

interface AnyWords {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
}

/** The address of a route, for links, pictures and downloads. */
export function addressOf<Name extends RouteName>(name: Name, words: Omit<Words<Name>, 'body'>): string {
  const { params = {}, query = {} } = words as AnyWords;
  const path = ADDRESSES[name][1].replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const search = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])));
  return search.size === 0 ? path : `${path}?${search}`;
}

/**
 * Asks the studio.
 * @param options.idempotencyKey of one click: the same click again begins nothing anew.
 * @throws ApiFailure.
 */
export async function call<Name extends RouteName>(name: Name, words: Words<Name>, options: { signal?: AbortSignal; idempotencyKey?: string } = {}): Promise<ApiCalls[Name]['answer']> {
  const { body } = words as AnyWords;
  const isFile = body instanceof Uint8Array;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
  const response = await fetch(addressOf(name, words), {
    method: ADDRESSES[name][0],
    headers,
    ...(body === undefined ? {} : { body: isFile ? new Blob([body.slice()]) : JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((error: unknown) => {
    if (options.signal?.aborted === true) throw error;
    throw new ApiFailure(0, { code: 'OFFLINE', message: 'The studio does not answer.', next: 'Look whether it still runs in its terminal; start it again with npm start. What is at Kling goes on there, and nothing is paid twice.' });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiFailure(response.status, isRefusal(answer) ? answer : { code: 'ANSWER_UNREADABLE', message: `The studio answered with ${response.status}.` });
  return answer as ApiCalls[Name]['answer'];
}

function isRefusal(answer: unknown): answer is ApiError {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'message' in answer;
}

type ListName = { [Name in RouteName]: ApiCalls[Name]['answer'] extends { items: unknown[]; total: number } ? Name : never }[RouteName];
type ItemOf<Name extends ListName> = ApiCalls[Name]['answer'] extends { items: (infer Item)[] } ? Item : never;

/** Every page of a list, one after the other. */
export async function callAll<Name extends ListName>(name: Name, words: Omit<Words<Name>, 'query'>, signal?: AbortSignal): Promise<ItemOf<Name>[]> {
  const items: ItemOf<Name>[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 1000, ...(cursor === undefined ? {} : { cursor }) };
    const page = (await call(name, { ...words, query } as unknown as Words<Name>, signal ? { signal } : {})) as { items: ItemOf<Name>[]; nextCursor?: string };
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}
