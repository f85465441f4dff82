import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../lib/errors.ts';
import { isFinished, type ErrorFacts, type GenerationState, type GenerationStatus } from '../store/index.ts';
import { maySendAgain, transition, type GenerationEvent } from './transition.ts';

const RULES = { lookWaitMs: 10_000 };
const error: ErrorFacts = { code: 'TEST', message: 'a test' };

const unknown = {
  status: 'unknown',
  lostAtMs: 1_000,
  looks: 0,
  nextLookAtMs: 1_000,
  tries: 0,
  idTaken: false,
  posts: 1,
  unanswered: 1,
} as const satisfies GenerationState;

/** One example of every state, with variants where the answer depends on a field. */
const STATES = {
  waiting: { status: 'waiting', reason: 'slot', untilMs: 0, tries: 0, posts: 0 },
  sending: { status: 'sending', startedAtMs: 1_000, tries: 0, posts: 1, unanswered: 0 },
  'sending again': { status: 'sending', startedAtMs: 1_000, tries: 1, posts: 2, unanswered: 1 },
  unknown,
  'unknown, absent too early': { ...unknown, looks: 1, absentAtMs: 10_999 },
  'unknown, absent after the wait': { ...unknown, looks: 1, absentAtMs: 11_000 },
  'unknown, id taken': { ...unknown, unanswered: 0, idTaken: true },
  submitted: { status: 'submitted', taskId: '1', submittedAtMs: 1_000 },
  processing: { status: 'processing', taskId: '1', submittedAtMs: 1_000, processingAtMs: 2_000 },
  downloading: { status: 'downloading', taskId: '1', submittedAtMs: 1_000, succeededAtMs: 3_000, tries: 0, nextTryAtMs: 3_000, again: false },
  unobtainable: { status: 'unobtainable', taskId: '1', succeededAtMs: 3_000, tries: 5, nextTryAtMs: 3_000, giveUpAtMs: 9_000, error },
  completed: { status: 'completed', contentHash: 'a', sizeBytes: 1, taskId: '1', succeededAtMs: 3_000, completedAtMs: 4_000 },
  'failed, refused': { status: 'failed', cause: 'refused', error, charged: 'no', posts: 1 },
  'failed at Kling': { status: 'failed', cause: 'task-failed', error, charged: 'unknown', taskId: '1', posts: 1 },
  parked: { status: 'parked', why: 'other-account', error, resumeFrom: unknown },
  cancelled: { status: 'cancelled' },
} as const satisfies Record<string, GenerationState>;

type StateName = keyof typeof STATES;

const EVENTS: { [Type in GenerationEvent['type']]: Extract<GenerationEvent, { type: Type }> } = {
  send: { type: 'send', atMs: 50_000 },
  held: { type: 'held', reason: 'budget', error },
  accepted: { type: 'accepted', taskId: '1', atMs: 50_000 },
  unsent: { type: 'unsent', untilMs: 50_000, error, atMs: 49_000, monotonicMs: 9_000 },
  refused: { type: 'refused', error, atMs: 50_000, monotonicMs: 10_000 },
  deferred: { type: 'deferred', reason: 'slot', untilMs: 50_000, error, atMs: 50_000, monotonicMs: 10_000 },
  'id-taken': { type: 'id-taken', error, atMs: 50_000, monotonicMs: 10_000 },
  lost: { type: 'lost', error, atMs: 50_000, monotonicMs: 10_000 },
  found: { type: 'found', taskId: '1', atMs: 50_000 },
  absent: { type: 'absent', atMs: 50_000, nextLookAtMs: 50_000 },
  'not-known': { type: 'not-known', error, nextLookAtMs: 50_000 },
  'cannot-know': { type: 'cannot-know', error },
  'next-attempt': { type: 'next-attempt' },
  processing: { type: 'processing', atMs: 50_000 },
  succeeded: { type: 'succeeded', atMs: 50_000 },
  'task-failed': { type: 'task-failed', error, charged: 'unknown' },
  'download-failed': { type: 'download-failed', error, nextTryAtMs: 50_000 },
  unobtainable: { type: 'unobtainable', error, nextTryAtMs: 50_000, giveUpAtMs: 90_000 },
  'gave-up': { type: 'gave-up', error },
  stored: { type: 'stored', contentHash: 'a', sizeBytes: 1, atMs: 50_000 },
  'file-lost': { type: 'file-lost', atMs: 50_000 },
  'other-account': { type: 'other-account', error },
  recovered: { type: 'recovered', taskId: '1', submittedAtMs: 50_000 },
  unpark: { type: 'unpark' },
  retry: { type: 'retry' },
  cancel: { type: 'cancel' },
};

