import { useSyncExternalStore } from 'react';

const EVERY_MS = 30_000;
let nowMs = Date.now();

function subscribe(listener: () => void): () => void {
  nowMs = Date.now();
  const timer = window.setInterval(() => {
    nowMs = Date.now();
    listener();
  }, EVERY_MS);
  return () => window.clearInterval(timer);
}

/** The time of day, fine enough for `12 min ago`. */
export function useNowMs(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}
