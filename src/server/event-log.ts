import { randomBytes } from 'node:crypto';
import type { PageEvent } from '../protocol/events.ts';

/** An event with its place, written once for all who hear it. */
export interface LoggedEvent {
  sequence: number;
  name: PageEvent['type'];
  /** The film it is about, where only those who watch that film hear it. */
  projectId: string | undefined;
  /** JSON. */
  data: string;
}

/** So many are kept for those who were away for a moment: at 200 a second, twenty seconds. */
const KEPT_EVENTS = 4000;

/** What was said since the start, numbered, the last of it kept. */
export class EventLog {
  /** Of this start; numbers of another one mean nothing here. */
  readonly start = randomBytes(9).toString('hex');
  private readonly kept: LoggedEvent[] = [];
  private readonly listeners = new Set<(event: LoggedEvent) => void>();
  private sequence = 0;

  /** The number of the last event. */
  get last(): number {
    return this.sequence;
  }

  publish<Name extends PageEvent['type']>(name: Name, data: Extract<PageEvent, { type: Name }>['data'], projectId?: string): void {
    this.sequence += 1;
    const event: LoggedEvent = { sequence: this.sequence, name, projectId, data: JSON.stringify(data) };
    this.kept.push(event);
    // Cleared in blocks: moving thousands of places with every event would cost more than the events.
    if (this.kept.length > KEPT_EVENTS * 1.25) this.kept.splice(0, this.kept.length - KEPT_EVENTS);
    for (const listener of this.listeners) listener(event);
  }

  /** Everything behind a number; `undefined`: some of it is not kept any more, or the number is none of ours. */
  since(sequence: number): readonly LoggedEvent[] | undefined {
    if (sequence > this.sequence) return undefined;
    const first = this.kept[0]?.sequence ?? this.sequence + 1;
    return sequence < first - 1 ? undefined : this.kept.slice(sequence - first + 1);
  }

  on(listener: (event: LoggedEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Whether somebody who watches a film, or none, hears an event. */
export function isHeard(event: LoggedEvent, watched: string | undefined): boolean {
  return event.projectId === undefined || event.projectId === watched;
}
