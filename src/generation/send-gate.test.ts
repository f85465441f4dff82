import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../lib/clock.ts';
import type { Generation, GenerationState, Ledger, SendGrant } from '../store/index.ts';
import { SendGate, type GateAnswer } from './send-gate.ts';
import { DEFAULT_TIMINGS } from './timings.ts';

/** A clock whose sleepers wake when a test says so. */
function handClock() {
  let nowMs = 0;
  const sleepers = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    monotonic: () => nowMs,
    sleep: (_, signal) =>
      new Promise((resolve, reject) => {
        const wake = () => {
          sleepers.delete(wake);
          resolve();
        };
        sleepers.add(wake);
        signal?.addEventListener('abort', () => {
          sleepers.delete(wake);
          reject(signal.reason as Error);
        });
      }),
  };
  const wake = (passMs: number) => {
    nowMs += passMs;
    for (const each of sleepers) each();
  };
  return { clock, wake, sleeping: () => sleepers.size };
}

const waiting: GenerationState = { status: 'waiting', reason: 'slot', untilMs: 0, tries: 0, posts: 0 };

function take(id: string): Generation {
  const request: Generation['request'] = { kind: 'text2video', model: 'kling-v2-5-turbo', mode: 'std', prompt: id, durationS: 5, aspectRatio: '16:9', sound: false };
  return { id, fingerprint: id, engine: 'kling', projectId: 'p', request, attempt: 1, externalTaskId: id, state: waiting, estimateUnits: 1.5, reservedUnits: 0, version: 1, createdAtMs: 0, updatedAtMs: 0 };
}

/** The one thing of the ledger that a gate asks for, answered by hand. */
function handLedger() {
  const mark = { value: 1 };
  const asked: { id: string; answer: (grant: 'granted' | 'slot') => void }[] = [];
  const roomExpected: string[] = [];
  const ledger = {
    expectRoom: async (accountId: string) => void roomExpected.push(accountId),
    changeMark: () => Promise.resolve(mark.value),
    beginSend: (generation: Generation): Promise<SendGrant> =>
      new Promise((resolve) => {
        asked.push({ id: generation.id, answer: (grant) => resolve(grant === 'granted' ? { granted: true, generation } : { granted: false, why: 'slot' }) });
      }),
  } as unknown as Ledger;
  return { ledger, asked, mark, roomExpected };
}

let hand: ReturnType<typeof handClock>;
let book: ReturnType<typeof handLedger>;
let gate: SendGate;
/** Whether the account's packs have grown, for one look. */
let grown = false;
const settled: string[] = [];

beforeEach(() => {
  settled.length = 0;
  grown = false;
  open(Number.POSITIVE_INFINITY);
});
afterEach(() => gate.close());

function open(concurrency: number, expected: readonly string[] = []): void {
  hand = handClock();
  book = handLedger();
  gate = new SendGate({ expected, ledger: book.ledger, accountId: 'a', projectId: 'p', clock: hand.clock, timings: DEFAULT_TIMINGS, concurrency, packs: { mayHaveGrown: async () => grown } });
}

function enter(id: string, rank: number, signal = new AbortController().signal): Promise<GateAnswer | Error> {
  const answer = gate.enter(take(id), signal, rank).catch((error: unknown) => error as Error);
  void answer.then(() => settled.push(id));
  return answer;
}

