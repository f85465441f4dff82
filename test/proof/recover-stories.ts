import { FAULT_KINDS } from '../../src/sandbox/index.ts';
import type { Box } from './box/box.ts';
import type { PlannedShot } from './box/shots.ts';
import { HOME, ONE, TWO } from './stories.ts';
import type { Story } from './story.ts';

/** A fresh home, in which the same script was read again. */
const loseHome = async (box: Box): Promise<void> => {
  box.loseHome();
  await box.planAgain();
};

const LOST = { mortal: 'recover', homeIsLost: true, earlier: loseHome, finish: { retries: 3 }, expected: HOME } as const satisfies Partial<Story>;

const MIXED: readonly PlannedShot[] = [{ ...ONE[0]!, takes: 2 }, TWO[1]!];

/** Homes that are lost, in different ways, and what `recover` meets then. */
export const LOST_HOMES: readonly Story[] = [
  { ...LOST, name: 'a lost home', shots: ONE },
  { ...LOST, name: 'a lost home of a film with two takes and two shots', shots: MIXED },
  { ...LOST, name: 'a lost home, whose account is used by others too', shots: ONE, options: { sandbox: { foreignTasks: 130, listOrder: 'shuffled' } }, sparesDisk: true },
  { ...LOST, name: 'a lost home, and a pair of keys', shots: ONE, options: { credentials: 'jwt' }, sparesDisk: true },
  {
    ...LOST,
    name: 'a lost home, recovered before the script is read again',
    shots: ONE,
    earlier: (box) => box.loseHome(),
    repair: async (box) => await box.planAgain(),
    settings: ['after', 'power'],
  },
  { ...LOST, name: 'a lost home, filmed again while recover runs', shots: ONE, mortal: 'film', beside: 'recover', settings: ['beside'] },
  { ...LOST, name: 'a lost home, and a task that was just sent', shots: ONE, firstDiesAt: 'fetch create / after', sparesDisk: true },
  { ...LOST, name: 'a lost home, and a retake that it knew of', shots: ONE, earlier: async (box) => { await box.wait([box.start({ newTake: true })]); await loseHome(box); }, mortalIs: 3, sparesDisk: true },
  ...(['task-failed-charged', 'task-failed-free', 'task-failed-moderation', 'task-failed-internal'] as const).map((kind): Story => ({
    ...LOST,
    name: `a lost home, and an attempt before that ended with ${kind}`,
    shots: ONE,
    prepareEarlier: (box) => box.kling.failNext(kind),
    earlierRequest: { retries: 3 },
    sparesDisk: true,
  })),
  ...(['task-failed-charged', 'task-failed-free'] as const).map((kind): Story => ({
    ...LOST,
    name: `a lost home, recovered before the script is read again, and an attempt before that ended with ${kind}`,
    shots: ONE,
    prepareEarlier: (box) => box.kling.failNext(kind),
    earlierRequest: { retries: 3 },
    earlier: (box) => box.loseHome(),
    repair: async (box) => await box.planAgain(),
    settings: ['after', 'power'],
    sparesDisk: true,
  })),
  ...FAULT_KINDS.filter((kind) => /^(poll|download|succeed)-/.test(kind)).map((kind): Story => ({
    ...LOST,
    name: `a lost home, and ${kind} while recover runs`,
    shots: ONE,
    ...(/100[0-4]$/.test(kind) ? { options: { credentials: 'jwt' } } : {}),
    prepare: (box) => box.kling.failNext(kind, { times: 2 }),
    // A broken download leaves the same file, whatever broke it.
    sparesDisk: !['download-cut', 'download-garbage'].includes(kind),
  })),
];

/** The film was made to its end, and then the home as it was at that moment is put back. */
function anOlderHome(point: string): Story {
  return { ...LOST, name: `an older home is put back, of: ${point}`, shots: ONE, backupAt: point, earlier: (box) => box.putBackHome(), sparesDisk: true };
}

/** As before, and the film needed two attempts: the older home may know of the first only, or of none. */
function anOlderHomeOfTwoAttempts(point: string): Story {
  return {
    ...anOlderHome(point),
    name: `an older home is put back, two attempts were made, of: ${point}`,
    prepareEarlier: (box) => box.kling.failNext('task-failed-charged'),
    earlierRequest: { retries: 3 },
  };
}

/** The film died there, nothing else happened, and somebody recovers. */
function recoveredAfterADeathAt(point: string): Story {
  return { ...LOST, name: `recovered after a death at: ${point}`, shots: ONE, firstDiesAt: point, earlier: () => {}, homeIsLost: false, sparesDisk: true };
}

/** @param points of a film without trouble. */
export function recoverStories(points: readonly string[]): readonly Story[] {
  // In the middle of a transaction there is nothing to copy; just before it is just after the one before.
  const between = points.filter((point) => !/^commit .* before$/.test(point));
  return [...LOST_HOMES, ...between.map(anOlderHome), ...between.map(anOlderHomeOfTwoAttempts), ...points.map(recoveredAfterADeathAt)];
}
