import { FAULT_KINDS, type FaultKind } from '../../src/sandbox/index.ts';
import { DEFAULT_TIMINGS } from '../../src/generation/index.ts';
import type { PlannedShot } from './box/shots.ts';
import { parkedBecauseNobodyCanKnow, type Expectation } from './checks.ts';
import type { Story } from './story.ts';

export const ONE: readonly PlannedShot[] = [{ prompt: 'A paper boat crosses a puddle' }];
export const TWO: readonly PlannedShot[] = [...ONE, { prompt: 'Rain falls on the puddle' }];

/** One turbo shot of 5 s. */
export const PRICE = 1.5;
const MINUTE_MS = 60_000;

/**
 * How long a fault lasts that has a length: longer than any pause between two questions, shorter than the patience for the
 * whole take. A stuck task changes no state: after the longest pause more of the same questions show nothing new.
 */
const LENGTHS: Partial<Record<FaultKind, number>> = {
  'task-stuck': 2 * MINUTE_MS,
  'create-hidden': 7_000,
};

/**
 * How a take ends to which this happens for ever. What happens a few times only ends `completed`: that is the rule, and a
 * fault is not in this table unless it can't.
 */
export function expectedEnd(kind: FaultKind): Expectation {
  if (kind.startsWith('task-failed') || kind === 'model-retired' || ['status-1200', 'status-1300', 'status-1301'].includes(kind)) return { end: 'failed' };
  // More bytes than were promised are not read; and what comes too short twice is what Kling made.
  if (kind === 'download-more' || kind === 'download-shorter') return { end: 'completed' };
  if (kind === 'succeed-without-videos' || kind.startsWith('download-')) return { end: 'unobtainable' };
  // A create that never arrives is asked about for ever: what is not known is not given up.
  if (kind === 'task-stuck' || kind.startsWith('poll-') || /^create-.*-before$/.test(kind)) return { end: 'at Kling' };
  if (kind.startsWith('status-')) return { end: 'waiting' };
  return { end: 'completed' };
}

/** A fault that strikes once, for each there is, and twice for those that can meet a second try. */
const FAULT_STORIES: readonly Story[] = FAULT_KINDS.flatMap((kind) => {
  const ms = LENGTHS[kind];
  const story = (times: number): Story => ({
    name: times === 1 ? `fault ${kind}` : `fault ${kind} × ${times}`,
    shots: ONE,
    ...(needsJwt(kind) ? { options: { credentials: 'jwt' } } : {}),
    prepare: (box) => box.kling.failNext(kind, { times, prompt: 'paper boat', ...(ms === undefined ? {} : { ms }) }),
    finish: { retries: 3 },
    expected: { end: 'completed' },
    // How a clip is stored is the same in every story in which its download went well.
    sparesDisk: !/download|videos/.test(kind),
  });
  return kind.startsWith('create-') || kind.startsWith('download-') ? [story(1), story(2)] : [story(1)];
});

function needsJwt(kind: FaultKind): boolean {
  return /100[0-4]$/.test(kind);
}

/** Everything else that leads to a step of the ledger. */
const OTHER_STORIES: readonly Story[] = [
  { name: 'nothing goes wrong', shots: ONE, expected: { end: 'completed' } },
  { name: 'nothing goes wrong, with a pair of keys', shots: ONE, options: { credentials: 'jwt' }, expected: { end: 'completed' } },
  { name: 'two shots at once', shots: TWO, expected: { end: 'completed' } },
  { name: 'two shots that are alike', shots: [...ONE, ...ONE], expected: { end: 'completed' } },
  { name: 'two takes of a shot', shots: [{ ...ONE[0]!, takes: 2 }], expected: { end: 'completed' } },
  { name: 'one slot for two shots', shots: TWO, options: { sandbox: { slots: 1 } }, expected: { end: 'completed' } },
  { name: 'a cap with room for one of two shots, raised later', shots: TWO, capUnits: PRICE, repair: (box) => box.setCap(null), expected: { end: 'completed' } },
  { name: 'a retake', shots: ONE, earlier: () => {}, request: { newTake: true }, expected: { end: 'completed' } },
  {
    name: 'a clip that was deleted',
    shots: ONE,
    earlier: (box) => {
      for (const path of box.home.disk.files.keys()) if (path.endsWith('.mp4')) box.home.disk.remove(path, true);
    },
    expected: { end: 'completed' },
  },
  {
    name: 'a clip that was overwritten',
    shots: ONE,
    earlier: (box) => {
      for (const [path, inode] of box.home.disk.files) if (path.endsWith('.mp4')) inode.bytes = Buffer.from('no clip any more');
    },
    expected: { end: 'completed' },
  },
];