/** Everything that is ready to happen has happened. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the gate before the POST', () => {
  it('lets nobody through before all have come, then the first of the film, whoever came first', async () => {
    open(Number.POSITIVE_INFINITY, ['first', 'second', 'ready']);
    void enter('second', 2);
    await turn();
    void enter('first', 1);
    await turn();
    expect(book.asked).toEqual([]);
    gate.notComing('ready');
    await turn();
    book.asked[0]!.answer('granted');
    await turn();
    expect(book.asked.map(({ id }) => id)).toEqual(['first', 'second']);
  });

  it('lets a stopped run go although the answer about its slot was still on its way', async () => {
    const stop = new AbortController();
    const answer = enter('a', 0, stop.signal);
    await turn();
    stop.abort(new Error('Ctrl-C'));
    book.asked[0]!.answer('slot');
    expect(await answer).toEqual(new Error('Ctrl-C'));
    expect(hand.sleeping()).toBe(0);
  });

  it('looks again when room came while it was being told that there is none', async () => {
    const answer = enter('a', 0);
    await turn();
    gate.roomChanged('kling-v2-5-turbo');
    book.asked[0]!.answer('slot');
    await turn();
    expect(book.asked).toHaveLength(2);
    book.asked[1]!.answer('granted');
    expect(await answer).toMatchObject({ answer: 'granted' });
  });

  it('sends nothing to an account that said "full" before a slot of ours is freed or the pause is over', async () => {
    void enter('a', 0);
    await turn();
    book.asked[0]!.answer('granted');
    await turn();
    gate.saidFull(take('b'));
    void enter('b', 1);
    gate.roomChanged('kling-v2-5-turbo');
    await turn();
    expect(book.asked.map(({ id }) => id)).toEqual(['a']);
    gate.left(take('a'));
    await turn();
    expect(book.asked.map(({ id }) => id)).toEqual(['a', 'b']);
    book.asked[1]!.answer('granted');
    await turn();
    gate.saidFull(take('b'));
    void enter('b', 1);
    await turn();
    expect(book.asked).toHaveLength(2);
    hand.wake(DEFAULT_TIMINGS.slotRetryMs);
    await turn();
    expect(book.asked).toHaveLength(3);
  });

  it('gives a place back once, however often it is told', async () => {
    open(1);
    void enter('a', 0);
    await turn();
    book.asked[0]!.answer('granted');
    await turn();
    void enter('b', 1);
    void enter('c', 2);
    await turn();
    expect(book.asked).toHaveLength(1);
    gate.left(take('a'));
    gate.left(take('a'));
    await turn();
    book.asked[1]!.answer('granted');
    await turn();
    expect(book.asked.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('tells everybody who waits when the account takes no more, and everybody who comes later', async () => {
    open(1);
    gate.occupy(take('x'));
    const early = enter('a', 0);
    await turn();
    gate.stop({ code: 'KLING_BALANCE_EMPTY', message: 'no units' });
    expect(await early).toMatchObject({ answer: 'stopped' });
    expect(await enter('b', 1)).toMatchObject({ answer: 'stopped' });
    expect(book.asked).toEqual([]);
  });

  it('lets takes through in film order, also one that was sent back', async () => {
    open(1);
    gate.occupy(take('x'));
    void enter('c', 3);
    void enter('a', 1);
    void enter('b', 2);
    gate.left(take('x'));
    for (let index = 0; index < 3; index += 1) {
      await turn();
      book.asked[index]!.answer('granted');
      await turn();
      gate.left(take(book.asked[index]!.id));
    }
    expect(book.asked.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(settled).toEqual(['a', 'b', 'c']);
  });

  it('tries again when another process has written something, without waiting for the pause to end', async () => {
    void enter('a', 0);
    await turn();
    book.asked[0]!.answer('slot');
    await turn();
    hand.wake(100);
    await turn();
    expect(book.asked).toHaveLength(1);
    book.mark.value = 2;
    hand.wake(100);
    await turn();
    expect(book.asked).toHaveLength(2);
  });

  it('asks for a slot at once when the account has a larger pack, without waiting for the minute', async () => {
    void enter('a', 0);
    await turn();
    book.asked[0]!.answer('slot');
    await turn();
    expect(book.roomExpected).toEqual([]);
    grown = true;
    hand.wake(DEFAULT_TIMINGS.slotRetryMs);
    await turn();
    book.asked[1]!.answer('slot');
    await turn();
    expect(book.roomExpected).toEqual(['a']);
    await turn();
    expect(book.asked).toHaveLength(3);
  });

  it('sends nothing while it is paused, and goes on in the same order', async () => {
    gate.pause();
    void enter('b', 2);
    void enter('a', 1);
    await turn();
    expect(book.asked).toEqual([]);
    gate.goOn();
    await turn();
    expect(book.asked.map(({ id }) => id)).toEqual(['a']);
  });

  it('lets a take that was moved to the front go first, and still lets it go when its run stops', async () => {
    open(1);
    gate.occupy(take('x'));
    const stop = new AbortController();
    void enter('a', 1);
    const late = enter('b', 2, stop.signal);
    gate.move('b', 0);
    gate.left(take('x'));
    await turn();
    expect(book.asked.map(({ id }) => id)).toEqual(['b']);
    book.asked[0]!.answer('slot');
    await turn();
    stop.abort(new Error('Ctrl-C'));
    expect(await late).toEqual(new Error('Ctrl-C'));
  });

  it('goes on when Kling says full while another process is being watched for a change', async () => {
    gate.occupy(take('ours'));
    void enter('a', 0);
    await turn();
    book.asked[0]!.answer('slot');
    await turn();
    gate.saidFull(take('ours'));
    book.mark.value = 2;
    hand.wake(100);
    await turn();
    for (let pause = 0; pause < 3; pause += 1) {
      hand.wake(DEFAULT_TIMINGS.slotRetryMs);
      await turn();
    }
    expect(book.asked.length).toBeGreaterThan(1);
  });
});