/** Every legal step, by the state it starts from, with where it leads. What is not here must be refused. */
const LEGAL: Record<StateName, Partial<Record<GenerationEvent['type'], GenerationStatus>>> = {
  waiting: { recovered: 'submitted', send: 'sending', held: 'waiting', stored: 'completed', 'other-account': 'parked', cancel: 'cancelled' },
  sending: { recovered: 'submitted', accepted: 'submitted', unsent: 'waiting', refused: 'failed', deferred: 'waiting', 'id-taken': 'unknown', lost: 'unknown', 'other-account': 'parked' },
  'sending again': { recovered: 'submitted', accepted: 'submitted', unsent: 'unknown', refused: 'unknown', deferred: 'unknown', 'id-taken': 'unknown', lost: 'unknown', 'other-account': 'parked' },
  unknown: { recovered: 'submitted', found: 'submitted', absent: 'unknown', 'not-known': 'unknown', 'cannot-know': 'parked', 'other-account': 'parked' },
  'unknown, absent too early': { recovered: 'submitted', found: 'submitted', absent: 'unknown', 'not-known': 'unknown', 'cannot-know': 'parked', 'other-account': 'parked' },
  'unknown, absent after the wait': { recovered: 'submitted', send: 'sending', found: 'submitted', absent: 'unknown', 'not-known': 'unknown', 'cannot-know': 'parked', 'other-account': 'parked' },
  'unknown, id taken': { recovered: 'submitted', found: 'submitted', absent: 'unknown', 'not-known': 'unknown', 'cannot-know': 'parked', 'next-attempt': 'waiting', 'other-account': 'parked' },
  submitted: { processing: 'processing', succeeded: 'downloading', 'task-failed': 'failed', 'other-account': 'parked' },
  processing: { processing: 'processing', succeeded: 'downloading', 'task-failed': 'failed', 'other-account': 'parked' },
  downloading: { 'download-failed': 'downloading', unobtainable: 'unobtainable', stored: 'completed', 'other-account': 'parked' },
  unobtainable: { 'download-failed': 'unobtainable', 'gave-up': 'failed', stored: 'completed', 'other-account': 'parked' },
  completed: { 'file-lost': 'downloading' },
  'failed, refused': { recovered: 'submitted', retry: 'waiting' },
  'failed at Kling': { recovered: 'submitted' },
  parked: { recovered: 'submitted', unpark: 'unknown' },
  cancelled: { recovered: 'submitted', stored: 'completed', retry: 'waiting' },
};

