import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab({ foreignTasks: 6 });
  await lab.write('story.txt', scriptOf(3));
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const atKling = async (...words: string[]) => await lab.run(words, { env: lab.klingEnv });
const posts = () => lab.kling.requests().filter(({ method }) => method === 'POST').length;

describe('recover', () => {
  it('brings back the clips of a home that was lost, says what they had cost, and the next film pays nothing', async () => {
    await atKling('film', 'story.txt', '--yes');
    await rm(lab.home, { recursive: true });
    const { exit, out, err } = await atKling('recover');
    expect(exit).toBe(0);
    expect(err).toContain('Looking through the tasks of the last 30 days at Kling.');
    expect(err).toMatch(/3 of 3: task \d+ of a film not known here: fetched/);
    expect(out).toMatch(/^Found 3 clips of ours among \d+ tasks of the last 30 days at Kling\.$/m);
    expect(out).toMatch(/^3 fetched, 0 already here; [1-9]\d* not ours\.$/m);
    expect(out).toContain('Kling charged $0.63 (4.5 units) for ours when they were made. Nothing was spent now.');
    expect(out).toContain('filming the same script again costs nothing for them');
    expect(out).toContain('each shot will show its first take again, until directorstudio select names another.');
    const film = await atKling('film', 'story.txt');
    expect(film.exit).toBe(0);
    expect(film.out).toContain('Nothing to pay for: 3 clips ready.');
    expect(posts()).toBe(3);
  });

  it('names film, shot and take where this home knows them, and says when all is here', async () => {
    await atKling('film', 'story.txt', '--yes');
    expect((await atKling('recover')).out).toMatch(/^0 fetched, 3 already here; /m);
    await rm(join(lab.home, 'clips'), { recursive: true });
    const { exit, out } = await atKling('recover');
    expect(exit).toBe(0);
    expect(out).toMatch(/^ {2}fetched +S01_SH02 T01 of story\.txt +\$0\.21 \(1\.5 units\) +ds1-[a-z2-7]{52}-a1$/m);
  });

  it('ends with 1 when a clip cannot be had, and says which and why', async () => {
    await atKling('film', 'story.txt', '--yes');
    await rm(join(lab.home, 'clips'), { recursive: true });
    lab.kling.failNext('download-404', { times: Number.POSITIVE_INFINITY, prompt: 'puddle number 2' });
    const { exit, out } = await atKling('recover');
    expect(exit).toBe(1);
    expect(out).toMatch(/^ {2}S01_SH02 T01 of story\.txt: .*could not be downloaded: HTTP 404\./m);
    expect(out).toMatch(/^2 fetched, 0 already here, 1 gone; /m);
  });

  it('names the shot of an attempt that failed and was followed by another, and advises nothing more for it', async () => {
    lab.kling.failNext('task-failed-internal', { prompt: 'puddle number 2' });
    expect((await atKling('film', 'story.txt', '--yes', '--retries', '1')).exit).toBe(0);
    const { exit, out } = await atKling('recover');
    expect(exit).toBe(0);
    expect(out).toMatch(/^ {2}failed at Kling +S01_SH02 T01 of story\.txt, attempt 1 /m);
    expect(out).toMatch(/^ {2}S01_SH02 T01 of story\.txt, attempt 1: Kling could not make this clip: .* Another attempt followed it\.$/m);
    expect(out).not.toMatch(/removed|retake/);
  });

  it('gives a film in a lost home the attempt that its clip is of: its id, its task, its bill', async () => {
    lab.kling.failNext('task-failed-charged', { prompt: 'puddle number 2' });
    lab.kling.failNext('task-charged-more', { prompt: 'puddle number 2' });
    expect((await atKling('film', 'story.txt', '--yes', '--retries', '1')).exit).toBe(0);
    const second = lab.kling.tasks().find(({ externalTaskId }) => externalTaskId?.endsWith('-a2') === true);
    const units = lab.kling.tasks().reduce((sum, { chargedUnits }) => sum + chargedUnits, 0);
    await rm(lab.home, { recursive: true });
    await atKling('recover');
    expect((await atKling('film', 'story.txt')).exit).toBe(0);
    const { out } = await atKling('history', '2');
    expect(out).toContain(`Our id ${second?.externalTaskId ?? 'missing'}\n`);
    expect(out).toContain(`task ${second?.taskId ?? 'missing'} `);
    expect(out).toMatch(new RegExp(`Take 1 .*; billed \\$.* \\(${second?.chargedUnits ?? 0} units\\)`));
    expect((await atKling('status')).out).toMatch(new RegExp(`Spent or set aside: .*\\(${units} units\\)`));
    expect(posts()).toBe(4);
  });

  it('speaks JSON Lines', async () => {
    await atKling('film', 'story.txt', '--yes');
    const lines = (await atKling('recover', '--json')).json();
    expect(lines.filter(({ type }) => type === 'recovered')).toHaveLength(3);
    expect(lines[0]).toMatchObject({ v: 1, type: 'recovered', how: 'here', known: true, billedUnits: 1.5, externalTaskId: expect.stringMatching(/^ds1-/) as string, places: [{ shot: expect.stringMatching(/^S01_SH0\d$/) as string, take: 1 }] });
    expect(lines.at(-2)).toMatchObject({ type: 'recovery', engine: 'kling', ours: 3, fetched: 0, here: 3, gone: 0, billedUnits: 4.5 });
    expect(lines.at(-1)).toMatchObject({ type: 'summary', completed: 3, failed: 0, waiting: 0, generated: 0, exit: 0 });
  });

  it('looks at the sandbox where there is no key, and never instead of Kling for a film of Kling’s', async () => {
    await lab.run(['film', 'story.txt']);
    const practice = await lab.run(['recover']);
    expect(practice.exit).toBe(0);
    expect(practice.out).toMatch(/SANDBOX, not Kling[^]*Found 3 clips of ours among 3 tasks of the last 30 days at the sandbox\.[^]*The sandbox charged \$0\.63 play money/);
    await atKling('film', 'story.txt', '--yes');
    const { exit, err } = await lab.run(['recover']);
    expect(exit).toBe(2);
    expect(err).toContain('This project has Kling clips, and there is no key now.');
    expect((await lab.run(['recover', '--sandbox'])).exit).toBe(0);
  });

  it('is refused with 2 by a Kling that does not take the key', async () => {
    const { exit, err } = await lab.run(['recover'], { env: { ...lab.klingEnv, KLING_API_KEY: 'another-key' } });
    expect(exit).toBe(2);
    expect(err).toMatch(/Kling does not know this key/);
  });

  it('is what a damaged store advises, and what brings the film back once the file is moved away', async () => {
    await atKling('film', 'story.txt', '--yes');
    for (const ending of ['-wal', '-shm']) await rm(join(lab.home, `studio.sqlite${ending}`), { force: true });
    await writeFile(join(lab.home, 'studio.sqlite'), 'A line of text over it. '.repeat(400));
    const refused = await atKling('film', 'story.txt', '--yes');
    expect(refused.exit).toBe(2);
    expect(refused.err).toMatch(/^Error: The store \(studio\.sqlite in the home\) is damaged\.\nNext: .*directorstudio recover/);
    await rm(join(lab.home, 'studio.sqlite'));
    expect((await atKling('recover')).out).toContain('0 fetched, 3 already here');
    expect((await atKling('film', 'story.txt')).exit).toBe(0);
    expect(posts()).toBe(3);
  });

  it('stops at Ctrl-C and says how to go on', async () => {
    await atKling('film', 'story.txt', '--yes');
    await rm(lab.home, { recursive: true });
    const { exit, out } = await lab.run(['recover'], { env: lab.klingEnv, interruptWhen: /1 of 3: / });
    expect(exit).toBe(130);
    expect(out).toContain('directorstudio recover goes on.');
    expect((await atKling('recover')).exit).toBe(0);
  });
});
