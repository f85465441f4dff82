import type { ShotCard } from './api/index.ts';
import { STATUS_OF_STAGE, type ClipProgress } from './clip-progress.ts';

/**
 * A shot's card after progress of a take. Server and page change their cards by this and by nothing else, because the server
 * says no card for it: what one of them knew alone would stay wrong in the other.
 * @returns nothing where the card tells of another take, whose own card comes.
 */
export function cardWithProgress(card: ShotCard, { take, stage, fraction, timeLeftMs }: Pick<ClipProgress, 'take' | 'stage' | 'fraction' | 'timeLeftMs'>): ShotCard | undefined {
  if (card.take !== undefined && card.take !== take) return undefined;
  const { fraction: _, timeLeftMs: __, ...rest } = card;
  const status = STATUS_OF_STAGE[stage];
  // Ready may be said of a clip that was there all along, and then no card follows.
  const atWork = status === 'completed' ? card.atWork : true;
  return { ...rest, status, stage, take, atWork, ...(timeLeftMs === undefined ? {} : { timeLeftMs }), ...(fraction === undefined ? {} : { fraction }) };
}
