import { liveLines } from './live-lines.ts';
import { duration, oneLine } from './printable.ts';
import type { Session } from './session.ts';

/** Before this much is done, a guess at the rest would be worth nothing. */
const GUESS_FROM = 0.05;
const GUESS_AFTER_MS = 1500;
const EVENT_EVERY_MS = 1000;

export interface WorkProgress {
  /** 0 to 1. */
  onProgress(done: number): void;
  /** Takes the lines away; safe to call twice. */
  close(): void;
}

/** A bar with the time that is left, for work on this machine; one line where there is no terminal; `progress` lines with `--json`. */
export async function showWork(session: Session, work: string, words: string): Promise<WorkProgress> {
  const live = await liveLines(session.deps.stderr);
  if (!live) session.tell(`${words}.`);
  const timeLeft = createTimeLeft();
  let toldMs = Number.NEGATIVE_INFINITY;
  let shown = '';
  let closed = false;
  return {
    onProgress(done) {
      if (closed) return;
      const nowMs = performance.now();
      const leftMs = timeLeft(done, nowMs);
      if (nowMs - toldMs >= EVENT_EVERY_MS || done === 1) {
        toldMs = nowMs;
        session.emit('progress', { work, done: Math.round(done * 1000) / 1000, ...(leftMs === undefined ? {} : { timeLeftMs: Math.round(leftMs) }) });
      }
      const full = Math.round(done * 20);
      const line = `${words}  ${'━'.repeat(full)}${'─'.repeat(20 - full)} ${Math.floor(done * 100)} %${leftMs === undefined ? '' : ` · about ${duration(Math.max(1000, leftMs))} left`}`;
      if (line !== shown) live?.(oneLine(line, (session.deps.stderr.columns ?? 80) - 1));
      shown = line;
    },
    close() {
      if (closed) return;
      closed = true;
      live?.clear();
      live?.done();
    },
  };
}

/** By the pace since the first news: what came before it (a process starting) is not paid again. */
export function createTimeLeft(): (done: number, nowMs: number) => number | undefined {
  let first: { done: number; atMs: number } | undefined;
  return (done, nowMs) => {
    first ??= { done, atMs: nowMs };
    const [gained, tookMs] = [done - first.done, nowMs - first.atMs];
    return gained < GUESS_FROM || tookMs < GUESS_AFTER_MS || done >= 1 ? undefined : (tookMs / gained) * (1 - done);
  };
}
