import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';
import { stopQuestion } from '../generation/stop-request.ts';

const HOUR_MS = 3_600_000;
const AT_KLING = /S01_SH01 {2}At Kling/;

let lab: CliLab;
beforeEach(async () => {
  // Kling's own pace: nothing is done until the test lets time pass there.
  lab = await openCliLab({ speed: 1 });
  await lab.write('story.txt', scriptOf(3));
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const paid = () => lab.kling.charges().length;
const filmAtKling = async (more: Parameters<CliLab['run']>[1] = {}) => await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv, ...more });
const atKling = async (...words: string[]) => await lab.run(words, { env: lab.klingEnv });

describe('a film that is stopped', () => {
  it('says of a shot whose answer was not read that it is not known yet, and what to do', async () => {
    lab.kling.failNext('create-slow-after', { prompt: 'puddle number 1' });
    const run = await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv, interruptWhen: /S01_SH01 {2}Sending/, studio: { timings: { stopGraceMs: 20 } } });
    expect(run).toMatchObject({ exit: 130, out: expect.stringContaining('Whether one of them was taken is not known yet; resume finds out before anything is sent again.') as string });
    expect((await lab.run(['status'])).out).toContain('S01_SH01: The run was stopped before the answer to this take was read.\n    Next: directorstudio resume finds out what Kling did.');
  });

  it('parks the work, says how to go on, and is finished by resume up to the cut, paid for once', async () => {
    const run = await filmAtKling({ interruptWhen: AT_KLING });
    expect(run.exit).toBe(130);
    expect(run.err).toContain('Stopping: reading the answers under way');
    expect(run.out).toContain('To go on: directorstudio resume');
    expect(await readdir(lab.folder)).not.toContain('story.mp4');
    lab.letKlingFinish();
    const resumed = lab.run(['resume', '--yes'], { env: lab.klingEnv, onPrint: () => lab.letKlingFinish() });
    expect(await resumed).toMatchObject({ exit: 0, out: expect.stringContaining(`Film: ${join(lab.folder, 'story.mp4')}`) });
    expect(paid()).toBe(3);
    expect(lab.kling.tasks()).toHaveLength(3);
  });

  it('fetches a clip of words that the film had before, though all of the film is there', async () => {
    await lab.write('story.txt', 'A dog sleeps by an oven.');
    lab.kling.failNext('task-stuck', { ms: 200 * HOUR_MS });
    await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv, interruptWhen: /S01_SH01 {2}At Kling/ });
    await lab.write('story.txt', 'A cat sleeps by an oven.');
    const film = await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv, studio: { timings: { patienceMs: 1_500 } }, onPrint: () => lab.letKlingFinish() });
    expect(film).toMatchObject({ exit: 0, out: expect.stringContaining('Film: ') as string });
    expect((await lab.run(['status'])).out).toMatch(/At Kling \(of earlier words\)/);
    for (let times = 0; times < 300; times += 1) lab.letKlingFinish();
    const resumed = await lab.run(['resume', '--yes'], { env: lab.klingEnv, onPrint: () => lab.letKlingFinish() });
    expect(resumed.exit).toBe(0);
    expect((await lab.run(['status'])).out).toMatch(/Ready \(of earlier words\)/);
    expect((await lab.run(['resume', '--yes'], { env: lab.klingEnv })).out).toContain('Nothing is unfinished');
    expect(lab.kling.charges()).toHaveLength(2);
  });

  it('ends its JSON Lines with what waits and exit 130', async () => {
    const run = await lab.run(['film', 'story.txt', '--yes', '--json'], { env: lab.klingEnv, interruptWhen: /"polling"/ });
    expect(run.json().at(-1)).toMatchObject({ type: 'summary', shots: 3, completed: 0, waiting: 3, film: null, exit: 130 });
  });

  it('is stopped by directorstudio stop from elsewhere as by Ctrl-C', async () => {
    let asked: Promise<unknown> | undefined;
    const run = await filmAtKling({
      onPrint: (printed) => {
        if (AT_KLING.test(printed)) asked ??= lab.run(['stop']);
      },
    });
    expect(run.exit).toBe(130);
    expect(await asked).toMatchObject({ exit: 0, out: expect.stringContaining('Asked every run') });
  });

  it.each([['film', 'story.txt'], ['resume'], ['generate'], ['recover']])('is stopped by it before Kling has answered the first question, with nothing spent: %s', async (...words) => {
    await lab.run(['film', 'story.txt', '--sandbox']);
    if (words[0] === 'resume') await filmAtKling({ interruptWhen: AT_KLING });
    const tasks = lab.kling.tasks().length;
    let asked: Promise<unknown> | undefined;
    const silent: typeof fetch = async (_, init) => {
      asked ??= lab.run(['stop']);
      return await new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)));
    };
    const run = await lab.run([...words, ...(words[0] === 'recover' ? [] : ['--yes'])], { env: lab.klingEnv, studio: { fetch: silent } });
    expect(run).toMatchObject({ exit: 130, err: expect.stringContaining('Stopped. Nothing was under way that could be lost.') });
    await asked;
    expect(lab.kling.tasks()).toHaveLength(tasks);
  });

  it('is not stopped by a request that is older than it, but by the next', async () => {
    await lab.run(['stop']);
    const isAsked = await stopQuestion(lab.home);
    expect(await isAsked()).toBe(false);
    await lab.run(['stop']);
    expect(await isAsked()).toBe(true);
  });

  it('did nothing when it was stopped before it began', async () => {
    const run = await filmAtKling({ interruptWhen: /Model:/ });
    expect(run.exit).toBe(130);
    expect(run.err).toContain('Nothing was under way that could be lost');
    expect(lab.kling.tasks()).toEqual([]);
  });
});