describe('transition', () => {
  it.each(Object.keys(STATES) as StateName[])('takes from %s exactly the steps of the table', (name) => {
    const before = structuredClone(STATES[name]);
    const led: Partial<Record<string, string>> = {};
    for (const event of Object.values(EVENTS)) {
      try {
        led[event.type] = transition(STATES[name], event, RULES).status;
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(StudioError);
        expect((thrown as StudioError).code).toBe('GENERATION_TRANSITION');
      }
    }
    expect(led).toEqual(LEGAL[name]);
    expect(STATES[name]).toEqual(before); // pure: what it was given stays
  });

  it('knows no state and no event that the table leaves out', () => {
    const statuses = new Set(Object.values(STATES).map(({ status }) => status));
    expect([...statuses].sort()).toEqual(
      ['cancelled', 'completed', 'downloading', 'failed', 'parked', 'processing', 'sending', 'submitted', 'unknown', 'unobtainable', 'waiting'].sort(),
    );
    for (const steps of Object.values(LEGAL)) for (const type of Object.keys(steps)) expect(EVENTS).toHaveProperty(type);
  });

  it('does not release the money of an unanswered POST because a later one was refused', () => {
    const refused = transition(STATES['sending again'], EVENTS.refused, RULES);
    expect(refused).toMatchObject({ status: 'unknown', unanswered: 1, refusal: error });
    expect(transition(refused, { type: 'found', taskId: '7', atMs: 60_000 }, RULES)).toMatchObject({ status: 'submitted', taskId: '7' });
    expect(transition(refused, { type: 'absent', atMs: 60_000, nextLookAtMs: 0 }, RULES)).toMatchObject({ status: 'failed', charged: 'no' });
  });

  it('gives no take another task than its own, whatever a list shows', () => {
    const other = { type: 'recovered', taskId: '2', submittedAtMs: 50_000 } as const;
    expect(() => transition(STATES['failed at Kling'], other, RULES)).toThrow(/was told "recovered"/);
    expect(() => transition({ ...STATES.parked, resumeFrom: STATES.processing }, other, RULES)).toThrow(/was told "recovered"/);
  });

  it('never posts again for an id that is taken, nor after a refusal that decides', () => {
    for (const more of [{ idTaken: true }, { refusal: error }]) {
      const state = { ...STATES['unknown, absent after the wait'], ...more };
      expect(maySendAgain(state, RULES)).toBe(false);
      expect(() => transition(state, EVENTS.send, RULES)).toThrow(/was told "send"/);
    }
  });

  it('starts the wait anew with each lost answer, and an earlier "absent" counts for nothing then', () => {
    const again = transition(STATES['unknown, absent after the wait'], { type: 'send', atMs: 12_000 }, RULES);
    const lost = transition(again, { type: 'lost', error, atMs: 13_000, monotonicMs: 3_000 }, RULES);
    expect(lost).toMatchObject({ status: 'unknown', unanswered: 2, posts: 2, lostAtMs: 13_000 });
    expect(() => transition(lost, { type: 'send', atMs: 99_000 }, RULES)).toThrow(/was told "send"/);
    const early = transition(lost, { type: 'absent', atMs: 22_999, nextLookAtMs: 0 }, RULES);
    expect(() => transition(early, { type: 'send', atMs: 99_000 }, RULES)).toThrow(/was told "send"/);
    const late = transition(early, { type: 'absent', atMs: 23_000, nextLookAtMs: 0 }, RULES);
    expect(transition(late, { type: 'send', atMs: 99_000 }, RULES)).toMatchObject({ status: 'sending', posts: 3, unanswered: 2 });
  });
});

/** Times go on, and of the events that the state takes one comes: a driver that may do anything the machine allows. */
const anyRun = fc.array(fc.record({ choice: fc.nat(), passMs: fc.integer({ min: 0, max: 15_000 }) }), { maxLength: 40 });

function play(steps: readonly { choice: number; passMs: number }[], see: (step: { before: GenerationState; event: GenerationEvent; after: GenerationState; nowMs: number }) => void): void {
  let state: GenerationState = STATES.waiting;
  let nowMs = 0;
  for (const { choice, passMs } of steps) {
    nowMs += passMs;
    const possible = Object.values(EVENTS).flatMap((event) => {
      try {
        const now = at(event, nowMs);
        return [{ event: now, after: transition(state, now, RULES) }];
      } catch {
        return [];
      }
    });
    const chosen = possible[choice % possible.length];
    if (!chosen) return;
    see({ before: state, ...chosen, nowMs });
    state = chosen.after;
  }
}

describe('transition under any sequence of events', () => {
  it('never lets a second POST out while one is unanswered and was not looked for after the wait', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anyRun, (steps) => {
        // The world's own book: when the last unanswered POST was lost, and whether a look since said absent late enough.
        let lostAtMs = 0;
        let lookedFor = true;
        play(steps, ({ event, nowMs }) => {
          if (event.type === 'send') expect(lookedFor).toBe(true);
          if (event.type === 'lost') {
            lostAtMs = nowMs;
            lookedFor = false;
          }
          if (event.type === 'absent' && nowMs - lostAtMs >= RULES.lookWaitMs) lookedFor = true;
          // A task is there; a POST after this is another attempt.
          if (event.type === 'found' || event.type === 'accepted') lookedFor = true;
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves an end only because a person asks again or a file was lost, and forgets no task that Kling made', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anyRun, (steps) => {
        play(steps, ({ before, event, after }) => {
          if (isFinished(before.status)) expect(['retry', 'file-lost', 'stored', 'recovered']).toContain(event.type);
          const [earlier, later] = [before, after].map((state) => (state.status === 'parked' ? state.resumeFrom : state));
          if (earlier && 'taskId' in earlier && earlier.taskId !== undefined) expect(later).toHaveProperty('taskId', earlier.taskId);
        });
      }),
      { numRuns: 400 },
    );
  });
});

/** The event at this moment. */
function at(event: GenerationEvent, atMs: number): GenerationEvent {
  return {
    ...event,
    ...('atMs' in event ? { atMs } : {}),
    ...('untilMs' in event ? { untilMs: atMs } : {}),
    ...('nextLookAtMs' in event ? { nextLookAtMs: atMs } : {}),
  };
}
