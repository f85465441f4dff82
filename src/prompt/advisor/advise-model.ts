import type { KlingFeature, KlingKind } from '../../kling/index.ts';
import { readPrompt } from '../reading/reading.ts';
import { choose, floorOf, neighboursOf, type Preference, type Priced } from './choose.ts';
import { complexityOf, type Complexity } from './complexity.ts';
import { changesFor, FEATURE_WORDS, type FeasibleChange } from './feasible-change.ts';
import { catalogueRows, type AdvisorRow } from './rows.ts';

export interface AdviceRequest {
  prompt: string;
  /** Length of the clip in seconds; default 5. */
  durationS?: number;
  /** Default `text2video`. */
  kind?: KlingKind;
  /** For this clip, in US dollars at list prices. */
  budgetUsd?: number;
  /** What the clip must have. */
  requires?: readonly KlingFeature[];
  /** Default `balanced`. */
  prefer?: Preference;
  /** A row somebody asked for, `kling-v1-6/std`: where it is gone, the answer says what stands for it. */
  requested?: string;
  /** Only these rows, by id. */
  available?: readonly string[];
  /** Instead of Kling's catalogue. */
  rows?: readonly AdvisorRow[];
}

export interface AdvisedRow {
  id: string;
  model: string;
  mode?: AdvisorRow['mode'];
  /** `2.5-turbo std`. */
  word: string;
  quality: number;
  priceUsd: number;
}

/** Another row, against the choice. */
export interface Neighbour extends AdvisedRow {
  priceDifferenceUsd: number;
  qualityDifference: number;
}

export interface ModelAdvice {
  /** Missing where nothing can make the clip; then `changes` says what would. */
  choice?: AdvisedRow;
  complexity: Complexity;
  /** The quality this prompt asks for with this preference. */
  floor: number;
  reasons: readonly string[];
  warnings: readonly string[];
  nextCheaper?: Neighbour;
  nextBetter?: Neighbour;
  /** The smallest changes that would make the clip possible, the smallest first; empty where there is a choice. */
  changes: readonly FeasibleChange[];
}

const money = (usd: number): string => `$${usd.toFixed(3).replace(/0$/, '')}`;
const signed = (value: number, words: (amount: number) => string): string => `${value < 0 ? '-' : '+'}${words(Math.abs(value))}`;

function advised({ row, usd }: Priced): AdvisedRow {
  return { id: row.id, model: row.model, ...(row.mode === undefined ? {} : { mode: row.mode }), word: row.word, quality: row.quality, priceUsd: Math.round(usd * 10_000) / 10_000 };
}

/** Another way, against the chosen one. */
export function neighbour(other: Priced | undefined, chosen: Priced): Neighbour | undefined {
  if (other === undefined) return undefined;
  return { ...advised(other), priceDifferenceUsd: Math.round((other.usd - chosen.usd) * 10_000) / 10_000, qualityDifference: Math.round((other.row.quality - chosen.row.quality) * 100) / 100 };
}

/** The row's price for the clip, where it can make it. */
export function pricedFor(row: AdvisorRow, clip: { durationS: number; kind: KlingKind; requires: readonly KlingFeature[] }): Priced | undefined {
  const sound = clip.requires.includes('sound') || clip.requires.includes('voices');
  if (!row.durationsS.includes(clip.durationS)) return undefined;
  const asked = { kind: clip.kind, durationS: clip.durationS, sound };
  const wanted: KlingFeature[] = [clip.kind === 'text2video' ? 'textToVideo' : 'imageToVideo', ...clip.requires];
  // Where only a picture brings the feature, the clip is made from one.
  const needed = clip.requires.some((feature) => feature === 'endFrame' || feature === 'endFrameOnly') ? wanted.slice(1) : wanted;
  if (!needed.every((feature) => row.has(feature, asked))) return undefined;
  const usd = row.priceUsd({ durationS: clip.durationS, sound });
  return usd === undefined ? undefined : { row, usd };
}

/**
 * The model and mode for a clip: the cheapest that is good enough for its difficulty, among those that live and can make it.
 * Prices are list prices. Pure; the same answer every time.
 */
