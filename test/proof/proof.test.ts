import { describe, expect, it } from 'vitest';
import { CLOCK_STORIES } from './clock-stories.ts';
import { CLOCK_SETTINGS, DEATH_SETTINGS, momentsOfStory, playCell } from './exhaustive.ts';
import { playJob, storiesOf } from './jobs.ts';
import { playSchedule } from './play-schedule.ts';
import { drawSchedule } from './schedule.ts';
import { ENDLESS_STORIES, PEACE, STORIES } from './stories.ts';
import { WITHDRAW_STORIES } from './withdraw-stories.ts';
import { WRONG_PARTS } from './wrong-parts.ts';

/** The parts of `npm run proof` in small: the same boxes, stories and checks, every n-th cell. */
describe('the proof in small', { timeout: 120_000 }, () => {
  it('a film without trouble, died in at every step, is paid once and delivered', async () => {
    const { red, played } = await playJob({ part: 'steps', story: PEACE, settings: DEATH_SETTINGS, everyNth: 1 });
    expect(played).toBeGreaterThan(100);
    expect(red).toEqual([]);
  });

  it('every story, died in at a few of its steps, ends as it must', async () => {
    const red = [];
    for (const { name } of await storiesOf('steps')) red.push(...(await playJob({ part: 'steps', story: name, settings: ['after'], everyNth: 23 })).red);
    expect(red).toEqual([]);
  });

  it('a home that is lost, or put back from an older copy, gets every clip and every bill back, whenever recover dies', async () => {
    const red = [];
    const stories = (await storiesOf('recover')).filter((_, index) => index % 4 === 0);
    for (const { name, settings = DEATH_SETTINGS } of stories) red.push(...(await playJob({ part: 'recover', story: name, settings: settings.slice(0, 2), everyNth: 13 })).red);
    expect(red).toEqual([]);
  });

  it('a retake that is withdrawn is never charged, or it was sent and is delivered, whoever dies and whenever it is withdrawn', async () => {
    const red = [];
    for (const { name, settings = DEATH_SETTINGS } of WITHDRAW_STORIES) red.push(...(await playJob({ part: 'steps', story: name, settings, everyNth: settings === DEATH_SETTINGS ? 1 : 5 })).red);
    expect(red).toEqual([]);
  });

  it('a wall clock that is set by hours ends no wait too soon and none too late', async () => {
    const red = [];
    for (const { name } of CLOCK_STORIES) red.push(...(await playJob({ part: 'clock', story: name, settings: CLOCK_SETTINGS, everyNth: name.includes('accepted') ? 5 : 23 })).red);
    expect(red).toEqual([]);
  });

  it('a fault that strikes for ever leads to the end that the rule names', async () => {
    const red = [];
    for (const { name } of ENDLESS_STORIES.filter((_, index) => index % 4 === 0)) red.push(...(await playJob({ part: 'endless', story: name })).red);
    expect(red).toEqual([]);
  });

  it('a hundred random schedules of deaths, faults and several processes keep every promise', async () => {
    expect((await playJob({ part: 'chance', from: 1, to: 100 })).red).toEqual([]);
  });

  it('a seed replays to the letter', async () => {
    const schedule = drawSchedule(9);
    const [first, second] = [await playSchedule(schedule, { trace: true }), await playSchedule(schedule, { trace: true })];
    expect(first.trace.length).toBeGreaterThan(50);
    expect(second.trace).toEqual(first.trace);
  });

  it.for(WRONG_PARTS)('finds $name, and not the right part in its place', async ({ name }) => {
    const { red, note } = await playJob({ part: 'wrong', name, everyNth: /written in place|after the POST|wall clock/.test(name) ? 1 : 9 });
    expect(red, note).toEqual([]);
  });

  it('the power goes while a clip is stored: what the store calls completed is on the disk', async () => {
    const story = STORIES.find(({ name }) => name === PEACE)!;
    const moments = (await momentsOfStory(story)).filter(({ point }) => /^(disk|commit stored)/.test(point));
    expect(moments.length).toBeGreaterThan(20);
    for (const moment of moments) expect(await playCell({ story, moment, setting: 'power' })).toMatchObject({ struck: true, violations: [] });
  });
});
