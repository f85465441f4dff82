import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pngBase64 } from '../sandbox/sandbox-under-test.ts';
import { openCliLab, scriptOf, type CliLab, type CliRun } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
  await lab.write('story.txt', scriptOf(3));
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const film = async () => await lab.run(['film', 'story.txt']);

describe('plan', () => {
  it('shows every shot with its price, spends and saves nothing', async () => {
    const run = await lab.run(['plan', 'story.txt', '--takes', '2']);
    expect(run.exit).toBe(0);
    expect(run.out).toMatch(/S01_SH02 {2}new {2}5 s {2}2 to make: \$0\.42 play money \(3 units\) {2}Shot 2: a paper boat/);
    expect(run.out).toContain('Cost with every take made anew: $1.26 play money (9 units). Nothing was spent.');
    expect((await lab.run(['project', 'list'])).out).toContain('There is no film');
  });

  it('ends with what filming it now would cost, beside what is there', async () => {
    await film();
    await lab.write('story.txt', scriptOf(3).replace('puddle number 2', 'lake number 2'));
    await lab.write('story.txt', `${scriptOf(3).replace('puddle number 2', 'lake number 2')}\n\n${scriptOf(1)}`);
    const { out } = await lab.run(['plan', 'story.txt']);
    expect(out).toContain('Filming it now would cost $0.21 play money (1.5 units): 1 clip; 2 clips ready.');
    expect(out).toMatch(/S01_SH01 {2}unchanged {2}5 s {2}ready +Shot 1.*\n.*S01_SH02 {2}edited +5 s {2}to make: \$0\.21 play money \(1\.5 units\) {2}Shot 2.*\n.*S01_SH03 {2}unchanged {2}5 s {2}ready +Shot 3.*\n.*S01_SH04 {2}new +5 s {2}same clip as S01_SH01 +Shot 1/);
    await lab.write('story.txt', scriptOf(3).replace('puddle number 2', 'lake number 2'));
    const lines = (await lab.run(['plan', 'story.txt', '--json'])).json();
    expect(lines.find(({ type }) => type === 'forecast')).toMatchObject({ engine: 'sandbox', clips: 1, estimateUnits: 1.5, ready: 2, underWay: 0 });
    expect(lines.filter(({ type }) => type === 'shot').map(({ outlook }) => outlook)).toMatchObject([{ toMake: 0, ready: 1 }, { toMake: 1, estimateUnits: 1.5, ready: 0 }, { toMake: 0, ready: 1 }]);
    // A choice is listed and priced as film --shots would make it.
    const chosen = await lab.run(['plan', 'story.txt', '--shots', '2-3']);
    expect(chosen.out).not.toContain('  S01_SH01');
    expect(chosen.out).toContain('Cost with every take of these made anew: $0.42 play money (3 units). Nothing was spent.\nFilming it now would cost $0.21 play money (1.5 units): 1 clip; 1 clip ready.');
    expect((await lab.run(['plan', 'story.txt', '--shots', '2', '-o', 'part.csv'])).exit).toBe(2);
    await film();
    expect((await lab.run(['plan', 'story.txt'])).out).toContain('Filming it now would cost nothing: 3 clips ready.');
  });

  it('says what a cap would leave waiting, and changes no cap by it', async () => {
    const run = await lab.run(['plan', 'story.txt', '--cap', '$0.21']);
    expect(run.out).toContain('Cap: $0.21 play money (1.5 units); $0.00 play money (0 units) of it is spent or set aside.\nThe cap reaches for 1 of 3 clips: the rest waits. To make all of it: --cap 4.5, or --cap none.\n');
    const lines = (await lab.run(['plan', 'story.txt', '--cap', '1', '--json'])).json();
    expect(lines.find(({ type }) => type === 'cap')).toMatchObject({ capUnits: 1, spentUnits: 0, leftUnits: 1, reaches: 'none', clips: 0, mostUnits: 0 });
    expect((await film()).out).not.toContain('Cap:');
    // The project's own cap is said without being named again.
    await lab.run(['retake', '1', '--cap', '6']);
    await lab.write('story.txt', scriptOf(4));
    expect((await lab.run(['plan', 'story.txt'])).out).toContain('Cap: $0.84 play money (6 units); $0.84 play money (6 units) of it is spent or set aside.\nThe cap leaves no room for it: it waits. To make all of it: --cap 7.5, or --cap none.\n');
  });

  it('warns of a retired model with the nearest living one, and gives shots as JSON Lines', async () => {
    const run = await lab.run(['plan', 'story.txt', '--model', '1.6-standard', '--json']);
    expect(run.err).toContain('Nearest living model');
    expect(run.json().filter(({ type }) => type === 'shot')).toHaveLength(3);
    expect(run.json().at(-1)).toMatchObject({ type: 'summary', shots: 3, film: null, exit: 0 });
  });
});

