import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Job, ProjectSummary } from '../../src/protocol/api/index.ts';
import type { PageEvent } from '../../src/protocol/events.ts';
import { connect } from './connection.ts';
import { forgetAnswers } from './forget-answers.ts';
import { LiveStore, type Connection, type LiveCard, type LiveFilm, type Pace, type Topic } from './live-store.ts';

const LiveContext = createContext<LiveStore | undefined>(undefined);

/** Between two countings of all cards: numbers that change faster are not read. */
const LIST_PAUSE_MS = 250;

/** What moves, before the next frame; lists at once after a pause and then a few times a second. A tab that nobody sees has no frames. */
function pacedFlush(): (flush: () => void, pace: Pace) => void {
  let listedAtMs = Number.NEGATIVE_INFINITY;
  return (flush, pace) => {
    const waitMs = pace === 'list' ? listedAtMs + LIST_PAUSE_MS - performance.now() : 0;
    const run = () => {
      if (pace === 'list') listedAtMs = performance.now();
      flush();
    };
    if (document.hidden) window.setTimeout(run, LIST_PAUSE_MS);
    else if (waitMs > 0) window.setTimeout(run, waitMs);
    else window.requestAnimationFrame(run);
  };
}

export interface LiveProviderProps {
  /** The film whose clips are watched as well; missing: films and work only. */
  projectId: string | undefined;
  onEvent?: (event: PageEvent) => void;
  children: ReactNode;
}

/** Keeps one stream of events open for everything below it. */
export function LiveProvider({ projectId, onEvent, children }: LiveProviderProps): ReactNode {
  const client = useQueryClient();
  const [store] = useState(() => new LiveStore({ schedule: pacedFlush(), nowMs: () => performance.now() }));
  useEffect(() => {
    const forgetting = forgetAnswers(client);
    store.watch(projectId);
    const close = connect({
      store,
      projectId,
      onEvent(event) {
        forgetting.hear(event);
        onEvent?.(event);
      },
      onRefused: () => void client.invalidateQueries({ queryKey: ['about'] }),
    });
    return () => {
      close();
      forgetting.close();
    };
  }, [client, store, projectId, onEvent]);
  return <LiveContext value={store}>{children}</LiveContext>;
}

export function useLiveStore(): LiveStore {
  const store = useContext(LiveContext);
  if (!store) throw new Error('There is no LiveProvider above this.');
  return store;
}

function useLive<Value>(topic: Topic, read: (store: LiveStore) => Value): Value {
  const store = useLiveStore();
  const subscribe = useCallback((listener: () => void) => store.on(topic, listener), [store, topic]);
  return useSyncExternalStore(subscribe, () => read(store));
}

export const useConnection = (): Connection => useLive('connection', (store) => store.connection);
/** Every film, the last touched first; missing until the stream told of them. */
export const useProjects = (): readonly ProjectSummary[] | undefined => useLive('projects', (store) => store.projects);
export const useJobs = (): readonly Job[] => useLive('jobs', (store) => store.jobs);
export const usePaused = (): boolean => useLive('paused', (store) => store.paused);
export const useLiveFilm = (): LiveFilm | undefined => useLive('film', (store) => store.film);
export const useCards = (): readonly LiveCard[] => useLive('cards', (store) => store.allCards());
export const useCard = (shotId: string): LiveCard | undefined => useLive(`card ${shotId}`, (store) => store.card(shotId));
