import type { QueryClient } from '@tanstack/react-query';
import type { Cut } from '../../src/protocol/api/index.ts';
import { call, type ApiFailure } from '../api/call.ts';
import { keyOf } from '../api/use-api.ts';
import { editOf, sameEdit, type EditPart } from './parts.ts';

/** The order and trims of the film: parts, or the script's own. */
export type Order = readonly EditPart[] | 'script';

/** Steps that can be taken back. */
const MOST_STEPS = 200;

/**
 * Where the cut is worked on: a change is there at once, goes to the studio behind it, the newest alone, and can be taken
 * back. While the studio is silent the change waits here.
 */
export class CutDesk {
  /** Missing: everything is saved. */
  draft: Order | undefined;
  /** As the studio told it last. */
  stored: Cut;
  private sending = false;
  private past: Order[] = [];
  private future: Order[] = [];
  private known: Order;
  private readonly listeners = new Set<() => void>();
  private readonly client: QueryClient;
  private readonly projectId: string;
  private readonly onFailed: (failure: ApiFailure) => void;
  /** Counts up with every change, for those who listen. */
  version = 0;

  constructor(client: QueryClient, projectId: string, stored: Cut, onFailed: (failure: ApiFailure) => void) {
    this.client = client;
    this.projectId = projectId;
    this.stored = stored;
    this.known = orderOf(stored);
    this.onFailed = onFailed;
  }

  readonly on = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  change(next: Order): void {
    const before = this.now();
    if (sameOrder(before, next)) return;
    this.past = [...this.past.slice(1 - MOST_STEPS), before];
    this.future = [];
    this.save(next);
  }

  readonly undo = (): void => {
    const before = this.now();
    const step = this.past.pop();
    if (step === undefined) return;
    this.future.push(before);
    this.save(step);
  };

  readonly redo = (): void => {
    const before = this.now();
    const step = this.future.pop();
    if (step === undefined) return;
    this.past.push(before);
    this.save(step);
  };

  /** The studio's own word. What another tab or an editor's file changed cannot be taken back step by step here. */
  hear(cut: Cut): void {
    if (this.stored === cut) return;
    this.stored = cut;
    const order = orderOf(cut);
    if (this.draft === undefined && !this.sending && !sameOrder(this.known, order)) {
      this.past = [];
      this.future = [];
      this.known = order;
    }
    this.tell();
  }

  /** An order that came with a file: one step, as if it was made here. */
  take(cut: Cut): void {
    this.past.push(this.now());
    this.future = [];
    this.keep(cut);
    this.tell();
  }

  /** Tries again what could not be saved while the studio was silent. */
  retry(): void {
    void this.send();
  }

  private now(): Order {
    return this.draft ?? this.known;
  }

  private save(order: Order): void {
    this.draft = order;
    this.tell();
    void this.send();
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.draft !== undefined) {
        const wanted = this.draft;
        const params = { projectId: this.projectId };
        const cut = wanted === 'script' ? await call('resetCut', { params }) : await call('changeCut', { params, body: { parts: [...wanted] } });
        await this.client.cancelQueries({ queryKey: keyOf('getCut', { params }) });
        this.keep(cut);
        if (this.draft === wanted) this.draft = undefined;
      }
    } catch (error) {
      const failure = error as ApiFailure;
      this.onFailed(failure);
      if (failure.code !== 'OFFLINE') {
        this.draft = undefined;
        this.past = [];
        this.future = [];
      }
    } finally {
      this.sending = false;
      this.tell();
    }
  }

  private keep(cut: Cut): void {
    this.stored = cut;
    this.known = orderOf(cut);
    this.client.setQueryData(keyOf('getCut', { params: { projectId: this.projectId } }), cut);
  }

  private tell(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}

function orderOf({ edited, parts }: Cut): Order {
  return edited ? editOf(parts) : 'script';
}

function sameOrder(one: Order, other: Order): boolean {
  return one === 'script' || other === 'script' ? one === other : sameEdit(one, other);
}
