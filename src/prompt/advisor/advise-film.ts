import type { KlingFeature, KlingKind } from '../../kling/index.ts';
import { adviseModel, neighbour, pricedFor, type AdvisedRow, type ModelAdvice, type Neighbour } from './advise-model.ts';
import { choose, floorOf, neighboursOf, type Preference, type Priced } from './choose.ts';
import { complexityOf } from './complexity.ts';
import { catalogueRows, type AdvisorRow } from './rows.ts';

export interface FilmShot {
  /** `S02_SH05`, for the answer. */
  name: string;
  prompt: string;
  durationS: number;
  kind?: KlingKind;
  requires?: readonly KlingFeature[];
}

export interface FilmAdviceRequest {
  shots: readonly FilmShot[];
  /** For the whole film, in US dollars at list prices. */
  budgetUsd?: number;
  /** Default `balanced`. */
  prefer?: Preference;
  available?: readonly string[];
  rows?: readonly AdvisorRow[];
}

/** A shot that the film's model does not suit. */
export interface FlaggedShot {
  name: string;
  why: string;
  /** What it would be filmed with by itself. */
  advice: ModelAdvice;
}

export interface FilmAdvice {
  /** One model and mode for the film, so that its shots look alike; missing where none makes a single shot. `priceUsd` is the film's. */
  choice?: AdvisedRow;
  /** Complexity of each shot, in order. */
  complexities: readonly number[];
  floor: number;
  flagged: readonly FlaggedShot[];
  reasons: readonly string[];
  /** The nearest below in price that makes as many shots, and the nearest above in quality; prices are the film's. */
  nextCheaper?: Neighbour;
  nextBetter?: Neighbour;
}

const money = (usd: number): string => `$${usd.toFixed(2)}`;

/**
 * One model and mode for a film or a scene: the cheapest that makes as many of its shots as any does and is good enough for
 * the middle one. Shots that want another are named, each with its own advice.
 */
export function adviseFilm({ shots, budgetUsd, prefer = 'balanced', available, rows = catalogueRows() }: FilmAdviceRequest): FilmAdvice {
  const complexities = shots.map(({ prompt }) => complexityOf(prompt).score);
  const middle = complexities.toSorted((a, b) => a - b)[Math.floor(complexities.length / 2)] ?? 0;
  const floor = floorOf(middle, prefer);
  const usable = rows.filter(({ id, lifecycle }) => lifecycle === 'active' && (available === undefined || available.includes(id)));
  const fits = usable.map((row) => ({ row, each: shots.map((shot) => pricedFor(row, wishOf(shot))) }));
  const most = Math.max(0, ...fits.map(({ each }) => each.filter(Boolean).length));
  const candidates: Priced[] = most === 0 ? [] : fits.filter(({ each }) => each.filter(Boolean).length === most).map(({ row, each }) => ({ row, usd: each.reduce((sum, one) => sum + (one?.usd ?? 0), 0) }));
  const picked = choose(candidates, floor, budgetUsd, prefer);
  const chosen = picked?.chosen ?? candidates.toSorted((a, b) => a.usd - b.usd)[0];
  if (chosen === undefined) return { complexities, floor, flagged: flaggedOf(shots, undefined, { complexities, prefer, available, rows }), reasons: ['No model that lives and may be used makes any of these shots.'] };
  const { row, usd } = chosen;
  const choice: AdvisedRow = { id: row.id, model: row.model, ...(row.mode === undefined ? {} : { mode: row.mode }), word: row.word, quality: row.quality, priceUsd: Math.round(usd * 10_000) / 10_000 };
  const reasons = [
    `The middle shot has complexity ${middle} of 100; with the preference ${prefer} that asks for quality ${floor}.`,
    `${row.word} makes ${most} of ${shots.length} shots for ${money(usd)} and has quality ${row.quality}.`,
    ...(picked === undefined ? [`The budget of ${money(budgetUsd ?? 0)} does not hold the film: the cheapest way is ${money(usd)}.`] : picked.reached ? [] : [`Nothing in reach has quality ${floor}.`]),
  ];
  const { cheaper, better } = neighboursOf(candidates, chosen);
  const nextCheaper = neighbour(cheaper, chosen);
  const nextBetter = neighbour(better, chosen);
  return { choice, complexities, floor, flagged: flaggedOf(shots, row, { complexities, prefer, available, rows }), reasons, ...(nextCheaper ? { nextCheaper } : {}), ...(nextBetter ? { nextBetter } : {}) };
}

function wishOf({ durationS, kind = 'text2video', requires = [] }: FilmShot): { durationS: number; kind: KlingKind; requires: readonly KlingFeature[] } {
  return { durationS, kind, requires };
}

interface FilmFacts {
  complexities: readonly number[];
  prefer: Preference;
  available: readonly string[] | undefined;
  rows: readonly AdvisorRow[];
}

function flaggedOf(shots: readonly FilmShot[], row: AdvisorRow | undefined, { complexities, prefer, available, rows }: FilmFacts): FlaggedShot[] {
  return shots.flatMap((shot, index) => {
    const complexity = complexities[index] ?? 0;
    const possible = row !== undefined && pricedFor(row, wishOf(shot)) !== undefined;
    const needed = floorOf(complexity, prefer);
    if (possible && row.quality >= needed) return [];
    const advice = adviseModel({ ...shot, prefer, rows, ...(available === undefined ? {} : { available }) });
    // Whoever would get the same again has nothing to choose.
    if (possible && (advice.choice === undefined || advice.choice.quality <= row.quality)) return [];
    const why = possible ? `its complexity ${complexity} asks for quality ${needed}, and ${row.word} has ${row.quality}` : `${row?.word ?? 'nothing'} does not make it: ${shot.durationS} s${shot.requires === undefined || shot.requires.length === 0 ? '' : ` with ${shot.requires.join(', ')}`}`;
    return [{ name: shot.name, why, advice }];
  });
}
