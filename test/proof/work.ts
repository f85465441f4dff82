import { CLOCK_STORIES } from './clock-stories.ts';
import { CLOCK_SETTINGS, DEATH_SETTINGS } from './exhaustive.ts';
import { storiesOf, type Job, type JobResult } from './jobs.ts';
import { ENDLESS_STORIES } from './stories.ts';
import { WRONG_PARTS } from './wrong-parts.ts';

/** One piece of the proof, for any worker. */
export type Work = Job | { part: 'kills'; from: number; to: number };

export const PARTS = {
  steps: 'every step of the ledger × death before and after × every fault',
  recover: 'a home lost or an older one put back, recover, died in at every step',
  clock: 'the wall clock set at every step',
  endless: 'faults that never end',
  chance: 'random schedules',
  kills: 'real processes, SIGKILL, HTTP',
  wrong: 'wrong parts, which must be found',
  promise: 'the cell that Kling’s promise carries',
} as const;

export type Part = keyof typeof PARTS;

/** What a worker says of a piece. */
export interface Answer {
  result: JobResult;
  /** It has kept too much of the dead in memory: what waits for ever is never freed. */
  tired: boolean;
}

/** All pieces, the smallest last, so that no worker ends long before another. */
export async function workList({ seeds, firstSeed, kills }: { seeds: number; firstSeed: number; kills: number }): Promise<Work[]> {
  const works: Work[] = (await storiesOf('steps')).map(({ name, settings = DEATH_SETTINGS }) => ({ part: 'steps', story: name, settings: settings.filter((setting) => setting !== 'power' || !name.startsWith('fault')), everyNth: 1 }));
  works.push(...(await storiesOf('recover')).map(({ name, settings = DEATH_SETTINGS }): Work => ({ part: 'recover', story: name, settings, everyNth: 1 })));
  works.push(...CLOCK_STORIES.map(({ name }): Work => ({ part: 'clock', story: name, settings: CLOCK_SETTINGS, everyNth: 1 })));
  works.push(...WRONG_PARTS.map(({ name }): Work => ({ part: 'wrong', name, everyNth: 1 })), { part: 'promise', everyNth: 1 });
  for (let from = 1; from <= kills; from += 10) works.push({ part: 'kills', from, to: Math.min(from + 9, kills) });
  works.push(...ENDLESS_STORIES.map(({ name }): Work => ({ part: 'endless', story: name })));
  for (let from = 0; from < seeds; from += 50) works.push({ part: 'chance', from: firstSeed + from, to: firstSeed + Math.min(from + 50, seeds) - 1 });
  return works;
}
