import { useSyncExternalStore, type ReactNode } from 'react';
import { timeLeftWords } from '../ui/time-words.ts';

const listeners = new Set<() => void>();
let timer: number | undefined;
let nowMs = performance.now();

/** One clock for all cards that wait: the page counts down each second, and not at all while nothing is on its way. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    nowMs = performance.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

/** What is left, from what was said at `heardAtMs`. Past that it says so and promises nothing. */
export function TimeLeft({ leftMs, heardAtMs }: { leftMs: number; heardAtMs: number }): ReactNode {
  const now = useSyncExternalStore(subscribe, () => nowMs);
  const left = leftMs - Math.max(0, now - heardAtMs);
  return <span className="tabular-nums">{left < -5_000 ? 'longer than usual' : timeLeftWords(left)}</span>;
}
