import { StudioError } from '../lib/errors.ts';
import { checkFaultRates, type FaultRates } from './fault-rates.ts';
import { FAULTS, defaultMsOf, type Fault, type FaultEffect, type FaultKind, type FaultMoment } from './faults.ts';
import { seededDraw, type Draw } from './seeded-draw.ts';

/** The kinds of polls. */
export type ReadRoute = 'find' | 'list' | 'tasks';

export interface FaultOptions {
  /** How many requests it strikes; default 1, Infinity for all. */
  times?: number;
  /** Strikes only tasks whose prompt contains this text. Default: any. */
  prompt?: string;
  /** Of slow answers, stuck and hidden tasks: for how long, in milliseconds. Default: 5000 for `create-hidden`, for ever for the rest. */
  ms?: number;
  /** Strikes only this kind of poll: a look-up by id, a list, or `GET /tasks`. Default: any. */
  only?: ReadRoute;
}

/** A fault that struck, as it is remembered. */
export interface FaultStrike {
  atMs: number;
  kind: FaultKind;
  /** Of the create or look-up it struck; a list has none. */
  externalTaskId: string | undefined;
  /** Asked for by `failNext`, or drawn by its rate. */
  from: 'queue' | 'rate';
  /** What the draw was made from. */
  seed: string | number | undefined;
}

/** A fault that strikes now. */
export interface StruckFault {
  kind: FaultKind;
  effect: FaultEffect;
  /** Infinity: for ever. */
  ms: number;
}

/** What a request is about, as far as a fault wants to know. */
export interface FaultTarget {
  /** Of the task or tasks; empty when it cannot be read. */
  prompts: readonly string[];
  externalTaskId?: string | undefined;
  route?: ReadRoute | undefined;
}

/** Faults asked for, and faults by chance. In this process only: another sandbox on the same folder has its own. */
export interface FaultQueue {
  /** @throws StudioError `SANDBOX_FAULT_INVALID`. */
  failNext(kind: FaultKind, options?: FaultOptions): void;
  /** @throws StudioError `SANDBOX_FAULT_INVALID`; then the rates stay as they were. */
  setRates(rates: FaultRates, seed?: string | number): void;
  /** Nothing goes wrong any more; what struck stays remembered. */
  clear(): void;
  /** The fault of this moment: what was asked for, oldest first, else what chance says. Uses up one of its times. */
  take(moment: FaultMoment, target: FaultTarget): StruckFault | undefined;
  /** What was asked for and has not struck. */
  waiting(): { kind: FaultKind; left: number; options: FaultOptions }[];
  rates(): { rates: FaultRates; seed: string | number | undefined };
  /** The last 10,000 strikes, oldest first. */
  strikes(): readonly FaultStrike[];
  /** All of them, counted. */
  strikesByKind(): Partial<Record<FaultKind, number>>;
}

const KEPT = 10_000;

interface Chance {
  kind: FaultKind;
  probability: number;
  ms: number;
}

export function createFaultQueue({ now, rates = {}, seed }: { now: () => number; rates?: FaultRates | undefined; seed?: string | number | undefined }): FaultQueue {
  const waiting: { kind: FaultKind; left: number; options: FaultOptions }[] = [];
  const strikes: FaultStrike[] = [];
  const counts: Partial<Record<FaultKind, number>> = {};
  let chances = new Map<FaultMoment, Chance[]>();
  let current: { rates: FaultRates; seed: string | number | undefined } = { rates: {}, seed };
  let draw: Draw = seededDraw(seed ?? '');
  const drawn = new Map<string, number>();

  const remember = (kind: FaultKind, target: FaultTarget, from: 'queue' | 'rate') => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    strikes.push({ atMs: now(), kind, externalTaskId: target.externalTaskId, from, seed: from === 'rate' ? current.seed : undefined });
    if (strikes.length >= 2 * KEPT) strikes.splice(0, strikes.length - KEPT);
  };

  /** One number per moment and request; the rates of the moment share it out, so that never two strike at once. */
  const drawnNow = (moment: FaultMoment, target: FaultTarget): Chance | undefined => {
    const here = chances.get(moment);
    if (here === undefined) return undefined;
    // By task where there is one, so that a schedule replays whatever the other tasks do meanwhile.
    const name = `${moment} ${target.route ?? ''} ${target.externalTaskId ?? ''}`;
    const turn = drawn.get(name) ?? 0;
    drawn.set(name, turn + 1);
    let rest = draw(name, turn);
    return here.find(({ probability }) => (rest -= probability) < 0);
  };

  const setRates = (wanted: FaultRates, wantedSeed: string | number | undefined = current.seed) => {
    const checked = checkFaultRates(wanted);
    chances = new Map();
    for (const chance of checked) {
      const { moment } = FAULTS[chance.kind];
      chances.set(moment, [...(chances.get(moment) ?? []), chance]);
    }
    current = { rates: wanted, seed: wantedSeed };
    draw = seededDraw(wantedSeed ?? '');
    drawn.clear();
  };
  setRates(rates, seed);

  return {
    failNext(kind, options = {}) {
      const { times: left = 1, ms } = options;
      if (!Object.hasOwn(FAULTS, kind)) throw invalid(`there is no fault named ${kind}`);
      if (!(left > 0)) throw invalid(`times must be more than 0, not ${left}`);
      if (ms !== undefined && !(ms >= 0)) throw invalid(`ms must be 0 or more, not ${ms}`);
      waiting.push({ kind, left, options });
    },
    setRates,
    clear() {
      waiting.length = 0;
      setRates({});
    },
    take(moment, target) {
      const found = waiting.find(({ kind, options: { prompt, only } }) => {
        const fault: Fault = FAULTS[kind];
        return (
          fault.moment === moment &&
          (only === undefined || only === target.route) &&
          (prompt === undefined || target.prompts.some((text) => text.includes(prompt)))
        );
      });
      if (found !== undefined) {
        found.left -= 1;
        if (found.left <= 0) waiting.splice(waiting.indexOf(found), 1);
        remember(found.kind, target, 'queue');
        return { kind: found.kind, effect: FAULTS[found.kind].effect, ms: found.options.ms ?? defaultMsOf(found.kind) };
      }
      const chance = drawnNow(moment, target);
      if (chance === undefined) return undefined;
      remember(chance.kind, target, 'rate');
      return { kind: chance.kind, effect: FAULTS[chance.kind].effect, ms: chance.ms };
    },
    waiting: () => waiting.map((each) => ({ ...each })),
    rates: () => current,
    strikes: () => strikes.slice(-KEPT),
    strikesByKind: () => ({ ...counts }),
  };
}

function invalid(what: string): StudioError {
  return new StudioError('SANDBOX_FAULT_INVALID', `This fault cannot be played: ${what}.`, { next: 'The kinds of faults are listed in docs/sandbox.md.' });
}
