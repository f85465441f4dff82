import type { Violation } from './box/violation.ts';
import { CLOCK_STORIES } from './clock-stories.ts';
import { momentsOfStory, playCell, type Cell, type Setting } from './exhaustive.ts';
import type { Moment } from './moment.ts';
import { playSchedule } from './play-schedule.ts';
import { playWrongPart } from './play-wrong-part.ts';
import { recoverStories } from './recover-stories.ts';
import { drawSchedule } from './schedule.ts';
import { afterADeathAt, ENDLESS_STORIES, PEACE, STORIES } from './stories.ts';
import type { Story } from './story.ts';
import { WITHDRAW_STORIES } from './withdraw-stories.ts';
import { WRONG_PARTS } from './wrong-parts.ts';

/** One piece of the proof: enough to be played in any process, and small enough to wait for. */
export type Job =
  | { part: 'steps' | 'recover' | 'clock'; story: string; settings: readonly Setting[]; everyNth: number }
  | { part: 'endless'; story: string }
  | { part: 'chance'; from: number; to: number }
  | { part: 'wrong'; name: string; everyNth: number }
  | { part: 'promise'; everyNth: number };

export interface JobResult {
  /** Cells or schedules played. */
  played: number;
  /** How often somebody died at a step, by the step's name and side: `accepted / after`. */
  deaths: Record<string, number>;
  /** Faults that struck, and tasks that were charged, in random schedules. */
  strikes: number;
  charged: number;
  red: { where: string; violations: readonly Violation[] }[];
  /** Something to print, such as what a wrong part broke. */
  note?: string;
}

const EMPTY = (): JobResult => ({ played: 0, deaths: {}, strikes: 0, charged: 0, red: [] });

export async function playJob(job: Job): Promise<JobResult> {
  switch (job.part) {
    case 'steps':
    case 'recover':
    case 'clock':
      return await playSteps(await storyNamed(job.part, job.story), job.settings, job.everyNth);
    case 'endless': {
      const story = ENDLESS_STORIES.find(({ name }) => name === job.story);
      if (!story) throw new Error(`there is no endless story “${job.story}”`);
      const result = EMPTY();
      await playInto(result, { story, moment: undefined, setting: 'after' });
      return result;
    }
    case 'chance': {
      const result = EMPTY();
      for (let seed = job.from; seed <= job.to; seed += 1) {
        const { violations, deaths, strikes, charged } = await playSchedule(drawSchedule(seed));
        result.played += 1;
        result.strikes += strikes;
        result.charged += charged;
        result.deaths['by chance'] = (result.deaths['by chance'] ?? 0) + deaths;
        if (violations.length > 0) result.red.push({ where: `seed ${seed}`, violations });
      }
      return result;
    }
    case 'wrong':
      return await playWrong(job.name, job.everyNth);
    default:
      return await playPromise(job.everyNth);
  }
}

type StepsPart = Extract<Job, { story: string; everyNth: number }>['part'];

/** Every story that is died in, by part. */
export async function storiesOf(part: StepsPart): Promise<readonly Story[]> {
  if (part === 'clock') return CLOCK_STORIES;
  const points = await peacefulPoints();
  // The written ones, and for each step of a peaceful film the one where a death was before.
  return part === 'recover' ? recoverStories(points) : [...STORIES, ...WITHDRAW_STORIES, ...points.map(afterADeathAt)];
}

let peaceful: Promise<string[]> | undefined;

/** The steps of a film without trouble at which others have died before. */
async function peacefulPoints(): Promise<string[]> {
  return await (peaceful ??= pointsOf(STORIES.find(({ name }) => name === PEACE)!));
}

async function pointsOf(peace: Story): Promise<string[]> {
  return [...new Set((await momentsOfStory(peace)).map(({ point }) => point))].filter((point) => /^(commit|fetch create|disk (link|rename))/.test(point));
}

