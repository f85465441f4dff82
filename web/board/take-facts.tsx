import { Download, History } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Take } from '../../src/protocol/api/index.ts';
import { sizeWords } from '../../src/protocol/amount-words.ts';
import { useChange, useWholeList } from '../api/use-api.ts';
import { useFailureToast, useToast } from '../app/toasts.tsx';
import { Button } from '../ui/button.tsx';
import { TextArea } from '../ui/field.tsx';
import { Money } from '../ui/money.tsx';
import { Failure } from '../ui/notes.tsx';
import { durationWords } from '../ui/time-words.ts';

/** What a take is made of, what it cost, what happened to it, and what somebody wrote about it. */
export function TakeFacts({ take, onNote }: { take: Take; onNote: (note: string) => void }): ReactNode {
  const { takeId, engine, model, mode, durationS, prompt, billedUnits, estimateUnits, error, clipUrl, sizeBytes, withdrawable } = take;
  const [note, setNote] = useState(take.note ?? '');
  const [told, setTold] = useState(false);
  const toast = useToast();
  const withdraw = useChange('withdrawTake', { onFailed: useFailureToast(), onDone: () => toast({ words: 'Withdrawn before it was sent: it costs nothing.' }) });
  return (
    <div className="flex flex-col gap-3">
      {error ? <Failure failure={error} /> : null}
      <p className="text-sm text-quiet">
        {[model, mode, durationWords(durationS)].filter(Boolean).join(' · ')}
        {' · '}
        {billedUnits === undefined ? 'list price ' : 'billed '}
        <Money units={billedUnits ?? estimateUnits} engine={engine} />
        {sizeBytes === undefined ? null : ` · ${sizeWords(sizeBytes)}`}
      </p>
      <p className="wrap-anywhere">{prompt}</p>
      <TextArea
        label="Note"
        rows={2}
        maxLength={2000}
        value={note}
        placeholder="What is good, what to change"
        onChange={({ target }) => setNote(target.value)}
        onBlur={() => {
          if (note !== (take.note ?? '')) onNote(note);
        }}
      />
      <div className="flex flex-wrap gap-2">
        {clipUrl === undefined ? null : (
          <a href={`${clipUrl}&download=true`} download className="inline-flex min-h-8 items-center gap-2 rounded-lg border border-line bg-raised px-2.5 text-sm hover:border-edge">
            <Download size={15} aria-hidden />
            The clip
          </a>
        )}
        <Button small icon={History} aria-expanded={told} onClick={() => setTold(!told)}>
          What happened
        </Button>
        {withdrawable ? (
          <Button small busy={withdraw.isPending} onClick={() => withdraw.mutate({ params: { takeId } })}>
            Withdraw, costs nothing
          </Button>
        ) : null}
      </div>
      {told ? <TakeHistory takeId={takeId} /> : null}
    </div>
  );
}

function TakeHistory({ takeId }: { takeId: string }): ReactNode {
  const history = useWholeList('takeHistory', { params: { takeId } });
  if (history.error) return <Failure failure={history.error} />;
  return (
    <ol className="flex flex-col gap-1 border-l-2 border-line pl-4 text-sm">
      {history.data?.map(({ at, words }, index) => (
        <li key={index} className="flex gap-3">
          <time dateTime={at} className="shrink-0 tabular-nums text-quiet">
            {new Date(at).toLocaleTimeString()}
          </time>
          {words}
        </li>
      ))}
    </ol>
  );
}
