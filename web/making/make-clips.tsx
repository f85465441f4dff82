import { useState, type ReactNode } from 'react';
import { useToast, useFailureToast } from '../app/toasts.tsx';
import { clickKey } from '../api/click-key.ts';
import type { ApiFailure } from '../api/call.ts';
import { useAnswer, useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Money, useMoneyWords } from '../ui/money.tsx';
import { Failure, Loading, Note } from '../ui/notes.tsx';

/** What is to be made: every shot that has no clip, some shots, or one more take of them. */
export interface MakeRequest {
  shotIds?: readonly string[];
  newTake?: boolean;
}

export interface MakeDialogProps {
  projectId: string;
  /** Missing: the window is closed. */
  request: MakeRequest | undefined;
  onClose: () => void;
}

/** The price, before anything is spent; and the one button that spends it. */
export function MakeDialog({ projectId, request, onClose }: MakeDialogProps): ReactNode {
  return (
    <Dialog open={request !== undefined} onOpenChange={onClose} title={request?.newTake === true ? 'One more take' : 'Make the clips'} about={request?.newTake === true ? 'The film shows it as soon as it is ready; any other can be selected again.' : 'Nothing is spent before you say so.'}>
      {request === undefined ? null : <Offer projectId={projectId} request={request} onClose={onClose} />}
    </Dialog>
  );
}

function Offer({ projectId, request, onClose }: { projectId: string; request: MakeRequest; onClose: () => void }): ReactNode {
  const { shotIds, newTake } = request;
  const query = { ...(shotIds ? { shots: shotIds.join(',') } : {}), ...(newTake === true ? { newTake: 'true' } : {}) };
  const forecast = useAnswer('forecast', { params: { projectId }, query });
  // One click, one key: pressing again after a lost answer begins nothing anew. What was refused is another click next time.
  const [idempotencyKey, renewKey] = useState(clickKey);
  const generate = useChange('generate', {
    onDone: onClose,
    onFailed(failure) {
      if (failure.code !== 'OFFLINE') renewKey(clickKey());
      if (failure.code === 'PRICE_CHANGED') void forecast.refetch();
    },
  });
  const words = useMoneyWords(forecast.data?.engine ?? 'kling');
  if (forecast.error) return <Failure failure={forecast.error} />;
  if (!forecast.data || forecast.isFetching) return <Loading words="Counting what it costs" />;
  const { engine, toMake, estimateUnits, mostUnits, ready, underWay, givenUp, capUnits, spentUnits, capReaches } = forecast.data;
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2">
        <dt>{toMake.length === 1 ? '1 clip to make' : `${toMake.length} clips to make`}</dt>
        <dd className="text-right font-semibold">
          <Money units={estimateUnits} engine={engine} />
        </dd>
        {ready > 0 ? <Fact words="There already, free of charge" value={ready} /> : null}
        {underWay > 0 ? <Fact words="Paid for and under way" value={underWay} /> : null}
        {givenUp.length > 0 ? <Fact words="Failed; only a new take makes them" value={givenUp.length} /> : null}
        <dt className="text-quiet">Spent on this film so far</dt>
        <dd className="text-right text-quiet">
          <Money units={spentUnits} engine={engine} />
        </dd>
      </dl>
      {capReaches === 'all' || capUnits === undefined ? null : (
        <Note kind="warning">
          The cap of {words(capUnits)} {capReaches === 'none' ? 'is used up: nothing can be made.' : `reaches for ${words(mostUnits)} of it; the rest waits until you raise the cap.`}
        </Note>
      )}
      {generate.error ? <Failure failure={generate.error} /> : null}
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>Not now</Button>
        <Button
          look="spend"
          busy={generate.isPending}
          disabled={toMake.length + underWay === 0 || capReaches === 'none'}
          onClick={() => generate.mutate({ params: { projectId }, body: { ...(shotIds ? { shotIds: [...shotIds] } : {}), ...(newTake === true ? { newTake } : {}), confirmUnits: mostUnits }, idempotencyKey })}
        >
          {engine === 'sandbox' ? `Make ${toMake.length === 1 ? 'it' : 'them'} for ${words(mostUnits)}` : `Spend up to ${words(mostUnits)}`}
        </Button>
      </div>
    </div>
  );
}

function Fact({ words, value }: { words: string; value: number }): ReactNode {
  return (
    <>
      <dt className="text-quiet">{words}</dt>
      <dd className="text-right tabular-nums text-quiet">{value}</dd>
    </>
  );
}

/** Stops what makes clips of a film. */
export function useStopWaiting(): { stop: (jobId: string) => void; busy: boolean } {
  const toast = useToast();
  const onFailed: (failure: ApiFailure) => void = useFailureToast();
  const { mutate, isPending } = useChange('stopJob', { onFailed, onDone: () => toast({ words: 'Stopped waiting. What is at Kling is still billed, and its clips are kept: they are fetched when you go on.' }) });
  return { stop: (jobId) => mutate({ params: { jobId } }), busy: isPending };
}