async function storyNamed(part: StepsPart, name: string): Promise<Story> {
  const stories = await storiesOf(part);
  const story = stories.find((each) => each.name === name);
  if (!story) throw new Error(`There is no story “${name}”. The stories: ${stories.map((each) => each.name).join(', ')}.`);
  return story;
}

async function playSteps(story: Story, settings: readonly Setting[], everyNth: number): Promise<JobResult> {
  const result = EMPTY();
  const moments = (await momentsOfStory(story)).filter(({ point }) => !story.sparesDisk || !point.startsWith('disk')).filter((_, index) => index % everyNth === 0);
  for (const setting of settings) for (const moment of moments) await playInto(result, { story, moment, setting });
  return result;
}

async function playInto(result: JobResult, cell: Cell): Promise<void> {
  const { struck, violations } = await playCell(cell);
  result.played += 1;
  const where = [cell.story.name, cell.setting, cell.moment && `${cell.moment.point}, time ${cell.moment.occurrence}`].filter((part) => part !== undefined).join(' · ');
  if (struck && cell.moment && cell.setting !== 'withdrawal') for (const name of namesOf(cell.moment)) result.deaths[name] = (result.deaths[name] ?? 0) + 1;
  // Beside another process the first may never come there; alone it must, or a seed would not replay.
  const missed: Violation[] = cell.moment && !struck && cell.setting !== 'beside' ? [{ check: 'bug', what: 'the moment of death never came' }] : [];
  if (violations.length + missed.length > 0) result.red.push({ where, violations: [...violations, ...missed] });
}

/** `commit a+b / after`: both a and b were died after. */
export function namesOf({ point }: Moment): string[] {
  const [, names, side] = /^commit (\S+) \/ (\w+)$/.exec(point) ?? [];
  return names === undefined ? [point] : names.split('+').map((name) => `${name} / ${side}`);
}

async function playWrong(name: string, everyNth: number): Promise<JobResult> {
  const part = WRONG_PARTS.find((each) => each.name === name);
  if (!part) throw new Error(`there is no wrong part “${name}”`);
  const { cells, red, redWithTheRightPart, worksInPeace, example } = await playWrongPart(part, everyNth);
  const complaints = [
    ...(red === 0 ? [`with ${name} nothing was found: the proof does not see it`] : []),
    ...(redWithTheRightPart > 0 ? ['the right part is found as red as the wrong one'] : []),
    ...(worksInPeace ? [] : ['the wrong part does not even work in peace, so it shows nothing']),
  ];
  return {
    ...EMPTY(),
    played: cells * 2,
    red: complaints.map((what) => ({ where: `wrong part: ${name}`, violations: [{ check: 'bug' as const, what }] })),
    note: `${name}: ${red} of ${cells} cells red (${part.mustBreak}), 0 wanted with the right part and ${redWithTheRightPart} seen. ${example ?? ''}`,
  };
}

/** The one cell that Kling's own promise carries: repeated ids are taken, and a create shows up later than we look. */
async function playPromise(everyNth: number): Promise<JobResult> {
  const result = EMPTY();
  const story: Story = {
    name: 'repeated ids accepted, and a task that shows up after the wait',
    shots: [{ prompt: 'A paper boat crosses a puddle' }],
    options: { sandbox: { repeatedIds: 'accepted' } },
    prepare: (box) => {
      box.kling.failNext('create-hidden', { ms: 15_000 });
      box.kling.failNext('create-reset-after');
    },
    expected: { end: 'completed' },
  };
  let twice = 0;
  for (const moment of (await momentsOfStory(story)).filter((_, index) => index % everyNth === 0)) {
    const { violations } = await playCell({ story, moment, setting: 'after' });
    result.played += 1;
    if (violations.some(({ check }) => check === 'paid-twice')) twice += 1;
  }
  result.note = `paid twice in ${twice} of ${result.played}: Kling's refusal of repeated ids carries this one. Not counted as red or green.`;
  return result;
}
