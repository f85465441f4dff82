import { StudioError } from '../lib/errors.ts';
import type { ErrorFacts, Generation, Ledger, Store } from '../store/index.ts';
import type { DriveContext } from './drive-context.ts';
import { drive } from './drive.ts';
import { errorFacts } from './error-facts.ts';
import type { ExpectedDurations } from './expected-durations.ts';
import { resultsOf, type TakeEnd } from './run-report.ts';
import type { Shared } from './run-takes.ts';
import { attemptFor } from './try-again.ts';
import { pictureOf } from './wanted-takes.ts';

/** What bringing in the takes of one run needs. */
export interface BringContext {
  store: Store;
  drive: DriveContext;
  /** The run's takes by generation; a new attempt is added to it. */
  shared: Map<string, Shared>;
  expected: ExpectedDurations;
  /** Whose cap pays for a new attempt. */
  projectId: string;
  /** New attempts that were allowed for each take, each of which may cost. */
  retries: number;
}

/**
 * Takes one generation to its end or rest, with the new attempts that were allowed.
 * @param ready its row, when it was completed before the run.
 */
export async function bring(group: Shared, run: BringContext, ready?: Generation): Promise<TakeEnd[]> {
  const { store, drive: context } = run;
  let current = group.id;
  try {
    if (ready) {
      context.report(ready, { stage: 'checking' });
      if (await context.cache.find(ready.fingerprint)) {
        context.gate.notComing(group.id);
        context.report(ready, { fromCache: true });
        return resultsOf(group, ready, 'completed', { fromCache: true });
      }
    }
    const isWanted = group.seats.length > 0;
    for (let retriesLeft = isWanted ? run.retries : 0; ; retriesLeft -= 1) {
      const { generation, rest, followed = false } = await drive(current, isWanted ? context : { ...context, mayBeSent: false }, { tryRefusedAgain: current === group.id && group.before === 'over' });
      const { state } = generation;
      if (rest) return resultsOf(group, generation, rest.why === 'unobtainable' || rest.why === 'parked' ? 'failed' : 'waiting', { error: rest.error, rest: rest.why });
      if (state.status === 'completed') {
        await run.expected.learnAgain(generation, context.clock.monotonic());
        // A file fetched again was made, and paid for, in an earlier run.
        return resultsOf(group, generation, 'completed', { fromCache: ready !== undefined || followed || state.taskId === undefined });
      }
      if (attemptFor(generation, retriesLeft, 'in a run') !== 'new row') return resultsOf(group, generation, 'failed', { error: state.status === 'failed' ? state.error : WITHDRAWN, ...(followed ? { followed } : {}) });
      const next = await store.ledger.askAgain(pictureOf({ settings: generation.request, projectId: run.projectId }, generation.engine, generation.fingerprint), current);
      for (const seat of group.seats) await store.takes.moveTo(seat.takeId, next.id);
      run.shared.set(next.id, group);
      current = next.id;
    }
  } catch (error) {
    context.gate.notComing(group.id);
    const generation = await store.ledger.find(current);
    if (!generation) throw error;
    if (context.signal.aborted) return resultsOf(group, generation, 'waiting', { error: STOPPED, rest: 'stopped' });
    // This machine's trouble, such as a full disk: the take stays where it is, and the others go on.
    if (!StudioError.is(error) || error.code === 'GENERATION_TRANSITION') throw error;
    return resultsOf(group, generation, 'waiting', { error: errorFacts(error), rest: 'machine' });
  }
}

/** What is said of takes whose turn had not come when the run was stopped. */
export async function neverBrought(groups: readonly Shared[], ledger: Ledger): Promise<TakeEnd[]> {
  const rows = await ledger.findAll(groups.map(({ id }) => id));
  return groups.flatMap((group) => {
    const generation = rows.get(group.id);
    if (!generation) throw new StudioError('GENERATION_UNKNOWN', `The ledger has no row ${group.id}.`);
    return resultsOf(group, generation, 'waiting', { error: STOPPED, rest: 'stopped' });
  });
}

/** A person did without it after this run had asked for it: it must not be asked for again by the run. */
const WITHDRAWN: ErrorFacts = {
  code: 'TAKE_WITHDRAWN',
  message: 'This take was withdrawn before it was sent; it costs nothing.',
  next: 'directorstudio film asks for it again, if the film still wants it.',
};

export const STOPPED: ErrorFacts = {
  code: 'RUN_STOPPED',
  message: 'The run was stopped before this take was ready.',
  next: 'directorstudio resume goes on; what is at Kling goes on there and is not paid for again.',
};
