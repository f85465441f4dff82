import { useMemo } from 'react';
import type { ApiCalls, Plan } from '../../src/protocol/api/index.ts';
import { call, type ApiFailure } from '../api/call.ts';
import { useAfterPause } from '../api/use-after-pause.ts';

export type PreviewRequest = ApiCalls['previewPlan']['body'];

export interface PlanPreview {
  /** The last one that could be made; while `isOld` it is of earlier words. */
  plan: Plan | undefined;
  failure: ApiFailure | undefined;
  isOld: boolean;
}

/** What a script would become, asked for anew whenever `request` is another one. Saves and spends nothing. */
export function usePlanPreview(request: PreviewRequest | undefined): PlanPreview {
  const about = useMemo(() => request && JSON.stringify(request), [request]);
  const { answered, failure, pending } = useAfterPause(about, async (signal) => (request ? await call('previewPlan', { body: request }, { signal }) : undefined));
  return { plan: answered?.answer, failure: pending ? undefined : failure, isOld: pending };
}
