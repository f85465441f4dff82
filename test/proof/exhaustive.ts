import { Box, type Running, type Spoil } from './box/box.ts';
import type { Witness } from './box/life.ts';
import type { Violation } from './box/violation.ts';
import { checkBox } from './checks.ts';
import { finish } from './finish.ts';
import { countMoments, dieAt, momentsOf, type Moment } from './moment.ts';
import type { Story } from './stories.ts';

/**
 * What happens besides the death: `after` another process starts when the first is dead; `beside` it runs from the start;
 * `power` everybody dies and the disk loses what was not synced.
 */
export const SETTINGS = ['after', 'beside', 'power'] as const;
export type Setting = (typeof SETTINGS)[number];

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
    await box.wait([start(box, story)]);
    return momentsOf(counts);
  } finally {
    await box.close();
  }
}

/** Plays a story in which the process dies at a moment, and brings everything home. */
export async function playCell({ story, moment, setting }: Cell, options: { trace?: boolean; spoil?: Spoil } = {}): Promise<CellResult> {
  const mortal = mortalOf(story);
  const opened: { box?: Box } = {};
  const death = moment && dieAt(mortal, moment, (life) => (setting === 'power' ? opened.box?.powerCut() : life.die()));
  const box = await openStory(story, { ...options, ...(death ? { witness: death.witness } : {}) });
  opened.box = box;
  try {
    start(box, story);
    if (setting === 'beside') start(box, story);
    await box.wait();
    await story.repair?.(box);
    await finish(box, story.finish, story.mostRuns);
    await checkBox(box, story.expected);
    return { struck: death?.struck() ?? false, violations: box.violations, trace: box.trace };
  } finally {
    await box.close();
  }
}

/** The process that dies: the second, when there was a life before. */
function mortalOf(story: Story): string {
  return story.earlier ? 'p2' : 'p1';
}

function start(box: Box, story: Story): Running {
  return box.start(story.request, story.apiKey === undefined ? undefined : { apiKey: story.apiKey });
}

async function openStory(story: Story, options: { witness?: Witness; trace?: boolean; spoil?: Spoil }): Promise<Box> {
  const firstDeath = story.firstDiesAt === undefined ? undefined : dieAt('p1', { point: story.firstDiesAt, occurrence: 1 });
  const witness: Witness = (life, point) => {
    firstDeath?.witness(life, point);
    options.witness?.(life, point);
  };
  const box = await Box.open({ seed: 1, ...story.options, ...options, witness });
  await box.plan(story.shots, story.capUnits);
  if (story.earlier) {
    await story.prepareEarlier?.(box);
    await box.wait([box.start()]);
    await story.earlier(box);
  }
  await story.prepare?.(box);
  return box;
}
