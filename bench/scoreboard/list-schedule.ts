/** From this moment on so many tasks may run at once. */
export interface SlotChange {
  atMs: number;
  slots: number;
}

/**
 * The shortest time in which tasks can follow each other when each starts the moment a slot is free, in the order given.
 * A task that runs when the limit falls runs on. @param changes the first at 0. @returns `rounds`: the longest row of
 * tasks that had to wait for one another.
 */
export function listSchedule(durationsMs: readonly number[], changes: readonly SlotChange[]): { idealMs: number; rounds: number } {
  const running: { endMs: number; round: number }[] = [];
  /** Rounds of the tasks whose slots are free now. */
  const freed: number[] = [];
  let nowMs = 0;
  let idealMs = 0;
  let rounds = 0;
  let next = 0;
  while (next < durationsMs.length) {
    const slots = changes.findLast(({ atMs }) => atMs <= nowMs)?.slots ?? 0;
    while (next < durationsMs.length && running.length < slots) {
      const round = (freed.shift() ?? 0) + 1;
      const endMs = nowMs + (durationsMs[next] ?? 0);
      running.push({ endMs, round });
      idealMs = Math.max(idealMs, endMs);
      rounds = Math.max(rounds, round);
      next += 1;
    }
    const nextMs = Math.min(...running.map(({ endMs }) => endMs), ...changes.map(({ atMs }) => atMs).filter((atMs) => atMs > nowMs));
    if (!Number.isFinite(nextMs)) break;
    nowMs = nextMs;
    for (let index = running.length - 1; index >= 0; index -= 1) {
      const task = running[index];
      if (task === undefined || task.endMs > nowMs) continue;
      running.splice(index, 1);
      freed.push(task.round);
    }
  }
  return { idealMs, rounds };
}
