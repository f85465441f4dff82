import { useEffect, useEffectEvent, useState } from 'react';
import type { Preferences } from '../../src/protocol/api/index.ts';
import type { ApiFailure } from '../api/call.ts';
import { keyOf, useAnswer, useChange } from '../api/use-api.ts';

/** Who types a number is not saved digit by digit. */
const PAUSE_MS = 500;

export interface PreferencesInHand {
  /** Missing until the studio told them. */
  value: Preferences | undefined;
  change: (value: Preferences) => void;
  state: 'asked' | 'saved' | 'saving' | 'failed';
  failure: ApiFailure | null;
}

/** What new films begin with: changed at once on the screen, saved a moment later, the same in every tab. */
export function usePreferences(): PreferencesInHand {
  const kept = useAnswer('getPreferences', {});
  const [written, setWritten] = useState<Preferences>();
  const save = useChange('setPreferences', {
    onDone(answer, { body }, client) {
      client.setQueryData(keyOf('getPreferences'), answer);
      setWritten((now) => (now === body ? undefined : now));
    },
  });
  const send = useEffectEvent((body: Preferences) => save.mutate({ body }));
  useEffect(() => {
    if (!written) return undefined;
    const timer = window.setTimeout(() => send(written), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [written]);
  const failure = save.error ?? kept.error;
  return { value: written ?? kept.data, change: setWritten, failure, state: failure ? 'failed' : written ? 'saving' : save.isSuccess ? 'saved' : 'asked' };
}
