import { Check, ThumbsDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Take } from '../../src/protocol/api/index.ts';
import type { Engine } from '../../src/protocol/shot-settings.ts';
import { classNames } from '../ui/class-names.ts';
import { StatusMark } from '../ui/status.tsx';
import { withWidth } from '../ui/picture-address.ts';

export interface TakeListProps {
  takes: readonly Take[];
  /** Of the film: takes of the other engine say whose they are. */
  engine: Engine;
  watchedId: string;
  besideId: string | undefined;
  onWatch: (takeId: string) => void;
  onBeside: (takeId: string) => void;
}

export function TakeList({ takes, engine, watchedId, besideId, onWatch, onBeside }: TakeListProps): ReactNode {
  return (
    <ul aria-label="Takes" className="flex gap-2 overflow-x-auto pb-1 max-md:order-first md:max-h-[60dvh] md:flex-col md:overflow-y-auto">
      {takes.map((take) => {
        const { takeId, number, pictureUrl, status, stage, selected, rejected, current } = take;
        const isWatched = takeId === watchedId;
        return (
          <li key={takeId} className={classNames('w-44 shrink-0 rounded-xl border p-2 md:w-auto', isWatched ? 'border-accent-text bg-raised' : takeId === besideId ? 'border-warm-text' : 'border-line')}>
            <button type="button" aria-pressed={isWatched} className="block w-full text-left" onClick={(event) => (event.shiftKey ? onBeside(takeId) : onWatch(takeId))}>
              <span className="relative block aspect-video overflow-hidden rounded-lg bg-sunken">{pictureUrl === undefined ? null : <img src={withWidth(pictureUrl, 320)} alt="" className={classNames('size-full object-contain', rejected && 'opacity-40')} />}</span>
              <span className="mt-1.5 flex items-center gap-2">
                <span className="font-mono text-sm">T{String(number).padStart(2, '0')}</span>
                {selected ? (
                  <span className="flex items-center gap-1 text-sm text-good-text">
                    <Check size={14} aria-hidden />
                    in the film
                  </span>
                ) : null}
                {rejected ? (
                  <span className="flex items-center gap-1 text-sm text-quiet">
                    <ThumbsDown size={14} aria-hidden />
                    rejected
                  </span>
                ) : null}
              </span>
              <StatusMark status={status} stage={stage} engine={take.engine} />
              {current ? null : <span className="block text-sm text-quiet">of earlier words</span>}
              {take.engine === engine ? null : <span className="block text-sm text-quiet">{take.engine === 'sandbox' ? 'of the sandbox' : 'of Kling'}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
