import { Box, type Running } from './box/box.ts';
import type { Spoil } from './box/errand.ts';
import type { Life, Witness } from './box/life.ts';
import type { Violation } from './box/violation.ts';
import { checkRecovered } from './check-recovered.ts';
import { checkBox } from './checks.ts';
import { finish, recoverAll } from './finish.ts';
import { countMoments, dieAt, momentsOf, type Moment } from './moment.ts';
import type { Errand, Story } from './story.ts';

const HOURS_MS = 3_600_000;

/** What happens at the moment, to a process of the box. */
const STRIKES = {
  /** It dies; another starts when it is dead. */
  after: (_: Box, life: Life) => life.die(),
  /** It dies; another runs beside it from the start. */
  beside: (_: Box, life: Life) => life.die(),
  /** Everybody dies, and the disk loses what was not synced. */
  power: (box: Box) => box.powerCut(),
  /** Nobody dies: somebody sets the wall clock. */
  'clock ahead': (box: Box) => box.jumpWallClock(5 * HOURS_MS),
  'clock behind': (box: Box) => box.jumpWallClock(-5 * HOURS_MS),
  /** It dies, and when the next starts the wall clock has been set. */
  'dead, clock ahead': (box: Box, life: Life) => {
    life.die();
    box.jumpWallClock(5 * HOURS_MS);
  },
  'dead, clock behind': (box: Box, life: Life) => {
    life.die();
    box.jumpWallClock(-5 * HOURS_MS);
  },
  /** Nobody dies: a person withdraws what waits unsent. */
  withdrawal: (box: Box) => void box.startWithdraw(),
  'dead, withdrawal': (box: Box, life: Life) => {
    life.die();
    box.startWithdraw();
  },
} as const;

/** What happens at the moment, and beside it. */
export type Setting = keyof typeof STRIKES;

export const DEATH_SETTINGS = ['after', 'beside', 'power'] as const satisfies readonly Setting[];

export const CLOCK_SETTINGS = ['clock ahead', 'clock behind', 'dead, clock ahead', 'dead, clock behind'] as const satisfies readonly Setting[];

export const WITHDRAWAL_SETTINGS = ['withdrawal', 'dead, withdrawal'] as const satisfies readonly Setting[];

export interface Cell {
  story: Story;
  moment: Moment | undefined;
  setting: Setting;
}

export interface CellResult {
  /** Whether the moment came. */
  struck: boolean;
  violations: readonly Violation[];
  trace: readonly string[];
}

/** The moments of a story, found by playing it once with nobody dying. */
export async function momentsOfStory(story: Story, spoil?: Spoil): Promise<Moment[]> {
  const { witness, counts } = countMoments(mortalOf(story));
  const box = await openStory(story, { witness, ...(spoil ? { spoil } : {}) });
  try {
    await box.wait([start(box, story, story.mortal)]);
    return momentsOf(counts);
  } finally {
    await box.close();
  }
}

/** Plays a story in which the process dies at a moment, and brings everything home. */
export async function playCell({ story, moment, setting }: Cell, options: { trace?: boolean; spoil?: Spoil } = {}): Promise<CellResult> {
  const opened: { box?: Box } = {};
  const death = moment && dieAt(mortalOf(story), moment, (life) => opened.box && STRIKES[setting](opened.box, life));
  const box = await openStory(story, { ...options, ...(death ? { witness: death.witness } : {}) });
  opened.box = box;
  try {
    start(box, story, story.mortal);
    if (setting === 'beside') start(box, story, story.beside);
    await box.wait();
    // And for whoever was started by what happened.
    await box.wait();
    // A recovery that died is repeated, as it says itself; not after a power cut, when the next thing asked for is the film.
    if (story.mortal === 'recover' && setting !== 'power') await recoverAll(box);
    await story.repair?.(box);
    await finish(box, story.finish, story.mostRuns);
    if (story.homeIsLost) await checkRecovered(box);
    await checkBox(box, story.expected);
    return { struck: death?.struck() ?? false, violations: box.violations, trace: box.trace };
  } finally {
    await box.close();
  }
}

/** The process that dies: the second, when there was a life before. */
function mortalOf({ earlier, mortalIs = earlier ? 2 : 1 }: Story): string {
  return `p${mortalIs}`;
}

function start(box: Box, story: Story, errand: Errand = 'film'): Running {
  if (errand === 'recover') return box.startRecover();
  if (errand === 'withdraw') return box.startWithdraw();
  return box.start(story.request, story.apiKey === undefined ? undefined : { apiKey: story.apiKey });
}

async function openStory(story: Story, options: { witness?: Witness; trace?: boolean; spoil?: Spoil }): Promise<Box> {
  const opened: { box?: Box } = {};
  const firstDeath = story.firstDiesAt === undefined ? undefined : dieAt('p1', { point: story.firstDiesAt, occurrence: 1 });
  const backup = story.backupAt === undefined ? undefined : dieAt('p1', { point: story.backupAt, occurrence: 1 }, () => opened.box?.backUpHome());
  const witness: Witness = (life, point) => {
    firstDeath?.witness(life, point);
    backup?.witness(life, point);
    options.witness?.(life, point);
  };
  const box = await Box.open({ seed: 1, ...story.options, ...options, witness });
  opened.box = box;
  await box.plan(story.shots, story.capUnits);
  if (story.earlier) {
    await story.prepareEarlier?.(box);
    await box.wait([box.start(story.earlierRequest)]);
    await story.earlier(box);
  }
  await story.prepare?.(box);
  return box;
}
