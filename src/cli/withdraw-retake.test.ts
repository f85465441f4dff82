import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab, type CliRun } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
  await lab.write('story.txt', scriptOf(3));
  await atKling('film', 'story.txt', '--yes');
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const atKling = async (...words: string[]): Promise<CliRun> => await lab.run(words, { env: lab.klingEnv });
const creates = () => lab.kling.requests().filter(({ method }) => method === 'POST').length;

describe('a retake that cannot be paid for', () => {
  let retake: CliRun;
  beforeEach(async () => {
    retake = await atKling('retake', '2', '--yes', '--cap', '4.5');
  });

  it('says how to do without it', () => {
    expect(retake).toMatchObject({ exit: 1, out: expect.stringContaining('Waiting: budget: S01_SH02 T02.') as string });
    expect(retake.out).toContain('To do without the retake of S01_SH02: directorstudio retake S01_SH02 --withdraw\n');
  });

  it('is withdrawn by a word that status names, without a key, and waits no more', async () => {
    expect((await atKling('status')).out).toContain('To do without the retake of S01_SH02: directorstudio retake S01_SH02 --withdraw\n');
    const before = creates();
    const withdrawn = await lab.run(['retake', '2', '--withdraw']);
    expect(withdrawn).toMatchObject({ exit: 0, out: expect.stringContaining('Take 2 of S01_SH02 is withdrawn: it was never sent and costs nothing.') as string });
    const status = await atKling('status');
    expect(status.out).toMatch(/S01_SH02 {2} {2}T02 {2}Withdrawn before it was sent/);
    expect(status.out).toContain('3 of 3 shots ready. * is the take');
    for (const words of ['What to do', 'without the retake', 'program']) expect(status.out).not.toContain(words);
    expect((await atKling('resume', '--yes', '--cap', 'none')).out).toContain('Nothing is unfinished');
    expect((await atKling('film', 'story.txt', '--yes')).out).toContain('Nothing to pay for: 3 clips ready.');
    expect(creates()).toBe(before);
    expect((await atKling('history', '2')).out).toMatch(/Not sent[^]*Withdrawn before it was sent/);
  });

  it('leaves room for another retake, which is paid for once', async () => {
    await atKling('retake', '2', '--withdraw');
    expect(await atKling('retake', '2', '--yes', '--cap', 'none')).toMatchObject({ exit: 0, out: expect.stringContaining('Made 1 clip.') as string });
    expect(lab.kling.charges()).toHaveLength(4);
  });

  it('is told as JSON Lines, and is not there a second time', async () => {
    const lines = (await atKling('retake', '2', '--withdraw', '--json')).json();
    expect(lines.find(({ type }) => type === 'withdrawn')).toMatchObject({ shot: 'S01_SH02', take: 2 });
    const again = await atKling('retake', '2', '--withdraw');
    expect(again).toMatchObject({ exit: 2, err: expect.stringContaining('S01_SH02 has no retake that waits unsent (take 1: Ready, take 2: Withdrawn before it was sent).') as string });
  });

  it('stays for another film that waits for the same clip', async () => {
    await atKling('film', 'story.txt', '--yes', '--project', 'night', '-o', 'night.mp4');
    await atKling('retake', '2', '--yes', '--project', 'night', '--cap', '1');
    const withdrawn = await atKling('retake', '2', '--withdraw', '--project', 'night');
    expect(withdrawn.out).toContain('Take 2 of S01_SH02 is withdrawn: it was never sent and costs nothing. Another shot of the same words still waits for its clip.');
    expect((await atKling('status', '--project', 'night')).out).not.toContain('T02');
    expect(await atKling('resume', '--yes', '--project', 'story.txt', '--cap', 'none')).toMatchObject({ exit: 0 });
    expect((await atKling('status', '--project', 'story.txt')).out).toMatch(/S01_SH02 {2}. T02 {2}Ready/);
    expect(lab.kling.charges()).toHaveLength(4);
  });
});

