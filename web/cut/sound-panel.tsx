import { Music, Trash2 } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { ProjectDetail } from '../../src/protocol/api/index.ts';
import { sizeWords } from '../../src/protocol/amount-words.ts';
import { keyOf, useAnswer, useChange } from '../api/use-api.ts';
import { useFailureToast } from '../app/toasts.tsx';
import { Button, IconButton } from '../ui/button.tsx';

/** As the studio takes them. */
const ACCEPTED = '.wav,.mp3,.m4a,.aac,.ogg,.opus';

/** A voice or music under the whole film. */
export function SoundPanel({ projectId, sound }: { projectId: string; sound: ProjectDetail['sound'] }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const onFailed = useFailureToast();
  const about = useAnswer('about', {});
  const onDone = (detail: ProjectDetail, { params }: { params: { projectId: string } }, client: { setQueryData: (key: readonly unknown[], value: ProjectDetail) => void }) => client.setQueryData(keyOf('getProject', { params }), detail);
  const set = useChange('setSound', { onFailed, onDone });
  const change = useChange('changeSound', { onFailed, onDone });
  const remove = useChange('removeSound', { onFailed, onDone });
  const mostBytes = about.data?.limits.soundBytes ?? Number.POSITIVE_INFINITY;
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > mostBytes) return onFailed({ message: `${file.name} has ${sizeWords(file.size)}; a sound has at most ${sizeWords(mostBytes)}.`, next: 'Save it as MP3 or M4A.' });
    set.mutate({ params: { projectId }, query: { name: file.name }, body: new Uint8Array(await file.arrayBuffer()) });
  };
  return (
    <section aria-label="Sound under the film" className="flex flex-col gap-3">
      <h3 className="font-semibold">Sound under the film</h3>
      {sound === undefined ? (
        <p className="text-sm text-quiet">A voice or music from the first frame to the last, beside what the clips sound like.</p>
      ) : (
        <div className="flex items-center gap-2">
          <Music size={16} aria-hidden className="shrink-0 text-quiet" />
          <p className="min-w-0 flex-1 truncate">{sound.fileName}</p>
          <IconButton icon={Trash2} label="Take the sound away" small busy={remove.isPending} onClick={() => remove.mutate({ params: { projectId } })} />
        </div>
      )}
      {sound === undefined ? null : <Gain key={sound.gainDb} gainDb={sound.gainDb} onTake={(gainDb) => change.mutate({ params: { projectId }, body: { gainDb } })} />}
      <div>
        <Button small icon={Music} busy={set.isPending} onClick={() => input.current?.click()}>
          {sound === undefined ? 'Choose a file' : 'Another file'}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="A sound file"
          accept={ACCEPTED}
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = '';
          }}
        />
      </div>
    </section>
  );
}

/** Its loudness; kept when the hand lets go. */
function Gain({ gainDb, onTake }: { gainDb: number | undefined; onTake: (gainDb: number | null) => void }): ReactNode {
  const [value, setValue] = useState(gainDb ?? -12);
  const take = () => {
    if (value !== gainDb) onTake(value);
  };
  return (
    <div className="flex items-center gap-2 text-sm">
      <input type="range" aria-label="Loudness" aria-valuetext={`${value} dB`} min={-40} max={12} step={1} value={value} onChange={({ target }) => setValue(target.valueAsNumber)} onPointerUp={take} onKeyUp={take} onBlur={take} className="min-w-0 flex-1 accent-(--accent)" />
      <span className="w-14 text-right tabular-nums">{gainDb === undefined && value === -12 ? 'usual' : `${value} dB`}</span>
      {gainDb === undefined ? null : (
        <Button small look="quiet" onClick={() => onTake(null)}>
          Usual
        </Button>
      )}
    </div>
  );
}
