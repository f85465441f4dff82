import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFaultQueue } from './fault-queue.ts';
import { parseFaultRates, type FaultRates } from './fault-rates.ts';
import { FAULTS, FAULT_KINDS, type FaultKind } from './faults.ts';
import { seededDraw } from './seeded-draw.ts';

const MOMENTS = [...new Set(FAULT_KINDS.map((kind) => FAULTS[kind].moment))];
const now = () => 7;

/** What strikes each of these requests, asked in this order. */
function fates(rates: FaultRates, seed: string | number, requests: readonly string[]): (FaultKind | undefined)[] {
  const queue = createFaultQueue({ now, rates, seed });
  return requests.map((externalTaskId) => queue.take('create-accepted', { prompts: [], externalTaskId })?.kind);
}

describe('the queue of faults', () => {
  it('has every kind at exactly one moment, in the order they were asked for', () => {
    const queue = createFaultQueue({ now });
    for (const kind of FAULT_KINDS) queue.failNext(kind);
    const taken = MOMENTS.flatMap((moment) => {
      const kinds: FaultKind[] = [];
      for (let struck = queue.take(moment, { prompts: [] }); struck; struck = queue.take(moment, { prompts: [] })) kinds.push(struck.kind);
      return kinds;
    });
    expect([...taken].sort()).toEqual([...FAULT_KINDS].sort());
    expect(queue.waiting()).toEqual([]);
    expect(queue.strikes()).toHaveLength(FAULT_KINDS.length);
    expect(Object.values(queue.strikesByKind())).toEqual(FAULT_KINDS.map(() => 1));
  });

  it('refuses what means nothing', () => {
    const queue = createFaultQueue({ now });
    for (const times of [0, -1, Number.NaN]) expect(() => queue.failNext('poll-502', { times })).toThrow(/times/);
    expect(() => queue.failNext('poll-slow', { ms: -1 })).toThrow(/ms/);
    expect(() => queue.failNext('poll-503' as FaultKind)).toThrow(/poll-503/);
    expect(queue.waiting()).toEqual([]);
  });

  it('remembers what struck, when, whom and from where', () => {
    const queue = createFaultQueue({ now, rates: { 'download-cut': 1 }, seed: 'film' });
    queue.failNext('poll-502', { prompt: 'cat' });
    expect(queue.take('read-arrives', { prompts: ['a dog'], externalTaskId: 'd' })).toBeUndefined();
    expect(queue.take('read-arrives', { prompts: ['a cat'], externalTaskId: 'c' })?.kind).toBe('poll-502');
    queue.take('download', { prompts: [], externalTaskId: 'c' });
    queue.clear();
    expect(queue.take('download', { prompts: [], externalTaskId: 'c' })).toBeUndefined();
    expect(queue.strikes()).toEqual([
      { atMs: 7, kind: 'poll-502', externalTaskId: 'c', from: 'queue', seed: undefined },
      { atMs: 7, kind: 'download-cut', externalTaskId: 'c', from: 'rate', seed: 'film' },
    ]);
  });
});

describe('faults by chance', () => {
  it('replay: the same seed and the same requests of a task meet the same faults, whatever other tasks do meanwhile', () => {
    const rates: FaultRates = { 'create-reset-after': 0.3, 'create-502-after': 0.3 };
    fc.assert(
      fc.property(fc.string(), fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }), (seed, requests) => {
        const mixed = fates(rates, seed, requests);
        const sorted = [...requests].sort();
        const apart = fates(rates, seed, sorted);
        for (const id of new Set(requests)) {
          const ofId = (kinds: readonly (FaultKind | undefined)[], order: readonly string[]) => kinds.filter((_, index) => order[index] === id);
          expect(ofId(mixed, requests)).toEqual(ofId(apart, sorted));
        }
      }),
    );
  });

  it('strike as often as they say', () => {
    const requests = Array.from({ length: 20_000 }, (_, index) => `shot-${index}`);
    const struck = fates({ 'create-reset-after': 0.2, 'create-half-after': 0.05 }, 1, requests);
    const share = (kind: FaultKind) => struck.filter((each) => each === kind).length / requests.length;
    expect(share('create-reset-after')).toBeCloseTo(0.2, 1.5);
    expect(share('create-half-after')).toBeCloseTo(0.05, 1.5);
    expect(fates({ 'create-reset-after': 1 }, 1, requests).every((kind) => kind === 'create-reset-after')).toBe(true);
    expect(fates({ 'create-reset-after': 0 }, 1, requests).some((kind) => kind !== undefined)).toBe(false);
  });

  it('draw numbers that spread evenly, by every part of the name', () => {
    const draw = seededDraw('s');
    const numbers = Array.from({ length: 10_000 }, (_, index) => draw('x', index));
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = numbers.filter((number) => Math.floor(number * 10) === tenth).length / numbers.length;
      expect(share).toBeGreaterThan(0.085);
      expect(share).toBeLessThan(0.115);
    }
    expect(new Set([draw('a', 'bc'), draw('ab', 'c'), draw('a', 'b', 'c'), draw('abc'), seededDraw('t')('abc')]).size).toBe(5);
  });
});

describe('rates on the command line', () => {
  it('are read with and without a length', () => {
    expect(parseFaultRates('create-reset-after=0.2, poll-502=.1,create-hidden=1:8000')).toEqual({
      'create-reset-after': 0.2,
      'poll-502': 0.1,
      'create-hidden': { probability: 1, ms: 8000 },
    });
  });

  it.each([
    ['create-reset-afer=0.2', /create-reset-afer/, /Did you mean create-reset-after\?/],
    ['nonsense=1', /no fault named nonsense/, /create-reset-after/],
    ['create-reset-after', /“create-reset-after” is not understood/, /create-reset-after=0\.2/],
    ['create-reset-after=20%', /not understood/, /create-reset-after=0\.2/],
    ['create-reset-after=2', /from 0 to 1, not 2/, /./],
    ['create-reset-after=-1', /not understood/, /./],
    ['poll-502=0.1,poll-502=0.2', /named twice/, /./],
    ['poll-502=0.7,poll-reset=0.7', /more than 1 together/, /./],
    ['', /missing/, /The kinds are: .*download-slow/],
    ['poll-502=0.1,', /missing/, /./],
  ])('%s is refused whole, with what to write', (text, message, next) => {
    let thrown: unknown;
    try {
      parseFaultRates(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'SANDBOX_FAULT_INVALID', message: expect.stringMatching(message) as string, next: expect.stringMatching(next) as string });
  });
});
