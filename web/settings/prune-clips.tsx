import { Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ApiCalls } from '../../src/protocol/api/index.ts';
import { sizeWords } from '../../src/protocol/amount-words.ts';
import { useAnswer, useChange } from '../api/use-api.ts';
import { useFailureToast, useToast } from '../app/toasts.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { Failure, Note } from '../ui/notes.tsx';

const DAY_MS = 24 * 3_600_000;

/** What may go; clips that a film uses stay in any case. */
const CHOICES: readonly { value: string; words: string; body: ApiCalls['pruneCache']['body'] }[] = [
  { value: '30d', words: 'What was not used for 30 days', body: { maxAgeMs: 30 * DAY_MS } },
  { value: '90d', words: 'What was not used for 90 days', body: { maxAgeMs: 90 * DAY_MS } },
  { value: '1y', words: 'What was not used for a year', body: { maxAgeMs: 365 * DAY_MS } },
  { value: '5gb', words: 'The longest unused, until 5 GB are left', body: { maxSizeBytes: 5e9 } },
  { value: '20gb', words: 'The longest unused, until 20 GB are left', body: { maxSizeBytes: 20e9 } },
  { value: 'all', words: 'Everything that no film uses', body: { maxSizeBytes: 0 } },
];

/** Makes room on the disk: what would go is told before it goes. */
export function PruneClips(): ReactNode {
  const [chosen, setChosen] = useState('30d');
  const body = CHOICES.find(({ value }) => value === chosen)?.body ?? {};
  const told = useAnswer('pruneCache', { body: { ...body, onlyTell: true } }, { keepPrevious: true });
  const toast = useToast();
  const prune = useChange('pruneCache', {
    onFailed: useFailureToast(),
    onDone({ removed, freedBytes }, _, client) {
      toast({ words: `${clipsWords(removed)} removed, ${sizeWords(freedBytes)} freed.` });
      for (const name of ['pruneCache', 'cacheSize']) void client.invalidateQueries({ queryKey: [name] });
    },
  });
  const { removed = 0, freedBytes = 0, keptInUse = 0 } = told.data ?? {};
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-panel px-4 py-3">
      <div className="max-w-md">
        <SelectField label="Make room: remove" value={chosen} choices={CHOICES.map(({ value, words }) => ({ value, words }))} onChange={({ target }) => setChosen(target.value)} />
      </div>
      {told.error ? <Failure failure={told.error} /> : null}
      {told.data ? (
        <p role="status" className="text-sm text-quiet">
          {removed === 0 ? 'Nothing would go.' : `${clipsWords(removed)} would go and free ${sizeWords(freedBytes)}.`}
          {keptInUse > 0 ? ` ${keptInUse === 1 ? '1 clip stays' : `${keptInUse} clips stay`}: films use ${keptInUse === 1 ? 'it' : 'them'}.` : ''}
        </p>
      ) : null}
      {removed > 0 ? (
        <>
          <Note kind="warning">A clip of Kling that is removed can be fetched again free of charge for 30 days after it was made; later it would have to be bought again.</Note>
          <div>
            <Button look="danger" small icon={Trash2} busy={prune.isPending} disabled={told.isFetching} onClick={() => prune.mutate({ body })}>
              Remove {clipsWords(removed)}, free {sizeWords(freedBytes)}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  );
}

const clipsWords = (clips: number): string => (clips === 1 ? '1 clip' : `${clips} clips`);