export const HOME: Expectation = { end: 'completed' };
const nothing = () => {};

/** Steps that only some stories reach. */
const RARE_STORIES: readonly Story[] = [
  { name: 'nobody listens', shots: ONE, prepare: (box) => box.refuseConnections('create', 2), expected: HOME },
  { name: 'a refused shot, asked for again', shots: ONE, prepareEarlier: (box) => box.kling.failNext('status-1301'), earlier: nothing, expected: HOME },
  {
    name: 'an id that stays reserved without a task',
    shots: ONE,
    options: { sandbox: { refusedIdsStayReserved: true } },
    prepare: (box) => box.kling.failNext('status-1303'),
    expected: { end: 'completed', or: parkedBecauseNobodyCanKnow },
  },
  {
    name: 'a task that nobody can see for twenty minutes',
    shots: ONE,
    prepare: (box) => {
      box.kling.failNext('create-hidden', { ms: 20 * MINUTE_MS });
      box.kling.failNext('create-reset-after');
    },
    repair: async (box) => await box.pass(30 * MINUTE_MS),
    expected: { end: 'completed', or: parkedBecauseNobodyCanKnow },
  },
  {
    name: 'a task that nobody could see, looked for again later',
    shots: ONE,
    prepareEarlier: (box) => {
      box.kling.failNext('create-hidden', { ms: 20 * MINUTE_MS });
      box.kling.failNext('create-reset-after');
    },
    earlier: async (box) => await box.pass(30 * MINUTE_MS),
    expected: HOME,
  },
  {
    name: 'a clip that cannot be had, a month later',
    shots: ONE,
    prepareEarlier: (box) => box.kling.failNext('succeed-without-videos', { times: Infinity }),
    earlier: async (box) => await box.pass(31 * 24 * 60 * MINUTE_MS),
    mostRuns: 2,
    expected: { end: 'failed' },
  },
  {
    name: 'a lost answer, and answers about it that are lost too',
    shots: ONE,
    prepare: (box) => {
      box.kling.failNext('create-reset-after');
      box.kling.failNext('poll-502', { times: 2, only: 'find' });
    },
    expected: HOME,
  },
  {
    name: 'a clip that cannot be had in all tries of a run',
    shots: ONE,
    prepare: (box) => box.kling.failNext('download-garbage', { times: DEFAULT_TIMINGS.downloadTries }),
    expected: HOME,
  },
  {
    name: 'a lost answer, and the key of another account',
    shots: ONE,
    options: { sandbox: { apiKey: ['sandbox-api-key', 'another-key'] }, timings: { patienceMs: MINUTE_MS } },
    prepareEarlier: (box) => {
      box.kling.failNext('create-reset-after');
      box.kling.failNext('poll-502', { times: Infinity, only: 'find' });
    },
    earlier: (box) => box.kling.clearFaults(),
    apiKey: 'another-key',
    expected: HOME,
  },
];

/** The first process dies at a moment of its film, and the one that goes on from there dies too. */
export function afterADeathAt(point: string): Story {
  return { name: `a death before: ${point}`, shots: ONE, earlier: nothing, firstDiesAt: point, expected: HOME };
}

/** In which nothing happens: what the others are held against. */
export const PEACE = 'nothing goes wrong';

export const STORIES: readonly Story[] = [...OTHER_STORIES, ...RARE_STORIES, ...FAULT_STORIES];

/**
 * What strikes for ever: each is played through once, without a death, and must end as {@link expectedEnd} says. Left out:
 * 1303, because a run waits for a slot as long as it takes.
 */
export const ENDLESS_STORIES: readonly Story[] = FAULT_KINDS.filter((kind) => kind !== 'status-1303').map((kind) => ({
  name: `fault ${kind} for ever`,
  shots: ONE,
  options: { timings: { patienceMs: 3 * MINUTE_MS }, ...(needsJwt(kind) && !kind.startsWith('poll-') ? { credentials: 'jwt' as const } : {}) },
  prepare: (box) => {
    // The free question that every run begins with is spared, or nothing would ever be asked for.
    if (kind.startsWith('poll-')) for (const only of ['find', 'tasks'] as const) box.kling.failNext(kind, { times: Infinity, only });
    else box.kling.failNext(kind, { times: Infinity });
  },
  mostRuns: 2,
  expected: expectedEnd(kind),
}));