describe('generate', () => {
  it('brings in the shots of the last film without a cut', async () => {
    await film();
    await lab.write('story.txt', scriptOf(4));
    await lab.run(['film', 'story.txt', '--shots', '1']);
    const run = await lab.run(['generate', '--shots', '4']);
    expect(run).toMatchObject({ exit: 0, out: expect.stringContaining('Made 1 clip.') });
    expect(run.out).not.toContain('Film: /');
  });

  it('takes a film by its script, its file name or its own name, and knows the nearest to a slip', async () => {
    await film();
    await lab.run(['film', 'story.txt', '--project', 'night version', '-o', 'night.mp4']);
    for (const word of ['story.txt', join(lab.folder, 'story.txt'), 'night version']) {
      expect((await lab.run(['generate', '--project', word])).exit, word).toBe(0);
      expect((await lab.run(['generate', word])).exit, word).toBe(0);
    }
    // The one that is called as its script, although the other was touched last.
    expect((await lab.run(['status', '--project', 'story.txt'])).out).toContain('Film: story.txt');
    // Every word that is about a film takes it last, the same way.
    for (const words of [['status'], ['history', '2'], ['select', '2', '1'], ['resume'], ['handoff', '-o', 'folder'], ['retake', '2']]) {
      const run = await lab.run([...words, 'story.txt']);
      expect(run, words.join(' ')).toMatchObject({ exit: 0 });
      expect(run.out, words.join(' ')).not.toContain('night version');
    }
    expect(await lab.run(['status', 'story.txt', '--project', 'night version'])).toMatchObject({ exit: 2, err: expect.stringContaining('Two films are named: story.txt, and night version with --project.') });
    expect(await lab.run(['generate', '--project', 'nihgt version'])).toMatchObject({ exit: 2, err: expect.stringContaining('Did you mean night version?') });
  });
});

describe('retake and select', () => {
  it('make another take, show it, and go back', async () => {
    await film();
    const retake = await lab.run(['retake', '2']);
    expect(retake).toMatchObject({ exit: 0, out: expect.stringContaining('S01_SH02 now shows take 2') });
    expect((await lab.run(['status'])).out).toMatch(/S01_SH02 {2}\* T02 {2}Ready/);
    const cut = await film();
    expect(cut.out).toContain('Nothing generated');
    expect(cut.out).not.toContain('nothing cut');
    expect((await lab.run(['select', 'S01_SH02', '1'])).exit).toBe(0);
    expect((await lab.run(['status'])).out).toMatch(/S01_SH02 {2}\* T01 {2}Ready/);
  });

  it('know a picture that got another file name: its takes stay the shot’s own, and a retake is one more', async () => {
    const list = async (startFrame: string) => {
      await lab.write(startFrame, Buffer.from(pngBase64(400, 300), 'base64'));
      await lab.write('list.json', JSON.stringify([{ prompt: 'The boat moves', startFrame }]));
    };
    await list('boat.png');
    await lab.run(['film', 'list.json', '--takes', '2']);
    await lab.run(['select', '1', '2']);
    await list('ship.png');
    expect((await lab.run(['film', 'list.json'])).out).toContain('Nothing generated');
    const { out } = await lab.run(['status']);
    expect(out).toContain('* T02  Ready');
    expect(out).not.toContain('earlier words');
    expect(await lab.run(['retake', '1'])).toMatchObject({ exit: 0, out: expect.stringContaining('S01_SH01 now shows take 3') });
    expect((await lab.run(['select', '1', '1'])).exit).toBe(0);
  });

  it('ask for the money of a take at Kling', async () => {
    await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv });
    const run = await lab.run(['retake', '2'], { env: lab.klingEnv });
    expect(run).toMatchObject({ exit: 2, err: expect.stringContaining('This would spend up to $0.21 (1.5 units)') });
    expect(lab.kling.tasks()).toHaveLength(3);
  });

  it.each([
    [['select', '2', '7'], 'S01_SH02 has no take "7": it has 1.'],
    [['select', '2', 'first'], 'has no take "first"'],
    [['retake', '9'], 'There is no shot "9"'],
    [['history', 'S09_SH01'], 'There is no shot "S09_SH01"'],
  ])('refuse what is not there: %j', async (words, message) => {
    await film();
    expect(await lab.run(words)).toMatchObject({ exit: 2, err: expect.stringContaining(message) });
  });
});