describe('resume', () => {
  it('has nothing to do after a film that is done, also when the file was moved away since', async () => {
    await filmAtKling({ onPrint: () => lab.letKlingFinish() });
    await rm(join(lab.folder, 'story.mp4'));
    expect(await atKling('resume')).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing is unfinished') });
  });

  it('needs no new yes for what is under way, and asks for what was never sent', async () => {
    lab.kling.setSlots(1);
    await filmAtKling({ interruptWhen: /At Kling/ });
    expect(lab.kling.tasks()).toHaveLength(1);
    const refused = await atKling('resume');
    expect(refused).toMatchObject({ exit: 2, out: expect.stringContaining('1 clip already paid for and under way'), err: expect.stringContaining('This would spend up to $0.42 (3 units)') });
    expect(lab.kling.tasks()).toHaveLength(1);
    await lab.write('story.txt', scriptOf(1));
    lab.kling.setSlots(5);
    // The two other shots are out of the script now, so all that is left is paid for.
    expect((await lab.run(['film', 'story.txt'], { env: lab.klingEnv, onPrint: () => lab.letKlingFinish() })).exit).toBe(0);
    expect(paid()).toBe(1);
  });

  it('cuts what was generated when only the cut was missing', async () => {
    const run = await filmAtKling({ onPrint: () => lab.letKlingFinish(), interruptWhen: /Made 3 clips/ });
    expect(run.exit).toBe(130);
    expect(run.out).toContain('Stopped while cutting');
    const resumed = await atKling('resume');
    expect(resumed).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing generated') });
    expect(await readdir(lab.folder)).toContain('story.mp4');
  });

  it('goes on with a sandbox film beside a Kling one, each where it was', async () => {
    await lab.write('other.txt', scriptOf(1));
    await filmAtKling({ interruptWhen: AT_KLING });
    await lab.run(['film', 'other.txt', '--sandbox'], { env: lab.klingEnv, interruptWhen: /S01_SH01 {2}(?:Sending|At the sandbox)/ });
    lab.letKlingFinish();
    const run = await lab.run(['resume', '--yes'], { env: lab.klingEnv, onPrint: () => lab.letKlingFinish() });
    expect(run.exit).toBe(0);
    expect(await readdir(lab.folder)).toEqual(expect.arrayContaining(['story.mp4', 'other.mp4']));
    expect(paid()).toBe(3);
  });

  it('finishes a practice film beside the Kling film it practises for', async () => {
    await filmAtKling({ onPrint: () => lab.letKlingFinish() });
    const before = await lab.read('story.mp4');
    await lab.run(['film', 'story.txt', '--sandbox'], { env: lab.klingEnv, interruptWhen: /S01_SH01 {2}(?:Sending|At the sandbox)/ });
    const run = await atKling('resume');
    expect(run).toMatchObject({ exit: 0, out: expect.stringContaining(join(lab.folder, 'story.sandbox.mp4')) });
    expect(await lab.read('story.mp4')).toEqual(before);
  });

  it('cuts a practice film that was stopped in the cutting, once, and leaves the Kling film', async () => {
    await filmAtKling({ onPrint: () => lab.letKlingFinish() });
    const before = await lab.read('story.mp4');
    const stopped = await lab.run(['film', 'story.txt', '--sandbox'], { env: lab.klingEnv, interruptWhen: /Made 3 clips/ });
    expect(stopped).toMatchObject({ exit: 130, out: expect.stringContaining('Stopped while cutting') });
    expect(await readdir(lab.folder)).not.toContain('story.sandbox.mp4');
    expect(await atKling('resume')).toMatchObject({ exit: 0, out: expect.stringContaining(`Film: ${join(lab.folder, 'story.sandbox.mp4')}`) });
    expect(await lab.read('story.mp4')).toEqual(before);
    await rm(join(lab.folder, 'story.sandbox.mp4'));
    expect(await atKling('resume')).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing is unfinished') });
  });

  it('asks for no Kling money when only the cut of a practice film with a new shot is missing', async () => {
    await filmAtKling({ onPrint: () => lab.letKlingFinish() });
    await lab.write('story.txt', scriptOf(4));
    await lab.run(['film', 'story.txt', '--sandbox'], { env: lab.klingEnv, interruptWhen: /Made 4 clips/ });
    expect(await atKling('resume')).toMatchObject({ exit: 0, out: expect.stringContaining('story.sandbox.mp4') });
    expect(paid()).toBe(3);
  });

  it('makes no practice film that nobody asked for: the first sandbox film was Kling’s forerunner', async () => {
    await lab.run(['film', 'story.txt']);
    await filmAtKling({ onPrint: () => lab.letKlingFinish() });
    expect(await atKling('resume')).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing is unfinished') });
    expect(await readdir(lab.folder)).not.toContain('story.sandbox.mp4');
  });

  it('has nothing to do for a film that was moved away from a folder reached by a link', async () => {
    await mkdir(join(lab.folder, 'real'));
    await symlink(join(lab.folder, 'real'), join(lab.folder, 'link'));
    await lab.run(['film', 'story.txt', '-o', 'link/a.mp4']);
    await rm(join(lab.folder, 'real', 'a.mp4'));
    expect(await lab.run(['resume'])).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing is unfinished') });
  });

  it('asks for no Kling money after a practice film of shots that Kling never filmed', async () => {
    await filmAtKling({ onPrint: () => lab.letKlingFinish() });
    await lab.write('story.txt', scriptOf(4));
    await lab.run(['film', 'story.txt', '--sandbox'], { env: lab.klingEnv });
    expect(await atKling('resume')).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing is unfinished') });
  });

  it('says whose key it needs and goes on with the others', async () => {
    await lab.write('other.txt', scriptOf(1));
    await filmAtKling({ interruptWhen: AT_KLING });
    await lab.run(['film', 'other.txt', '--sandbox'], { env: lab.klingEnv, interruptWhen: /S01_SH01 {2}(?:Sending|At the sandbox)/ });
    const run = await lab.run(['resume']);
    expect(run).toMatchObject({ exit: 2, err: expect.stringContaining('there is no key now') });
    expect(await readdir(lab.folder)).toContain('other.mp4');
  });
});
