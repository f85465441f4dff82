import { isFinished, type Generation, type GenerationStatus, type ProjectPrompt } from '../store/index.ts';

/** A place in the film for a generation; equal pictures share one generation and have a seat each. */
export interface Seat {
  shot: Pick<ProjectPrompt, 'id' | 'name' | 'index'>;
  takeId: string;
  number: number;
}

/**
 * A generation of a run, by as little as its place in the line and the report need: ten thousand of them may wait for
 * days. Its row, and with it the words of its shot, is read when its turn comes.
 */
export interface Shared {
  id: string;
  /** Where it stood when the run began; under way: at Kling, or it may have been; over: it had failed, or was withdrawn. */
  before: 'waiting' | 'under way' | 'ready' | 'over';
  /** The lower, the sooner it is sent. */
  rank: number;
  /** None: of words that the film has no more. It is at Kling and is fetched, and never sent. */
  seats: Seat[];
}

export function sharedOf({ id, state }: Generation, seat: Seat): Shared {
  return { id, before: standing(state.status), rank: rankOf(seat), seats: [seat] };
}

export const withoutSeat = (id: string): Shared => ({ id, before: 'under way', rank: 0, seats: [] });

function standing(status: GenerationStatus): Shared['before'] {
  if (status === 'waiting') return 'waiting';
  if (status === 'completed') return 'ready';
  return isFinished(status) ? 'over' : 'under way';
}

/** What is at Kling, or may be, comes first; it takes no place in the queue. */
export function lineRank({ before, rank }: Shared): number {
  return before === 'waiting' ? rank : Number.NEGATIVE_INFINITY;
}

/** First takes before second ones, each in film order: a cap or an empty account then leaves a film without gaps. */
function rankOf({ number, shot }: Seat): number {
  return (number - 1) * 1_000_000 + shot.index;
}
