import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { ApiCalls, RouteName } from '../../src/protocol/api/index.ts';
import { call, callAll, type ApiFailure, type Words } from './call.ts';

/** How an answer is kept: by route, film, and the rest of what was asked. The stream of events throws away by these. */
export function keyOf(name: RouteName, words: object = {}): readonly unknown[] {
  const { params = {}, query = {}, body } = words as { params?: Record<string, string>; query?: object; body?: unknown };
  return [name, params['projectId'] ?? params['takeId'] ?? '', params, query, ...(body === undefined ? [] : [body])];
}

/** An answer of the studio, asked for once and kept until an event says that it is another now. */
export function useAnswer<Name extends RouteName>(name: Name, words: Words<Name>, options: { enabled?: boolean; keepPrevious?: boolean } = {}): UseQueryResult<ApiCalls[Name]['answer'], ApiFailure> {
  // The library infers an answer that may be a function; the table has none.
  return useQuery<unknown, ApiFailure>({
    queryKey: keyOf(name, words as object),
    queryFn: async ({ signal }) => await call(name, words, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<ApiCalls[Name]['answer'], ApiFailure>;
}

/** Every item of a list of shots, takes or models. */
export function useWholeList<Name extends Parameters<typeof callAll>[0]>(name: Name, words: Omit<Words<Name>, 'query'>, options: { enabled?: boolean } = {}): UseQueryResult<Awaited<ReturnType<typeof callAll<Name>>>, ApiFailure> {
  return useQuery({
    queryKey: [...keyOf(name, words), 'all'],
    queryFn: async ({ signal }) => await callAll(name, words, signal),
    enabled: options.enabled ?? true,
  });
}

/** Something that is changed by a click. `onDone` may put the answer into the cache. */
export function useChange<Name extends RouteName>(
  name: Name,
  options: { onDone?: (answer: ApiCalls[Name]['answer'], words: Words<Name>, client: QueryClient) => void; onFailed?: (failure: ApiFailure) => void } = {},
): UseMutationResult<ApiCalls[Name]['answer'], ApiFailure, Words<Name> & { idempotencyKey?: string }> {
  const client = useQueryClient();
  return useMutation<ApiCalls[Name]['answer'], ApiFailure, Words<Name> & { idempotencyKey?: string }>({
    mutationFn: async (words) => await call(name, words, words.idempotencyKey === undefined ? {} : { idempotencyKey: words.idempotencyKey }),
    onSuccess: (answer, words) => options.onDone?.(answer, words, client),
    onError: (failure) => options.onFailed?.(failure),
  });
}