describe('what was sent', () => {
  it('is never withdrawn: the clip comes in, and is paid for once', async () => {
    lab.kling.failNext('task-stuck', { ms: 300 });
    await lab.run(['retake', '2', '--yes'], { env: lab.klingEnv, interruptWhen: /T02 {2}At Kling/ });
    const refused = await atKling('retake', '2', '--withdraw');
    expect(refused).toMatchObject({ exit: 2, err: expect.stringContaining('(take 1: Ready, take 2: At Kling)') as string });
    expect(refused.err).toContain('Next: What was sent is billed and its clip is kept.');
    lab.letKlingFinish();
    expect(await atKling('resume', '--yes')).toMatchObject({ exit: 0 });
    expect((await atKling('status')).out).toMatch(/T02 {2}Ready/);
    expect(lab.kling.charges()).toHaveLength(4);
  });

  it('or is about to be, by a program at work, is left to that program', async () => {
    lab.kling.setSlots(0);
    const stop = new AbortController();
    let meanwhile: Promise<CliRun> | undefined;
    await lab.run(['retake', '2', '--yes'], {
      env: lab.klingEnv,
      stopSignal: stop.signal,
      onPrint: (printed) => {
        if (/Sending\n[^]*Waiting for a slot/.test(printed)) meanwhile ??= atKling('retake', '2', '--withdraw').finally(() => stop.abort());
      },
    });
    expect(await meanwhile).toMatchObject({ exit: 2, err: expect.stringContaining('A program is at work on take 2 of S01_SH02 at this moment.') as string });
    // Stopped before it was sent, it can be given up.
    expect(await atKling('retake', '2', '--withdraw')).toMatchObject({ exit: 0 });
    expect(lab.kling.charges()).toHaveLength(3);
  });

  it('cannot be the first take either: its words are in the script', async () => {
    await lab.write('story.txt', scriptOf(4));
    await atKling('film', 'story.txt', '--yes', '--cap', '4.5');
    expect(await atKling('retake', '4', '--withdraw')).toMatchObject({ exit: 2, err: expect.stringContaining('S01_SH04 has no retake that waits unsent (take 1: Waiting).') as string });
  });
});

describe('further takes that the film is planned with', () => {
  let capped: CliRun;
  beforeEach(async () => {
    // No room for the second takes: they wait, and were never sent.
    capped = await atKling('film', 'story.txt', '--yes', '--takes', '2', '--cap', '4.5');
  });

  it('are given up when fewer are asked for: they are not sent as retakes, and nothing waits for money', async () => {
    expect(capped).toMatchObject({ exit: 1, out: expect.stringContaining('Waiting: budget: S01_SH01 T02, S01_SH02 T02, S01_SH03 T02.') as string });
    expect((await atKling('plan', 'story.txt', '--takes', '1', '--cap', 'none')).out).toContain('Filming it now would cost nothing: 3 clips ready.\n3 further takes that were planned and not sent would be given up: fewer takes are wanted now.');
    expect((await atKling('status')).out).not.toContain('Withdrawn');
    const film = await atKling('film', 'story.txt', '--takes', '1', '--cap', 'none');
    expect(film).toMatchObject({ exit: 0, out: expect.stringContaining('Given up: 3 further takes that were planned before and not sent. They cost nothing.') as string });
    expect(film.out).toContain('Nothing to pay for: 3 clips ready.');
    expect(await atKling('resume', '--yes')).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing is unfinished') as string });
    expect(lab.kling.charges()).toHaveLength(3);
  });

  it('come back with more, and each is paid for once', async () => {
    await atKling('film', 'story.txt', '--takes', '1');
    expect(await atKling('film', 'story.txt', '--yes', '--takes', '2', '--cap', 'none')).toMatchObject({ exit: 0, out: expect.stringContaining('Made 3 clips.') as string });
    expect(lab.kling.charges()).toHaveLength(6);
  });

  it('are not withdrawn one by one: the words say how', async () => {
    expect((await atKling('retake', '2', '--withdraw')).err).toContain('Takes that the film is planned with go with fewer of them (directorstudio film SCRIPT --takes 1)');
    expect((await atKling('film', 'story.txt', '--takes', '1')).exit).toBe(0);
  });

  it('stay a retake where a person asked for one', async () => {
    await atKling('film', 'story.txt', '--takes', '1');
    await atKling('retake', '2', '--yes');
    expect(await atKling('film', 'story.txt', '--takes', '1', '--yes', '--cap', 'none')).toMatchObject({ out: expect.stringContaining('To make: 1 clip') as string });
    expect(lab.kling.charges()).toHaveLength(4);
  });
});
