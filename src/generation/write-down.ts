import { isLastFrame, type Engine, type ShotSettings } from '../protocol/shot-settings.ts';
import type { Generation, Store } from '../store/index.ts';
import { earlierTakesAtKling } from './earlier-takes.ts';
import { kindOf } from './expected-durations.ts';
import { sharedOf, withoutSeat, type Seat, type Shared } from './run-takes.ts';
import { attemptFor } from './try-again.ts';
import { wantedTakes, type WantedRequest, type WantedTake } from './wanted-takes.ts';

/** What a run is to bring in, every take of it in the ledger. */
export interface WrittenDown {
  /** By generation id, in film order. */
  shared: Map<string, Shared>;
  /** Those that were completed before, with their rows: the report names them as they are. */
  ready: { group: Shared; generation: Generation }[];
  /** Of takes that others of the run continue: generation id by fingerprint. */
  parents: Map<string, string>;
  /** Generations whose bill was known before, by id. */
  billed: Set<string>;
  /** One clip of every kind that is asked for. */
  kinds: { engine: Engine; request: ShotSettings }[];
}

/**
 * Writes every wanted take down before anything is sent, grouped by the generation it stands on. A large film is written
 * in pieces, each a transaction, so that it is never in memory whole and other processes come to write in between. A kill
 * between two pieces: the rows that are there wait, nothing was sent, and the next run of the film writes the others.
 */
export async function writeDown(store: Store, engine: Engine, request: WantedRequest & { retries?: number }): Promise<WrittenDown> {
  const shared = new Map<string, Shared>();
  const ready: WrittenDown['ready'] = [];
  const continued = new Set<string>();
  const billed = new Set<string>();
  const kinds = new Map<string, { engine: Engine; request: ShotSettings }>();
  for await (const piece of wantedTakes(store, engine, request)) {
    const shots = new Map<string, Seat['shot']>();
    for (const { wanted, generation, take } of await writePiece(store, engine, piece, request.retries ?? 0)) {
      const { id, name, index } = wanted.prompt;
      const { startFrame } = wanted.picture.request;
      if (isLastFrame(startFrame)) continued.add(startFrame.lastFrameOf);
      const shot = shots.get(id) ?? { id, name, index };
      shots.set(id, shot);
      const seat = { shot, takeId: take.id, number: take.number };
      const known = shared.get(generation.id);
      if (known) {
        known.seats.push(seat);
        continue;
      }
      const group = sharedOf(generation, seat);
      shared.set(generation.id, group);
      if (generation.billedUnits !== undefined) billed.add(generation.id);
      if (group.before === 'ready') ready.push({ group, generation });
      kinds.set(kindOf(wanted.picture), { engine, request: wanted.picture.request });
    }
  }
  for (const { generation } of await earlierTakesAtKling(store, engine, request.projectId, shared)) shared.set(generation.id, withoutSeat(generation.id));
  const rows = await store.ledger.findPictures([...continued]);
  const parents = new Map([...rows].flatMap(([fingerprint, { id }]) => (shared.has(id) ? [[fingerprint, id] as const] : [])));
  return { shared, ready, parents, billed, kinds: [...kinds.values()] };
}

interface WrittenTake {
  wanted: WantedTake;
  generation: Generation;
  take: { id: string; number: number };
}

async function writePiece(store: Store, engine: Engine, piece: readonly WantedTake[], retries: number): Promise<WrittenTake[]> {
  const written = new Map<WantedTake, WrittenTake>();
  for (const wanted of piece) {
    const { known, take } = wanted;
    // What is under way or ready stays as it is written: a large film starts as fast as a small one.
    const stands = known !== undefined && take?.generation.id === known.id && known.state.status !== 'failed' && known.state.status !== 'cancelled';
    if (stands) written.set(wanted, { wanted, generation: known, take });
  }
  const open = piece.filter((wanted) => !written.has(wanted));
  if (open.length > 0) for (const each of await askFor(store, engine, open, retries)) written.set(each.wanted, each);
  return piece.flatMap((wanted) => written.get(wanted) ?? []);
}

async function askFor(store: Store, engine: Engine, wanted: readonly WantedTake[], retries: number): Promise<WrittenTake[]> {
  return await store.together(async ({ ledger, takes }) => {
    const again = new Set(wanted.filter(({ known }) => attemptFor(known, retries, 'start of a run') === 'new row'));
    const rows = await ledger.ask(wanted.filter((each) => !again.has(each)).map(({ picture }) => picture));
    for (const { picture, known } of again) rows.set(picture.fingerprint, await ledger.askAgain(picture, known?.id));
    const asked = wanted.flatMap((each) => {
      const generation = rows.get(each.picture.fingerprint);
      const earlierId = (each.take?.generation ?? each.known)?.id;
      return generation ? [{ wanted: each, generation, shotId: each.prompt.id, generationId: generation.id, ...(earlierId === undefined ? {} : { earlierId }) }] : [];
    });
    return (await takes.attach(engine, asked)).map(({ asked: { wanted: each, generation }, id, number }) => ({ wanted: each, generation, take: { id, number } }));
  });
}