describe('a shot that continues the one before', () => {
  it('can be asked for alone once the one before has a clip; till then what it needs is said, with the price of all, and nothing is sent', async () => {
    await lab.write('chain.json', JSON.stringify([{ prompt: 'A boat sets off.' }, { prompt: 'It sinks.', continues: true }, { prompt: 'It lies on the ground.', continues: true }]));
    const needs = { exit: 2, err: 'Error: S01_SH03 continues S01_SH01, S01_SH02, which have no clip yet. Nothing was sent or spent.\nNext: To make what is needed as well: --shots S01_SH01,S01_SH02,S01_SH03, $0.63 play money (4.5 units) in all.\n' };
    expect(await lab.run(['film', 'chain.json', '--shots', '3'])).toMatchObject(needs);
    expect((await lab.run(['plan', 'chain.json', '--shots', '3'])).out).toContain('S01_SH03 continues S01_SH01, S01_SH02, which have no clip yet. To make what is needed as well: --shots S01_SH01,S01_SH02,S01_SH03, $0.63 play money (4.5 units) in all.');
    expect((await lab.run(['film', 'chain.json', '--shots', '1'])).out).toContain('Made 1 clip.');
    expect((await lab.run(['generate', '--shots', '3'])).err).toContain('S01_SH03 continues S01_SH02, which has no clip yet. Nothing was sent or spent.\nNext: To make what is needed as well: --shots S01_SH02,S01_SH03, $0.42 play money (3 units) in all.');
    expect((await lab.run(['status'])).out).toContain('Spent or set aside: $0.21 play money (1.5 units).');
    expect((await lab.run(['film', 'chain.json', '--shots', '2'])).out).toContain('Made 1 clip.');
  });

  it('shows at once the take that continues the one that is selected, where there is such a take', async () => {
    await lab.write('chain.json', JSON.stringify([{ prompt: 'A boat sets off.' }, { prompt: 'It sinks.', continues: true }]));
    await lab.run(['film', 'chain.json']);
    await lab.run(['retake', '1']);
    await lab.run(['film', 'chain.json']);
    await lab.run(['select', '1', '1']);
    const status = await lab.run(['status']);
    expect(status.out).toContain('2 of 2 shots ready');
    expect(status.out).toMatch(/S01_SH02 {2}\* T01/);
  });

  it('is said to be made again, with the price, before anything is spent, and costs nothing when the old take is shown again', async () => {
    await lab.write('chain.json', JSON.stringify([{ prompt: 'A boat sets off.' }, { prompt: 'It sinks.', continues: true }, { prompt: 'A swan.' }]));
    const first = await lab.run(['film', 'chain.json']);
    expect(first.exit).toBe(0);
    expect((await lab.run(['plan', 'chain.json'])).out).toContain('continuing the shot before (1 shot)');
    const again = 'S01_SH02 continues it: the next film makes it again, $0.21 play money (1.5 units).';
    const retake = await lab.run(['retake', '1']);
    expect(retake.out).toContain(again);
    const price = 'S01_SH02 continues it: once it shows the new take, the next film makes it again, $0.21 play money (1.5 units) more; with the retake $0.42 play money (3 units) in all. Selecting the old take again costs nothing.\nTo make: 1 clip';
    expect(retake.out).toContain(price);
    expect((await lab.run(['plan', 'chain.json'])).out).toContain('Of these, S01_SH02 is made again: the shot before shows another take, and it continues that.');
    expect((await lab.run(['select', '1', '1'])).out).not.toContain('continues it');
    expect((await lab.run(['film', 'chain.json'])).out).toContain('Nothing to pay for');
    expect((await lab.run(['select', '1', '2'])).out).toContain(again);
    const second = await lab.run(['film', 'chain.json']);
    expect(second.out).toContain('To make: 1 clip, $0.21 play money (1.5 units)');
    expect(second.out).toContain('Of these, S01_SH02 is made again');
    expect((await lab.run(['status'])).out).toMatch(/S01_SH02 .*\(from another take of the shot before\)/);
  });
});

