import type { PageEvent, PageEvents } from '../../src/protocol/events.ts';
import { addressOf } from '../api/call.ts';
import type { LiveStore } from './live-store.ts';

/** How long a silence is not yet worth a word: a browser needs this long for a connection anew. */
const GRACE_MS = 2_000;
/** Before a connection that the server refused is tried again; a connection that broke is tried by the browser itself. */
const RETRY_MS = 2_000;

/** Every event of the stream; a table, so that a new one cannot be forgotten. */
const HEARD: Record<keyof PageEvents, true> = { snapshot: true, clip: true, card: true, project: true, projectGone: true, plan: true, cut: true, takes: true, job: true, paused: true, settings: true, notice: true, resync: true };

export interface ConnectionOptions {
  store: LiveStore;
  projectId: string | undefined;
  /** Hears every event behind the store. */
  onEvent: (event: PageEvent) => void;
  /** The server refuses the stream: somebody must log in, or the film is gone. */
  onRefused: () => void;
}

/** Listens to the studio until it is closed. @returns how to close it. */
export function connect({ store, projectId, onEvent, onRefused }: ConnectionOptions): () => void {
  let source: EventSource | undefined;
  let retry: number | undefined;
  let lost: number | undefined;
  const isLive = () => {
    window.clearTimeout(lost);
    lost = undefined;
    store.setConnection('live');
  };
  const isSilent = () => {
    lost ??= window.setTimeout(() => store.setConnection('lost'), GRACE_MS);
  };
  const open = () => {
    const opened = new EventSource(addressOf('events', { query: projectId === undefined ? {} : { projectId } }));
    source = opened;
    opened.addEventListener('open', isLive);
    opened.addEventListener('error', () => {
      isSilent();
      if (opened.readyState !== EventSource.CLOSED) return;
      onRefused();
      retry = window.setTimeout(open, RETRY_MS);
    });
    for (const type of Object.keys(HEARD)) {
      opened.addEventListener(type, ({ data }: MessageEvent<string>) => {
        const event = { type, data: JSON.parse(data) as unknown } as PageEvent;
        store.hear(event);
        onEvent(event);
      });
    }
  };
  isSilent();
  open();
  return () => {
    window.clearTimeout(retry);
    window.clearTimeout(lost);
    source?.close();
  };
}
