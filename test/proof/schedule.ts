import { FAULT_KINDS, type FaultKind } from '../../src/sandbox/index.ts';
import type { BoxOptions } from './box/box.ts';
import { MODELS, type PlannedShot } from './box/shots.ts';
import { seededRandom, type Random } from './box/seeded-random.ts';
import type { Errand } from './story.ts';

/** A film, what goes wrong, who dies when: everything that a random run needs, drawn from one number. */
export interface Schedule {
  seed: number;
  shots: PlannedShot[];
  capUnits: number | undefined;
  credentials: 'api-key' | 'jwt';
  sandbox: NonNullable<BoxOptions['sandbox']>;
  /** Faults that strike the first requests of their kind, a few times each. */
  faults: { kind: FaultKind; times: number; ms?: number }[];
  slotChanges: { atMs: number; slots: number }[];
  processes: ProcessPlan[];
  /** When the power goes; everybody dies. */
  powerCutAtMs: number | undefined;
  /** Lost or damaged by somebody else, once the processes above have ended. */
  lostClips: 'none' | 'deleted' | 'overwritten';
  /** What becomes of the home then, and who comes after. */
  home: HomeFate;
  /** Somebody sets the wall clock of the machine. */
  clockJumps: { atMs: number; byMs: number }[];
  /** Retakes of every shot that somebody thinks better of. */
  secondThoughts: { retake: ProcessPlan; withdrawal: ProcessPlan }[];
}

export interface HomeFate {
  /** `older`: what it was at `copiedAtMs` is put back. */
  how: 'kept' | 'lost' | 'older';
  copiedAtMs: number;
  processes: ProcessPlan[];
  /** Whether a person recovers to the end before the film is made to its end. */
  recoveredFirst: boolean;
}

export interface ProcessPlan {
  errand: Errand;
  startAtMs: number;
  /** Dies when it has come by so many moments; never, when missing. */
  diesAfter: number | undefined;
  newTake: boolean;
  concurrency: number | undefined;
  retries: number;
  /** A person presses Ctrl-C then. */
  stopAtMs: number | undefined;
}

export function drawSchedule(seed: number): Schedule {
  const random = seededRandom(seed);
  return {
    seed,
    ...drawShots(random.fork()),
    ...drawKling(random.fork()),
    ...drawLives(random.fork()),
    home: drawHome(random.fork()),
    clockJumps: drawClockJumps(random.fork()),
    secondThoughts: drawSecondThoughts(random.fork()),
  };
}

function drawShots(random: Random): Pick<Schedule, 'shots' | 'capUnits'> {
  const count = random.pick([1, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6]);
  const shots: PlannedShot[] = [];
  for (let index = 0; index < count; index += 1) {
    const twin = shots.length > 0 && random.chance(0.15) ? random.pick(shots) : undefined;
    shots.push(twin ?? { prompt: `Puddle number ${index + 1} of seed ${random.whole(1, 9)}`, model: random.chance(0.85) ? MODELS[0] : MODELS[1], takes: random.chance(0.1) ? 2 : 1 });
  }
  return { shots, capUnits: random.chance(0.25) ? random.pick([1.5, 3, 4.5, 6]) : undefined };
}

function drawKling(random: Random): Pick<Schedule, 'credentials' | 'sandbox' | 'faults' | 'slotChanges'> {
  const credentials = random.chance(0.75) ? 'api-key' : 'jwt';
  const faults = Array.from({ length: random.pick([0, 1, 1, 2, 3, 5]) }, () => {
    const kind = random.pick(FAULT_KINDS);
    const ms = kind === 'task-stuck' ? random.whole(1, 300) * 1000 : kind === 'create-hidden' ? random.whole(100, 9_000) : undefined;
    return { kind, times: random.pick([1, 1, 1, 2, 3]), ...(ms === undefined ? {} : { ms }) };
  });
  return {
    credentials,
    sandbox: {
      slots: random.whole(1, 5),
      speed: random.pick([8, 15, 30, 60]),
      listOrder: random.pick(['newest', 'oldest', 'shuffled']),
      foreignTasks: random.chance(0.2) ? random.whole(1, 130) : 0,
      refusedIdsStayReserved: random.chance(0.15),
      skewMs: random.chance(0.15) ? random.whole(-200, 200) * 1000 : 0,
      seed: random.whole(1, 1_000_000),
    },
    faults,
    slotChanges: Array.from({ length: random.pick([0, 0, 0, 1, 2]) }, () => ({ atMs: random.whole(0, 30_000), slots: random.whole(1, 5) })),
  };
}

function drawLives(random: Random): Pick<Schedule, 'processes' | 'powerCutAtMs' | 'lostClips'> {
  return {
    processes: Array.from({ length: random.pick([1, 2, 2, 2, 3, 3]) }, (_, index) => drawProcess(random, { errand: random.chance(0.05) ? 'recover' : 'film', first: index === 0 })),
    powerCutAtMs: random.chance(0.08) ? random.whole(0, 20_000) : undefined,
    lostClips: random.pick([...Array.from({ length: 18 }, () => 'none' as const), 'deleted', 'overwritten']),
  };
}

function drawHome(random: Random): HomeFate {
  return {
    how: random.pick(['kept', 'kept', 'kept', 'kept', 'lost', 'older']),
    // Most homes that change at all do so in their first seconds.
    copiedAtMs: random.whole(0, random.pick([500, 2_000, 10_000, 40_000])),
    processes: Array.from({ length: random.pick([0, 1, 1, 2, 2]) }, (_, index) => drawProcess(random, { errand: random.chance(0.65) ? 'recover' : 'film', first: index === 0 })),
    recoveredFirst: random.chance(0.5),
  };
}

function drawClockJumps(random: Random): Schedule['clockJumps'] {
  const jump = () => ({ atMs: random.whole(0, random.pick([1_000, 20_000, 90_000])), byMs: random.pick([-1, 1]) * random.pick([random.whole(1, 60), random.whole(60, 3_600), random.whole(3_600, 100_000)]) * 1000 });
  return Array.from({ length: random.pick([0, 0, 0, 1, 2]) }, jump);
}

function drawSecondThoughts(random: Random): Schedule['secondThoughts'] {
  return Array.from({ length: random.chance(0.12) ? random.whole(1, 2) : 0 }, () => {
    const retake: ProcessPlan = { ...drawProcess(random, { errand: 'film', first: false }), newTake: true };
    const startAtMs = retake.startAtMs + random.whole(0, random.pick([200, 2_000, 20_000]));
    return { retake, withdrawal: { ...drawProcess(random, { errand: 'withdraw', first: true }), startAtMs, diesAfter: random.chance(0.3) ? random.whole(1, 8) : undefined } };
  });
}

function drawProcess(random: Random, { errand, first }: { errand: ProcessPlan['errand']; first: boolean }): ProcessPlan {
  return {
    errand,
    startAtMs: first ? 0 : random.pick([0, random.whole(0, 300), random.whole(0, 5_000), random.whole(0, 40_000)]),
    // Most moments of a film lie in its first hundred.
    diesAfter: random.chance(0.75) ? random.whole(1, random.pick([12, 40, 100, 250])) : undefined,
    newTake: random.chance(0.05),
    concurrency: random.chance(0.1) ? random.whole(1, 2) : undefined,
    retries: random.pick([0, 0, 1, 2]),
    stopAtMs: random.chance(0.06) ? random.whole(0, 10_000) : undefined,
  };
}
