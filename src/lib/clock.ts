/** Where time comes from. Production uses {@link systemClock}; a test brings one it can move by hand. */
export interface Clock {
  /** Wall clock, in milliseconds since 1970 (UTC). For records; it can jump. */
  now(): number;
  /**
   * A clock that never goes back, in milliseconds since an arbitrary start. For waits. All processes of a machine read the
   * same until it is started anew; then it begins at about 0.
   */
  monotonic(): number;
  /**
   * Resolves after `ms` milliseconds (0 or less: in the next turn).
   * @throws the signal's reason, unchanged, when `signal` is or becomes aborted; the timer is cleared.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Number(process.hrtime.bigint()) / 1e6,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};
