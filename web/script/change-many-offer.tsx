import type { ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { call } from '../api/call.ts';
import { useChange } from '../api/use-api.ts';
import { useAfterPause } from '../api/use-after-pause.ts';
import { useToast } from '../app/toasts.tsx';
import { Button } from '../ui/button.tsx';
import { Failure, Loading } from '../ui/notes.tsx';
import { EffectWords } from './effect-words.tsx';

export type AdvisedModel = NonNullable<ApiCalls['adviseFilm']['answer']['choice']>;

export interface ChangeManyOfferProps {
  projectId: string;
  engine: Engine;
  advised: AdvisedModel;
  /** Missing: every shot. */
  shotIds: readonly string[] | undefined;
  onClose: () => void;
}

/** Another model for many shots: first what that would make anew and cost, then the button. */
export function ChangeManyOffer({ projectId, engine, advised, shotIds, onClose }: ChangeManyOfferProps): ReactNode {
  const toast = useToast();
  const words = { params: { projectId }, body: { model: advised.model, ...(isMode(advised.mode) ? { mode: advised.mode } : {}), ...(shotIds ? { shotIds: [...shotIds] } : {}) } };
  const price = useAfterPause(JSON.stringify(words), async (signal) => await call('priceShots', words, { signal }));
  const change = useChange('changeShots', {
    onDone({ changed }) {
      toast({ words: `${changed === 1 ? '1 shot is' : `${changed} shots are`} filmed with ${advised.word} from now on. Takes that are there stay.` });
      onClose();
    },
  });
  const failure = change.error ?? price.failure;
  return (
    <div className="flex flex-col gap-3 rounded-xl border border-edge bg-panel p-4">
      <p className="font-medium">{shotIds ? `${shotIds.length === 1 ? 'This shot' : `These ${shotIds.length} shots`} with ${advised.word}` : `All shots with ${advised.word}`}</p>
      {failure ? <Failure failure={failure} /> : price.answered ? <EffectWords effect={price.answered.answer} engine={engine} /> : <Loading words="Counting what it costs" />}
      <div className="flex justify-end gap-2">
        <Button small onClick={onClose}>
          Leave it
        </Button>
        <Button small look="primary" busy={change.isPending} disabled={price.pending || price.answered?.answer.changed === 0 || price.failure !== undefined} onClick={() => change.mutate(words)}>
          Change the plan
        </Button>
      </div>
    </div>
  );
}

function isMode(mode: string | undefined): mode is 'std' | 'pro' | '4k' {
  return mode === 'std' || mode === 'pro' || mode === '4k';
}