describe('status', () => {
  it('tells shots, takes and money, and as JSON Lines', async () => {
    await film();
    const { out } = await lab.run(['status']);
    expect(out).toContain('3 of 3 shots ready.');
    expect(out).toContain('Spent or set aside: $0.63 play money (4.5 units).');
    const json = (await lab.run(['status', '--json'])).json();
    expect(json.filter(({ type }) => type === 'take')).toHaveLength(3);
    expect(json.at(-1)).toMatchObject({ shots: 3, completed: 3, billedUnits: 4.5, exit: 0 });
  });

  it('names the film’s file only while it is there, and says when it no longer fits', async () => {
    const path = join(lab.folder, 'story.mp4');
    await lab.run(['film', 'story.txt'], { interruptWhen: /Made 3 clips/ });
    await lab.write('story.mp4', 'a film of somebody else');
    expect((await lab.run(['status'])).out).not.toContain('Film file');
    await film();
    expect((await lab.run(['status'])).out).toContain(`Film file: ${path}\n`);
    await lab.run(['retake', '2']);
    expect((await lab.run(['status'])).out).toContain(`Film file: ${path} (out of date`);
    await rm(path);
    expect((await lab.run(['status'])).out).not.toContain('Film file');
  });

  it('shows takes of earlier words with those words', async () => {
    await film();
    await lab.write('story.txt', scriptOf(3).replace('Shot 2: a paper boat', 'Shot 2: a tin boat'));
    await film();
    const { out } = await lab.run(['status']);
    expect(out).toMatch(/S01_SH02 {2} {2}T01 {2}Ready \(of earlier words\) +Shot 2: a paper boat/);
    expect(out).toMatch(/S01_SH02 {2}\* T02 {2}Ready +Shot 2: a tin boat/);
  });

  it('tells a failed shot with its reason', async () => {
    lab.kling.failNext('task-failed-moderation');
    await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv });
    const run = await lab.run(['status'], { env: lab.klingEnv });
    expect(run.out).toMatch(/S01_SH0\d +T01 {2}Failed +Shot [^]*What to do:\n {2}S01_SH0\d: .*risk control/);
    expect(run.out).toContain('2 of 3 shots ready, 1 failed');
  });

  it('cuts no reason off: on a terminal it goes on in the next line', async () => {
    lab.kling.failNext('task-failed-moderation', { prompt: 'puddle number 1' });
    await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv });
    lab.kling.failNext('task-failed-internal', { prompt: 'puddle number 2' });
    await lab.run(['retake', '2', '--yes'], { env: lab.klingEnv });
    const reasons = ['Failure to pass the risk control system', 'Internal error, please try again later'];
    for (const words of [['status'], ['history', '1'], ['history', '2']]) {
      const { out } = await lab.run(words, { env: lab.klingEnv, terminal: { columns: 80, rows: 24 } });
      const told = out.replaceAll(/\s+/g, ' ');
      expect(reasons.filter((reason) => told.includes(reason)).length, out).toBe(words[0] === 'status' ? 2 : 1);
      if (words[0] === 'status') expect(out).not.toMatch(/risk[^\n]*…|again[^\n]*…/);
    }
  });

  it('says whether a program is at work on what is not ready, and how to go on when none is', async () => {
    lab.kling.failNext('task-stuck', { times: Number.POSITIVE_INFINITY });
    const stop = new AbortController();
    let whileItRan: CliRun | undefined;
    let asJson: Record<string, unknown>[] = [];
    const looked = async () => {
      [whileItRan, asJson] = [await lab.run(['status']), (await lab.run(['status', '--json'])).json()];
      stop.abort();
    };
    let looks: Promise<void> | undefined;
    const run = await lab.run(['film', 'story.txt', '--yes'], {
      env: lab.klingEnv,
      stopSignal: stop.signal,
      onPrint: (printed) => {
        if ([...printed.matchAll(/At Kling/g)].length === 3) looks ??= looked();
      },
    });
    await looks;
    expect(run.exit).toBe(130);
    expect(whileItRan?.out).toContain('0 of 3 shots ready, 3 not ready. * is the take the film shows.\nA program is at work on it now; directorstudio stop ends that in order.\n');
    expect(asJson.filter(({ type }) => type === 'take').map(({ atWork }) => atWork)).toEqual([true, true, true]);
    expect((await lab.run(['status'])).out).toContain('No program is at work on it now. To go on: directorstudio resume\n');
    expect((await lab.run(['status', '--json'])).json().filter(({ type }) => type === 'take').map(({ atWork }) => atWork)).toEqual([false, false, false]);
  });

  it('says nothing of programs when all is ready', async () => {
    await film();
    expect((await lab.run(['status'])).out).not.toContain('program');
  });

  it('says how to begin where there is no film', async () => {
    for (const words of [['status'], ['generate'], ['retake', '1'], ['select', '1', '1'], ['history', '1']]) {
      expect(await lab.run(words)).toMatchObject({ exit: 2, err: expect.stringContaining('directorstudio film SCRIPT makes one.') });
    }
  });
});

