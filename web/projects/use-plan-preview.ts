import { useEffect, useState } from 'react';
import type { ApiCalls, Plan } from '../../src/protocol/api/index.ts';
import { ApiFailure, call } from '../api/call.ts';

export type PreviewRequest = ApiCalls['previewPlan']['body'];

export interface PlanPreview {
  /** The last one that could be made; while `isOld` it is of earlier words. */
  plan: Plan | undefined;
  failure: ApiFailure | undefined;
  isOld: boolean;
}

/** Somebody who writes pauses this long before the words are looked at. */
const PAUSE_MS = 400;

/** What a script would become, asked for anew whenever `request` is another one. Saves and spends nothing. */
export function usePlanPreview(request: PreviewRequest | undefined): PlanPreview {
  const [told, setTold] = useState<{ of?: PreviewRequest; plan?: Plan | undefined; failure?: ApiFailure }>({});
  useEffect(() => {
    if (!request) return undefined;
    const stop = new AbortController();
    const timer = window.setTimeout(() => {
      call('previewPlan', { body: request }, { signal: stop.signal }).then(
        (plan) => setTold({ of: request, plan }),
        (error: unknown) => {
          if (!stop.signal.aborted && error instanceof ApiFailure) setTold(({ plan }) => ({ of: request, plan, failure: error }));
        },
      );
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [request]);
  if (!request) return { plan: undefined, failure: undefined, isOld: false };
  const isOld = told.of !== request;
  return { plan: told.plan, failure: isOld ? undefined : told.failure, isOld };
}
