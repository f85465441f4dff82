import type { GenerationEvent } from '../../src/generation/transition.ts';

/**
 * Every step of the ledger by its name in the journal, and every other commit that a run makes. The compiler asks for each
 * event of the state machine. A text says why nobody dies there.
 */
const STEPS: Record<GenerationEvent['type'] | 'asked' | 'attach' | 'claim' | 'release' | 'select' | 'bind' | 'slots' | 'leave' | 'recovered_bills', true | string> = {
  asked: true,
  attach: true,
  leave: true,
  claim: true,
  release: true,
  select: true,
  bind: true,
  slots: true,
  send: true,
  held: true,
  accepted: true,
  unsent: true,
  refused: true,
  deferred: true,
  'id-taken': true,
  lost: true,
  found: true,
  absent: true,
  'not-known': true,
  'cannot-know': true,
  'next-attempt': true,
  processing: true,
  succeeded: true,
  'task-failed': true,
  'download-failed': true,
  unobtainable: true,
  'gave-up': true,
  stored: true,
  'file-lost': true,
  'other-account': true,
  unpark: true,
  retry: true,
  recovered: true,
  recovered_bills: true,
  cancel: true,
};

/** Calls to the outside that a run makes. */
const CALLS = ['fetch list', 'fetch create', 'fetch tasks', 'fetch look', 'fetch get', 'fetch download', 'disk create', 'disk write', 'disk sync', 'disk link', 'disk rename', 'disk rm', 'disk chmod', 'disk utimes'];

/** Steps and calls, on either side, at which nobody died. Empty, or the proof is red. */
export function neverDiedAt(deaths: Readonly<Record<string, number>>): string[] {
  const steps = Object.entries(STEPS).flatMap(([name, reachable]) => (reachable === true ? [name] : []));
  return [...steps, ...CALLS].flatMap((name) => [`${name} / before`, `${name} / after`]).filter((name) => (deaths[name] ?? 0) === 0);
}

/** `accepted 40+38`: deaths before and after each step. */
export function coverageTable(deaths: Readonly<Record<string, number>>): string[] {
  return [...Object.keys(STEPS), ...CALLS].map((name) => {
    const reachable = (STEPS as Record<string, true | string>)[name] ?? true;
    return reachable === true ? `${name} ${deaths[`${name} / before`] ?? 0}+${deaths[`${name} / after`] ?? 0}` : `${name} (${reachable})`;
  });
}
