import { StudioError } from '../lib/errors.ts';
import { nearestWord } from '../lib/nearest-word.ts';
import { FAULTS, FAULT_KINDS, defaultMsOf, isFaultKind, type FaultKind, type FaultMoment } from './faults.ts';

/** How often each fault strikes: a probability from 0 to 1, or one with the fault's length in milliseconds. */
export type FaultRates = Partial<Record<FaultKind, number | { probability: number; ms: number }>>;

/**
 * Reads what the command line gives: `create-reset-after=0.2,poll-502=0.1,create-hidden=0.1:8000`, the number behind the
 * colon being milliseconds.
 * @throws StudioError `SANDBOX_FAULT_INVALID`, naming the kinds there are.
 */
export function parseFaultRates(text: string): FaultRates {
  const rates: FaultRates = {};
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const [, kind = '', probability = '', ms] = /^([a-z0-9-]+)\s*=\s*(\d*\.?\d+)(?::(\d+))?$/i.exec(part) ?? [];
    if (kind === '') throw invalid(part === '' ? 'a fault is missing between commas' : `“${part}” is not understood`);
    if (!isFaultKind(kind)) throw unknownKind(kind);
    if (rates[kind] !== undefined) throw invalid(`${kind} is named twice`);
    rates[kind] = ms === undefined ? Number(probability) : { probability: Number(probability), ms: Number(ms) };
  }
  checkFaultRates(rates);
  return rates;
}

/** @throws StudioError `SANDBOX_FAULT_INVALID`. */
export function checkFaultRates(rates: FaultRates): { kind: FaultKind; probability: number; ms: number }[] {
  const sums = new Map<FaultMoment, number>();
  return Object.entries(rates).map(([kind, rate]) => {
    if (!isFaultKind(kind)) throw unknownKind(kind);
    const { moment } = FAULTS[kind];
    const { probability, ms } = typeof rate === 'number' ? { probability: rate, ms: defaultMsOf(kind) } : rate;
    if (!(probability >= 0 && probability <= 1)) throw invalid(`${kind} strikes with a probability from 0 to 1, not ${probability}`);
    if (!(ms >= 0)) throw invalid(`${kind} lasts 0 ms or more, not ${ms}`);
    const sum = (sums.get(moment) ?? 0) + probability;
    // A little more than 1 is a sum of binary fractions.
    if (sum > 1 + 1e-9) throw invalid(`the faults that strike where ${kind} does come to more than 1 together; only one of them can strike a request`);
    sums.set(moment, sum);
    return { kind, probability, ms };
  });
}

function unknownKind(kind: string): StudioError {
  const near = nearestWord(kind, FAULT_KINDS);
  return invalid(`there is no fault named ${kind}`, near === undefined ? undefined : `Did you mean ${near}?`);
}

function invalid(what: string, hint?: string): StudioError {
  const kinds = `The kinds are: ${FAULT_KINDS.join(', ')}.`;
  return new StudioError('SANDBOX_FAULT_INVALID', `These faults cannot be played: ${what}.`, {
    next: [hint, 'Write for example create-reset-after=0.2,poll-502=0.1 (a fifth of all creates, a tenth of all polls).', kinds].filter((words) => words !== undefined).join(' '),
    detail: { kinds: FAULT_KINDS },
  });
}