export function adviseModel(request: AdviceRequest): ModelAdvice {
  const { durationS = 5, kind = 'text2video', prefer = 'balanced', requires = [], budgetUsd, available, requested } = request;
  const all = request.rows ?? catalogueRows();
  const reading = readPrompt(request.prompt);
  const complexity = complexityOf(reading);
  const floor = floorOf(complexity.score, prefer);
  const offered = all.filter(({ id }) => available === undefined || available.includes(id));
  const living = offered.filter(({ lifecycle }) => lifecycle === 'active');
  const lines = reading.quotes.filter((quote) => quote.kind === 'speech').length;
  const reasons = [complexityWords(complexity, floor, prefer)];
  const warnings: string[] = [];
  if (requested !== undefined) reasons.push(...requestedWords(requested, all));

  const clip = { durationS, kind, requires };
  const feasible = (needs: readonly KlingFeature[]): Priced[] => living.flatMap((row) => pricedFor(row, { ...clip, requires: needs }) ?? []);
  // Whoever wants the best wants to hear the lines, where that can be had.
  const heard: readonly KlingFeature[] = lines > 0 && prefer === 'best' && !requires.includes('sound') ? [...requires, 'sound'] : requires;
  const withSound = heard === requires ? undefined : choose(feasible(heard), floor, budgetUsd, prefer);
  const needs = withSound === undefined ? requires : heard;
  const candidates = feasible(needs);
  const picked = choose(candidates, floor, budgetUsd, prefer);
  reasons.push(...filterWords(living, { ...clip, requires: needs }));

  if (picked === undefined) {
    const changes = changesFor({ living, offered, all, clip, budgetUsd, priced: pricedFor });
    const [smallest] = changes;
    return { complexity, floor, reasons, warnings: [`No model that lives${available === undefined ? '' : ' and may be used'} makes this clip${candidates.length > 0 ? ` within a budget of ${money(budgetUsd ?? 0)}` : ''}.${smallest === undefined ? '' : ` Smallest change: ${smallest.words}.`}`], changes };
  }

  const { chosen, reached } = picked;
  reasons.push(`${chosen.row.word} is the ${reached ? 'cheapest that is good enough' : 'best in reach'}: ${money(chosen.usd)} for ${durationS} s, quality ${chosen.row.quality}.`);
  const unlimited = choose(candidates, floor, undefined, prefer);
  if (!reached) {
    warnings.push(
      unlimited?.reached === true
        ? `The budget of ${money(budgetUsd ?? 0)} holds nothing of quality ${floor}: ${unlimited.chosen.row.word} would take ${money(unlimited.chosen.usd)} (${signed(unlimited.chosen.usd - chosen.usd, money)}).`
        : `Nothing that may be used has quality ${floor}; expect more takes.`,
    );
  }
  if (lines > 0) {
    const sounding = choose(feasible([...requires.filter((feature) => feature !== 'sound'), 'sound']), floor, undefined, prefer)?.chosen;
    if (needs.includes('sound')) reasons.push(`The dialogue is heard: ${chosen.row.word} makes sound.`);
    else warnings.push(`The dialogue is not heard: its ${lines === 1 ? 'line goes' : 'lines go'} to a voice-over${sounding === undefined ? '' : `, or film it with sound on ${sounding.row.word} for ${money(sounding.usd)} (${signed(sounding.usd - chosen.usd, money)})`}.`);
  }
  const { cheaper, better } = neighboursOf(candidates, chosen);
  const nextCheaper = neighbour(cheaper, chosen);
  const nextBetter = neighbour(better, chosen);
  if (nextCheaper) reasons.push(`Next cheaper: ${nextCheaper.word}, ${signed(nextCheaper.priceDifferenceUsd, money)}, quality ${signed(nextCheaper.qualityDifference, String)}.`);
  if (nextBetter) reasons.push(`Next better: ${nextBetter.word}, ${signed(nextBetter.priceDifferenceUsd, money)}, quality ${signed(nextBetter.qualityDifference, String)}.`);
  return { choice: advised(chosen), complexity, floor, reasons, warnings, ...(nextCheaper ? { nextCheaper } : {}), ...(nextBetter ? { nextBetter } : {}), changes: [] };
}

function complexityWords({ score, points }: Complexity, floor: number, prefer: Preference): string {
  const why = points.filter((point) => point.points > 0).map(({ what, points: worth }) => `${what} +${worth}`);
  return `Complexity ${score} of 100${why.length === 0 ? ': one simple thing' : ` (${why.join(', ')})`}; with the preference ${prefer} that asks for quality ${floor}.`;
}

function requestedWords(requested: string, all: readonly AdvisorRow[]): string[] {
  const row = all.find(({ id, model }) => id === requested || model === requested);
  if (row === undefined) return [`${requested} is not known.`];
  return row.lifecycle === 'active' ? [] : [`${row.word}, which was asked for, is ${row.lifecycle === 'discontinued' ? '' : 'probably '}discontinued.`];
}

/** How many rows each demand leaves. */
function filterWords(living: readonly AdvisorRow[], { durationS, kind, requires }: { durationS: number; kind: KlingKind; requires: readonly KlingFeature[] }): string[] {
  const long = living.filter((row) => row.durationsS.includes(durationS));
  const sound = requires.includes('sound');
  return [
    `Duration ${durationS} s: ${long.length} of ${living.length} living rows make it.`,
    ...requires.map((feature) => {
      const having = long.filter((row) => row.has(feature, { kind, durationS, sound }));
      return `Wanted: ${FEATURE_WORDS[feature]}; ${having.length === 0 ? 'none has it' : `has it: ${having.map(({ word }) => word).join(', ')}`}.`;
    }),
  ];
}