describe('history', () => {
  it('tells every step of every take in order', async () => {
    await film();
    const { out } = await lab.run(['history', '1']);
    const steps = [...out.matchAll(/^ {4}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}(?:\+\d\S* s)? +(.*?)(?: ·.*)?$/gm)].map(([, words]) => words);
    expect(steps.filter((words) => words !== 'The sandbox works on it')).toEqual(['Asked for', 'Sent to the sandbox', 'Taken by the sandbox', 'Made by the sandbox', 'Checked and stored']);
    expect(out).toMatch(/Made by the sandbox · billed \$0\.21 play money \(1\.5 units\)/);
    expect(out).not.toContain('Kling');
    const lines = (await lab.run(['history', '1', '--json'])).json().filter(({ type }) => type === 'history');
    expect(lines[0]).toMatchObject({ shot: 'S01_SH01', take: 1, attempt: 1, event: 'asked', words: 'Asked for' });
    expect(lines.at(-1)).toMatchObject({ event: 'stored', sinceMs: expect.any(Number) as number });
  });

  it('tells also of attempts that failed and were followed by another, with what Kling said', async () => {
    lab.kling.failNext('task-failed-moderation', { prompt: 'puddle number 2' });
    await lab.run(['film', 'story.txt', '--yes', '--retries', '1'], { env: lab.klingEnv });
    const { out } = await lab.run(['history', '2'], { env: lab.klingEnv });
    expect(out).toMatch(/Attempt 1: Failed: .*risk control.*-a1\n[^]*Kling could not make it · .*whether it was charged is not known[^]*Attempt 2: Ready; billed .*-a2\n[^]*Checked and stored/);
    const attempts = (await lab.run(['history', '2', '--json'], { env: lab.klingEnv })).json().filter(({ type }) => type === 'history').map(({ attempt }) => attempt);
    expect(new Set(attempts)).toEqual(new Set([1, 2]));
  });

  it('says the same thing that happened again and again once', async () => {
    lab.kling.failNext('download-404', { times: Number.POSITIVE_INFINITY, prompt: 'puddle number 2' });
    await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv });
    const { out } = await lab.run(['history', '2'], { env: lab.klingEnv });
    expect(out).toMatch(/Could not be fetched · The clip could not be downloaded: HTTP 404\. \(4 times, until /);
    expect((await lab.run(['history', '2', '--json'], { env: lab.klingEnv })).json().filter(({ event }) => event === 'download-failed')).toHaveLength(4);
  });

  it('heads every take with its own words and settings, not with those of the shot today', async () => {
    await film();
    await lab.write('story.txt', scriptOf(3).replace('Shot 2: a paper boat', 'Shot 2: a tin boat'));
    await lab.run(['film', 'story.txt', '--mode', 'pro', '--replan']);
    const { out } = await lab.run(['history', '2']);
    expect(out).toMatch(/Take 1 in the sandbox: .*\n {2}2\.5-turbo std, 5 s, 16:9: Shot 2: a paper boat/);
    expect(out).toMatch(/Take 2 \(selected\) in the sandbox: .*\n {2}2\.5-turbo pro, 5 s, 16:9: Shot 2: a tin boat/);
  });
});

describe('the cache', () => {
  it('fetches everything again, free of charge, when it was deleted', async () => {
    await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv });
    await rm(join(lab.home, 'clips'), { recursive: true });
    const run = await lab.run(['film', 'story.txt'], { env: lab.klingEnv });
    expect(run.exit).toBe(0);
    expect(run.out).toContain('Nothing to pay for');
    expect(lab.kling.charges()).toHaveLength(3);
  });
});
