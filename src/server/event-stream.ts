import type { ServerResponse } from 'node:http';
import type { PageEvents } from '../protocol/events.ts';
import { HttpError } from './errors.ts';
import { isHeard, type EventLog, type LoggedEvent } from './event-log.ts';

/** What a reader that does not read may leave lying here; more, and it begins anew. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;
/** A reader that takes nothing for so long is gone, or asleep: it comes back by itself. */
const GIVE_UP_MS = 30_000;
/** So that proxies and browsers see that somebody is there. */
const KEEP_ALIVE_MS = 15_000;
/** How soon a browser comes back. */
const RETRY_MS = 500;

interface Reader {
  watched: string | undefined;
  lastEventId: string | undefined;
}

/**
 * Where a reader goes on: behind an event of this start that it heard on the same watch; `undefined`: with a snapshot.
 * @throws HttpError EVENT_ID_INVALID for what no server of ours ever sent.
 */
export function resumePoint(log: EventLog, { watched, lastEventId }: Reader): readonly LoggedEvent[] | undefined {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  const [, start, watch, number] = /^([0-9a-f]{18})\.([A-Za-z0-9-]{1,64}|\*)\.(\d{1,15})$/.exec(lastEventId) ?? [];
  if (start === undefined) throw new HttpError(400, 'EVENT_ID_INVALID', 'This Last-Event-ID is none that the studio sent.', { next: 'Connect without one: the stream begins with a snapshot.' });
  // Of an earlier start, or of another film's watch: honest, and of no use here.
  if (start !== log.start || watch !== (watched ?? '*')) return undefined;
  return log.since(Number(number));
}

/** Writes events to one reader as long as it listens. It never waits for it: work goes on whoever reads how slowly. */
export function streamEvents(
  log: EventLog,
  reader: Reader & { snapshot: () => PageEvents['snapshot'] },
  outgoing: ServerResponse,
  headers: Readonly<Record<string, string>>,
): void {
  const missed = resumePoint(log, reader);
  const idOf = (sequence: number) => `${log.start}.${reader.watched ?? '*'}.${sequence}`;
  outgoing.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  outgoing.write(`retry: ${RETRY_MS}\n\n`);
  const write = ({ sequence, name, data }: Pick<LoggedEvent, 'sequence' | 'name' | 'data'>) => outgoing.write(`id: ${idOf(sequence)}\nevent: ${name}\ndata: ${data}\n\n`);
  // In one turn with the subscription: nothing can be said in between.
  if (missed) for (const event of missed) if (isHeard(event, reader.watched)) write(event);
  if (!missed) write({ sequence: log.last, name: 'snapshot', data: JSON.stringify(reader.snapshot()) });

  let giveUp: NodeJS.Timeout | undefined;
  const stopListening = log.on((event) => {
    if (!isHeard(event, reader.watched)) return;
    if (outgoing.writableLength > MOST_UNREAD_BYTES) leave();
    else write(event);
  });
  const keepAlive = setInterval(() => {
    if (giveUp === undefined) outgoing.write(': here\n\n');
  }, KEEP_ALIVE_MS);
  keepAlive.unref();
  /** Nothing more is put before this reader; once it has read what lies there it is told to begin anew. */
  function leave(): void {
    stopListening();
    clearInterval(keepAlive);
    // An empty id: the browser forgets the last one, and its next connection begins with a snapshot.
    outgoing.end('id\nevent: resync\ndata: {}\n\n');
    giveUp = setTimeout(() => outgoing.destroy(), GIVE_UP_MS);
    giveUp.unref();
  }
  outgoing.on('close', () => {
    stopListening();
    clearInterval(keepAlive);
    clearTimeout(giveUp);
  });
}
