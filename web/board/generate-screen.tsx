import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Clapperboard, Search } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useChange } from '../api/use-api.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { useShortcuts } from '../app/shortcuts.tsx';
import { useFailureToast, useToast } from '../app/toasts.tsx';
import { useCards, useLiveFilm } from '../live/live-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { useMoneyWords } from '../ui/money.tsx';
import { Empty } from '../ui/notes.tsx';
import { countsOf, filtered, FILTERS, type FilterName } from './filters.ts';
import { GenerationSummaryView } from './generation-summary-view.tsx';
import { MakeDialog, type MakeRequest } from '../making/make-clips.tsx';
import { RunBar } from './run-bar.tsx';
import { ShotTakes } from './shot-takes.tsx';

/** Where every clip stands, live; what it costs; what to do where something failed. */
export function GenerateScreen(): ReactNode {
  const { projectId } = useParams({ from: '/films/$projectId/generate' });
  const { shot } = useSearch({ from: '/films/$projectId/generate' });
  const navigate = useNavigate();
  const film = useLiveFilm();
  const cards = useCards();
  const [filter, setFilter] = useState<FilterName>('all');
  const [wanted, setWanted] = useState('');
  const [request, setRequest] = useState<MakeRequest>();
  const search = useRef<HTMLInputElement>(null);
  const counts = countsOf(cards);
  const shown = filtered(cards, filter, wanted);
  const engine = film?.summary?.engine ?? 'sandbox';
  const moneyWords = useMoneyWords(engine);
  const open = useCallback((shotId: string | undefined) => void navigate({ to: '/films/$projectId/generate', params: { projectId }, search: shotId === undefined ? {} : { shot: shotId } }), [navigate, projectId]);
  const toast = useToast();
  const onFailed = useFailureToast();
  const { mutate: putFirst } = useChange('sendNext', { onFailed, onDone: () => toast({ words: 'It is sent next.' }) });
  const onSendNext = useCallback((shotId: string) => putFirst({ params: { projectId, shotId } }), [putFirst, projectId]);
  useShortcuts('Board', [
    { key: 'm', words: 'Make what is missing', onPress: () => setRequest({}) },
    { key: '/', words: 'Look for a shot', onPress: () => search.current?.focus() },
    ...FILTERS.map(({ name, words }, index) => ({ key: String(index + 5), words: `Show: ${words}`, onPress: () => setFilter(name) })),
  ]);
  useProgressAloud();
  if (cards.length === 0) {
    return (
      <Empty icon={Clapperboard} title="No shots yet">
        Write the script first: every shot of it gets a card here.
      </Empty>
    );
  }
  return (
    <div className="flex h-[calc(100dvh-6.5rem)] min-h-96 flex-col max-sm:h-[calc(100dvh-9.5rem)]">
      <RunBar projectId={projectId} onMake={setRequest} />
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2 sm:px-5">
        <div role="group" aria-label="Filter" className="flex flex-wrap gap-1">
          {FILTERS.map(({ name, words }) => (
            <button key={name} type="button" aria-pressed={filter === name} onClick={() => setFilter(name)} className={classNames('min-h-8 rounded-lg border px-2.5 text-sm', filter === name ? 'border-accent bg-accent text-on-accent' : 'border-line bg-panel hover:border-edge')}>
              {words} <span className={filter === name ? '' : 'text-quiet'}>{counts[name]}</span>
            </button>
          ))}
        </div>
        <div className="relative ml-auto w-full sm:w-64">
          <Search size={16} aria-hidden className="absolute left-3 top-1/2 -translate-y-1/2 text-quiet" />
          <input ref={search} type="search" aria-label="Look for a shot" placeholder="Slate or words" value={wanted} onChange={({ target }) => setWanted(target.value)} className="min-h-8 w-full rounded-lg border border-edge bg-sunken pl-9 pr-3 text-sm" />
        </div>
      </div>
      {shown.length === 0 ? <p className="p-8 text-center text-quiet">No shot is like that.</p> : <GenerationSummaryView engine={engine} moneyWords={moneyWords} cards={shown} onOpen={open} onMake={setRequest} onSendNext={onSendNext} />}
      <MakeDialog projectId={projectId} request={request} onClose={() => setRequest(undefined)} />
      {shot === undefined ? null : <ShotTakes projectId={projectId} shotId={shot} engine={engine} onClose={() => open(undefined)} onMake={setRequest} />}
    </div>
  );
}

/** Says how far the film is when a clip comes or fails, and no more often than people can listen. */
function useProgressAloud(): void {
  const summary = useLiveFilm()?.summary;
  const announce = useAnnounce();
  const before = useRef<{ ready: number; failed: number }>(undefined);
  const { ready = 0, failed = 0, shots = 0 } = summary ?? {};
  useEffect(() => {
    const last = before.current;
    before.current = { ready, failed };
    if (!last || (last.ready === ready && last.failed === failed)) return;
    announce(`${ready} of ${shots} shots ready${failed === 0 ? '' : `, ${failed} failed`}.`);
  }, [ready, failed, shots, announce]);
}
