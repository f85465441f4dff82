import { Check, Columns2, Plus, Star, ThumbsDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import type { Take } from '../../src/protocol/api/index.ts';
import { useChange, useWholeList } from '../api/use-api.ts';
import { keyWords, useShortcuts, type Shortcut } from '../app/shortcuts.tsx';
import { useFailureToast, useToast } from '../app/toasts.tsx';
import { useCard } from '../live/live-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure, Loading } from '../ui/notes.tsx';
import type { MakeRequest } from '../making/make-clips.tsx';
import { TakeFacts } from './take-facts.tsx';
import { TakeList } from './take-list.tsx';
import { TakePlayers } from './take-players.tsx';

export interface ShotTakesProps {
  projectId: string;
  shotId: string;
  engine: Engine;
  onClose: () => void;
  onMake: (request: MakeRequest) => void;
}

/** The takes of a shot: looked at in a loop, two of them in step, chosen and rejected by key. */
export function ShotTakes({ projectId, shotId, engine, onClose, onMake }: ShotTakesProps): ReactNode {
  const card = useCard(shotId);
  const takes = useWholeList('listTakes', { params: { projectId, shotId } });
  return (
    <Dialog open onOpenChange={onClose} size="wide" title={card === undefined ? 'Takes' : `Takes of ${card.name}`} about={card?.words}>
      {takes.error ? <Failure failure={takes.error} /> : null}
      {takes.isPending ? <Loading /> : null}
      {takes.data ? <Takes takes={takes.data} onMore={() => onMake({ shotIds: [shotId], newTake: (card?.takes ?? 0) > 0 })} engine={engine} /> : null}
    </Dialog>
  );
}

function Takes({ takes, engine, onMore }: { takes: readonly Take[]; engine: Engine; onMore: () => void }): ReactNode {
  const [watchedId, setWatchedId] = useState<string>();
  const [besideId, setBesideId] = useState<string>();
  const watched = takes.find(({ takeId }) => takeId === watchedId) ?? takes.find(({ selected, clipUrl }) => selected && clipUrl !== undefined) ?? takes.find(({ clipUrl }) => clipUrl !== undefined) ?? takes[0];
  const beside = takes.find(({ takeId }) => takeId === besideId && takeId !== watched?.takeId);
  const onFailed = useFailureToast();
  const toast = useToast();
  const select = useChange('selectTake', { onFailed, onDone: ({ number }) => toast({ words: `The film shows take ${number}.` }) });
  const change = useChange('changeTake', { onFailed });
  const step = (by: number) => {
    const at = takes.findIndex(({ takeId }) => takeId === watched?.takeId);
    setWatchedId(takes[(at + by + takes.length) % takes.length]?.takeId);
  };
  const canSelect = watched?.clipUrl !== undefined && !watched.selected;
  const actions: Shortcut[] = [
    { key: 's', words: 'The film shows this take', onPress: () => watched && canSelect && select.mutate({ params: { takeId: watched.takeId } }) },
    { key: 'x', words: 'Reject it, or take that back', onPress: () => watched && change.mutate({ params: { takeId: watched.takeId }, body: { rejected: !watched.rejected } }) },
    { key: 'c', words: 'Compare with the next one', onPress: () => setBesideId(beside ? undefined : nextWithClip(takes, watched)?.takeId) },
    { key: 'n', words: 'One more take', onPress: onMore },
    { key: 'ArrowLeft', words: 'The take before', onPress: () => step(-1) },
    { key: 'ArrowRight', words: 'The next take', onPress: () => step(1) },
  ];
  useShortcuts('Takes', actions);
  if (!watched) {
    return (
      <div className="flex flex-col items-center gap-4 py-10">
        <p className="text-quiet">Nothing of this shot was asked for yet.</p>
        <Button look="spend" icon={Plus} onClick={onMore}>
          Make it
        </Button>
      </div>
    );
  }
  const keyOf = (key: string) => <kbd className="max-sm:hidden">{keyWords({ key })}</kbd>;
  return (
    <div className="grid gap-5 md:grid-cols-[minmax(0,1fr)_15rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <TakePlayers takes={beside ? [watched, beside] : [watched]} />
        <div className="flex flex-wrap gap-2">
          <Button look={watched.selected ? 'plain' : 'primary'} icon={watched.selected ? Check : Star} busy={select.isPending} disabled={!canSelect} onClick={actions[0]?.onPress}>
            {watched.selected ? 'The film shows it' : 'Select'} {keyOf('s')}
          </Button>
          <Button icon={ThumbsDown} aria-pressed={watched.rejected} busy={change.isPending} onClick={actions[1]?.onPress}>
            {watched.rejected ? 'Rejected' : 'Reject'} {keyOf('x')}
          </Button>
          <Button icon={Columns2} aria-pressed={beside !== undefined} disabled={!beside && nextWithClip(takes, watched) === undefined} onClick={actions[2]?.onPress}>
            Compare {keyOf('c')}
          </Button>
          <Button icon={Plus} onClick={onMore}>
            New take {keyOf('n')}
          </Button>
        </div>
        <TakeFacts key={watched.takeId} take={watched} onNote={(note) => change.mutate({ params: { takeId: watched.takeId }, body: { note } })} />
      </div>
      <TakeList takes={takes} engine={engine} watchedId={watched.takeId} besideId={beside?.takeId} onWatch={setWatchedId} onBeside={setBesideId} />
    </div>
  );
}

function nextWithClip(takes: readonly Take[], watched: Take | undefined): Take | undefined {
  const at = takes.findIndex(({ takeId }) => takeId === watched?.takeId);
  return [...takes.slice(at + 1), ...takes.slice(0, at)].find(({ clipUrl }) => clipUrl !== undefined);
}
