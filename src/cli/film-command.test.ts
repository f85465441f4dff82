import { link, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';
import { SANDBOX_BANNER } from './session.ts';

const TERMINAL = { columns: 100, rows: 20 };

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
  await lab.write('story.txt', scriptOf(3));
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const created = () => lab.kling.requests().filter(({ method, path }) => method === 'POST' && path.startsWith('/v1/videos/')).length;
const filmAtKling = async (words: string[] = [], more: Parameters<CliLab['run']>[1] = {}) => await lab.run(['film', 'story.txt', ...words], { env: lab.klingEnv, ...more });

describe('film without a key', () => {
  it('makes the film beside you, with its clips by name, and says first and last that it is the sandbox', async () => {
    const run = await lab.run(['film', 'story.txt']);
    expect({ exit: run.exit, err: run.err.includes('Error') }).toEqual({ exit: 0, err: false });
    const lines = run.out.trimEnd().split('\n');
    expect([lines[0], lines.at(-1)]).toEqual([SANDBOX_BANNER, SANDBOX_BANNER]);
    expect(run.out).toContain(`Film: ${join(lab.folder, 'story.mp4')}`);
    expect(run.out).toContain('Billed: $0.63 play money (4.5 units), as estimated.');
    expect(run.out).toContain('363 frames');
    expect((await readdir(join(lab.folder, 'story.clips'))).sort()).toEqual(['S01_SH01_T01.mp4', 'S01_SH02_T01.mp4', 'S01_SH03_T01.mp4']);
    expect(run.out + run.err).not.toContain('At Kling');
  });

  it('says one line a change when piped, and no download fractions', async () => {
    const { err } = await lab.run(['film', 'story.txt']);
    const own = err.split('\n').filter((line) => line.startsWith('S01_SH02'));
    expect(new Set(own).size).toBe(own.length);
    expect(own.at(-1)).toBe('S01_SH02  Ready');
    expect(err).not.toContain('%');
  });

  it('generates and cuts nothing for a film that is there, and starts no sandbox for it', async () => {
    await lab.run(['film', 'story.txt']);
    const before = await stat(join(lab.folder, 'story.mp4'));
    const noSandbox = { studio: { sandbox: { speed: Number.NaN } } };
    const again = await lab.run(['film', 'story.txt'], noSandbox);
    expect(again.exit).toBe(0);
    expect(again.out).toContain('Nothing generated');
    expect(again.out).toContain('nothing cut');
    expect((await stat(join(lab.folder, 'story.mp4'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('makes exactly the shot that was edited', async () => {
    await lab.run(['film', 'story.txt']);
    await lab.write('story.txt', scriptOf(3).replace('puddle number 2', 'lake number 2'));
    const run = await lab.run(['film', 'story.txt']);
    expect(run.out).toContain('Against the last time: 1 edited, 2 unchanged.');
    expect(run.out).toContain('Made 1 clip.');
  });

  it('reads the script from standard input, and goes on with it when the words are the same', async () => {
    const first = await lab.run(['film', '-'], { stdin: scriptOf(1) });
    expect(first.exit).toBe(0);
    expect(first.out).toContain(join(lab.folder, 'film.mp4'));
    expect((await lab.run(['film', '-'], { stdin: scriptOf(1) })).out).toContain('Nothing generated');
  });

  it('makes only the shots of --shots, and says that a film needs the others', async () => {
    const run = await lab.run(['film', 'story.txt', '--shots', '2-3']);
    // Said with the price, not after it was paid.
    expect(run.out).toMatch(/Chosen are 2 of \d shots: where another has no clip, no film is cut; --partial cuts one with drawings for those\.[^]*0\.42 play money/);
    expect(run.exit).toBe(1);
    expect(run.out).toContain('Made 2 clips.');
    expect(run.err).toContain('1 of 3 shots have no clip: S01_SH01');
    expect((await lab.run(['film', 'story.txt'])).out).toContain('Made 1 clip.');
  });
});

describe('film with a key', () => {
  it('asks on a terminal and spends after yes', async () => {
    const run = await filmAtKling([], { terminal: TERMINAL, keys: { when: /Spend up to \$0\.63 \(4\.5 units\) with your Kling key\?/, press: 'Yes\r' } });
    expect(run.exit).toBe(0);
    expect(run.out).not.toContain('SANDBOX');
    expect(run.out).toContain('Billed: $0.63 (4.5 units), as estimated.');
    expect(created()).toBe(3);
  });

  it.each([
    { columns: 0, rows: 0 },
    { columns: 1, rows: 1 },
  ])('is asked for on a terminal that does not know its size or has hardly one: %j', async (terminal) => {
    const run = await filmAtKling([], { terminal, keys: { when: /Spend/, press: 'yes\r' } });
    expect(run).toMatchObject({ exit: 0, out: expect.stringContaining('Film:') });
    expect(created()).toBe(3);
  });

  it.each([
    ['n\r', 2],
    ['NO\r', 2],
    ['\u0004', 2],
    [null, 2],
    ['\u0003', 130],
  ])('spends and saves nothing after the keys %j at the question (exit %i)', async (press, exit) => {
    const run = await filmAtKling([], { terminal: TERMINAL, keys: { when: /with your Kling key\?/, press } });
    expect(run.exit).toBe(exit);
    expect(created()).toBe(0);
    expect((await lab.run(['project', 'list'])).out).toContain('There is no film');
  });

  it.each([['\r'], ['\r\r'], ['y\r'], ['\r\ry']])('spends nothing for %j typed before the question: only what is typed at it counts', async (typedAhead) => {
    const run = await filmAtKling([], { terminal: TERMINAL, typedAhead, keys: { when: /with your Kling key\?/, press: 'n\r' } });
    expect({ exit: run.exit, asked: run.err.includes('Type yes or no') }).toEqual({ exit: 2, asked: false });
    expect(created()).toBe(0);
  });

  it.each([['\r'], ['\r\r'], ['maybe\r'], ['yy\r'], ['constructor\r']])('asks again after %j at the question, and spends nothing for it', async (press) => {
    const run = await filmAtKling([], { terminal: TERMINAL, keys: [{ when: /with your Kling key\?/, press }, { when: /Type yes or no\. Spend up to/, press: 'n\r' }] });
    expect(run.exit).toBe(2);
    expect(created()).toBe(0);
  });

  it('asks for no more than the cap leaves', async () => {
    const run = await filmAtKling(['--cap', '3'], { terminal: TERMINAL, keys: { when: /Spend up to \$0\.42 \(3 units\) with your Kling key\?/, press: 'y\r' } });
    expect(run.exit).toBe(1);
    expect(created()).toBe(2);
  });

  it('asks for nothing under a cap that buys nothing, says so and how to raise it, and then makes all of it under that', async () => {
    const run = await filmAtKling(['--cap', '0.5'], { terminal: TERMINAL });
    expect(run).toMatchObject({ exit: 1, err: expect.not.stringContaining('Spend up to') as string });
    expect(run.out).toContain('Cap: $0.07 (0.5 units); $0.00 (0 units) of it is spent or set aside.\nThe cap leaves no room for any of it: all of it waits. To make all of it: --cap 4.5, or --cap none.\n');
    expect(created()).toBe(0);
    const raised = await filmAtKling(['--cap', '4.5', '--yes']);
    expect(raised).toMatchObject({ exit: 0, out: expect.not.stringContaining('The cap') as string });
    expect(created()).toBe(3);
  });

  it('leaves a sandbox film the sandbox’s after a key that Kling refuses, before any question, and saves nothing of the plan', async () => {
    await lab.run(['film', 'story.txt']);
    await lab.write('story.txt', scriptOf(4));
    const wrong = { ...lab.klingEnv, KLING_API_KEY: 'api-key-kling-wrong-wrong-wrong' };
    const run = await filmAtKling([], { env: wrong, terminal: TERMINAL });
    expect(run.exit).toBe(2);
    expect(run.err).not.toContain('with your Kling key?');
    expect((await lab.run(['generate', '--yes'], { env: wrong })).exit).toBe(2);
    expect((await lab.run(['project', 'list'])).out).toMatch(/^story\.txt {2}3 shots {2}sandbox/);
    expect((await lab.run(['film', 'story.txt'])).exit).toBe(0);
  });

  it('puts a practice film of a Kling film beside it, and leaves Kling’s alone', async () => {
    await filmAtKling(['--yes']);
    const before = await lab.read('story.mp4');
    const run = await lab.run(['film', 'story.txt', '--sandbox']);
    expect(run).toMatchObject({ exit: 0, out: expect.stringContaining(`Film: ${join(lab.folder, 'story.sandbox.mp4')}`) });
    expect(run.out).toContain(`${join(lab.folder, 'story.mp4')} stays as it is`);
    expect(await readdir(lab.folder)).toEqual(expect.arrayContaining(['story.sandbox.clips', 'story.clips']));
    expect(await lab.read('story.mp4')).toEqual(before);
    expect((await lab.run(['status'], { env: lab.klingEnv })).out).toContain(`Film file: ${join(lab.folder, 'story.mp4')}\n`);
    expect((await lab.run(['resume'], { env: lab.klingEnv })).out).toContain('Nothing is unfinished');
  });

  it('saves nothing while the question is open, so that a kill there leaves no plan nobody agreed to', async () => {
    let meanwhile = '';
    const first = async () => {
      meanwhile = (await lab.run(['project', 'list'])).out;
    };
    await filmAtKling([], { terminal: TERMINAL, keys: { when: /with your Kling key\?/, press: 'n\r', first } });
    expect(meanwhile).not.toContain('story.txt');
  });

  it('says of an option that a planned film does not follow that it is not used, and how to use it; then its shots are replanned, not edited', async () => {
    await lab.run(['film', 'story.txt', '--sandbox']);
    const kept = await lab.run(['film', 'story.txt', '--sandbox', '--model', '1.6-standard', '--mode', 'pro']);
    expect(kept.out).toMatch(/^Note: --model 1\.6-standard and --mode pro are not used for \d+ shots that were planned before: .* add --replan; it shows the cost first\.$/m);
    expect((await lab.run(['plan', 'story.txt', '--sandbox', '--mode', 'pro', '--replan'])).out).toMatch(/^Against the last time: \d+ replanned\.$/m);
  });

  it('of one shot, while the others are under way at Kling, advises to wait for them and not to make them', async () => {
    await lab.write('three.txt', scriptOf(3));
    for (const puddle of [1, 2]) lab.kling.failNext('task-stuck', { prompt: `puddle number ${puddle} `, ms: 10 * 3_600_000 });
    await lab.run(['film', 'three.txt', '--yes'], { env: lab.klingEnv, interruptWhen: /(?:At Kling[^]*){3}/ });
    lab.letKlingFinish();
    const run = await lab.run(['film', 'three.txt', '--yes', '--shots', '3'], { env: lab.klingEnv });
    expect(run.err).toContain('They are under way: directorstudio resume brings them in and pays for nothing twice. Or cut with drawings for them: --partial.');
    expect(run.err).not.toContain('generate');
    expect(lab.kling.tasks()).toHaveLength(3);
  });

  it('leaves the settings of a stored film as they were after a no to --replan', async () => {
    await filmAtKling(['--yes']);
    const run = await filmAtKling(['--replan', '--mode', 'pro'], { terminal: TERMINAL, keys: { when: /with your Kling key\?/, press: 'n\r' } });
    expect(run.exit).toBe(2);
    expect((await filmAtKling()).out).toContain('Nothing generated');
  });

  it('stops with the cost where nobody can be asked, and spends with --yes', async () => {
    const refused = await filmAtKling();
    expect(refused.exit).toBe(2);
    expect(refused.err).toContain('This would spend up to $0.63 (4.5 units)');
    expect(refused.err).toContain('--yes');
    expect(created()).toBe(0);
    expect((await filmAtKling(['--yes'])).exit).toBe(0);
    expect(created()).toBe(3);
  });

  it('asks nobody and calls nobody for a film that is there', async () => {
    await filmAtKling(['--yes']);
    const requests = lab.kling.requestCount;
    expect((await filmAtKling()).exit).toBe(0);
    expect(lab.kling.requestCount).toBe(requests);
  });

  it('keeps to a cap in dollars: what is beyond it waits, and nothing is cut', async () => {
    const run = await filmAtKling(['--yes', '--cap', '$0.42']);
    expect(run.exit).toBe(1);
    expect(run.out).toContain('The cap reaches for 2 of 3 clips: the rest waits. To make all of it: --cap 4.5, or --cap none.');
    expect(run.out).toContain('Waiting: budget: S01_SH0');
    expect(created()).toBe(2);
    expect(await readdir(lab.folder)).not.toContain('story.mp4');
    expect((await filmAtKling(['--yes', '--cap', 'none'])).exit).toBe(0);
  });

  it('starts Kling takes beside the sandbox ones when a key is added', async () => {
    await lab.run(['film', 'story.txt']);
    const run = await filmAtKling(['--yes']);
    expect(run.out).toContain('Made 3 clips.');
    expect(created()).toBe(3);
    const without = await lab.run(['film', 'story.txt']);
    expect({ exit: without.exit, err: without.err }).toEqual({ exit: 2, err: expect.stringContaining('Kling clips, and there is no key now') });
    expect((await lab.run(['film', 'story.txt', '--sandbox'])).exit).toBe(0);
  });
});

describe('film when shots fail', () => {
  it('names them with what Kling said and what to do, and leaves the old film alone', async () => {
    await lab.write('story.mp4', 'the old film');
    lab.kling.failNext('task-failed-moderation');
    const run = await filmAtKling(['--yes']);
    expect(run.exit).toBe(1);
    expect(run.out).toMatch(/Failed: 1 take of 3\.\n {2}S01_SH0\d: .+\n {4}Next: .+/);
    expect(run.out).toContain('No film was cut.');
    expect(String(await lab.read('story.mp4'))).toBe('the old film');
  });

  it('cuts the film all the same where only further takes wait, and still says 1', async () => {
    const run = await filmAtKling(['--yes', '--takes', '2', '--cap', '6']);
    expect(run.exit).toBe(1);
    expect(run.out).toContain('Waiting: budget: S01_SH02 T02, S01_SH03 T02.');
    expect(run.out).toContain('Every shot has a take that is ready: the film is cut with those.');
    expect((await lab.read('story.mp4')).byteLength).toBeGreaterThan(0);
    expect(created()).toBe(4);
  });

  it('cuts no film with a take of words that were changed since', async () => {
    await filmAtKling(['--yes']);
    const old = await lab.read('story.mp4');
    await lab.write('story.txt', scriptOf(3).replace(/[^\n]+$/, 'A heron stands where nothing stood before.'));
    lab.kling.failNext('task-failed-moderation');
    const run = await filmAtKling(['--yes']);
    expect(run).toMatchObject({ exit: 1, out: expect.stringContaining('No film was cut.') as string });
    expect(await lab.read('story.mp4')).toEqual(old);
  });

  it('cuts one with drawings after --partial, and still says 1', async () => {
    lab.kling.failNext('task-failed-moderation');
    const run = await filmAtKling(['--yes', '--partial']);
    expect(run.exit).toBe(1);
    expect(run.out).toMatch(/Not filmed yet, so drawn: S01_SH0\d\./);
    // The drawing is as long as the clip it stands in for, give or take the frame by which Kling's clips are longer.
    expect(run.out).toMatch(/15\.\d+ s, 36[23] frames/);
  });
});

describe('film --json', () => {
  it('prints JSON Lines only, a line a change, the summary last', async () => {
    const run = await filmAtKling(['--yes', '--json']);
    const lines = run.json();
    expect(lines.every((line) => line['v'] === 1)).toBe(true);
    const clips = lines.filter(({ type }) => type === 'clip');
    expect(clips[0]).toMatchObject({ project: expect.stringContaining('story.txt'), shot: expect.stringMatching(/^S01_SH0\d$/), take: 1, detail: { stage: expect.any(String) } });
    expect(new Date(String(clips[0]?.['at'])).toISOString()).toBe(clips[0]?.['at']);
    expect(clips.filter(({ status }) => status === 'completed')).toHaveLength(3);
    expect(lines.at(-1)).toEqual({ v: 1, type: 'summary', shots: 3, completed: 3, failed: 0, waiting: 0, cached: 0, generated: 3, estimateUnits: 4.5, billedUnits: 4.5, film: join(lab.folder, 'story.mp4'), exit: 0 });
    expect(run.err).toContain('Film: ');
  });

  it('ends an error before the run with an error line and a summary', async () => {
    const run = await filmAtKling(['--json']);
    expect(run.exit).toBe(2);
    const [error, summary] = run.json().slice(-2);
    expect(error).toMatchObject({ type: 'error', code: 'CONSENT_NEEDED', next: expect.stringContaining('--yes') });
    expect(summary).toMatchObject({ type: 'summary', shots: 3, completed: 0, film: null, exit: 2 });
  });
});

describe('film of bad input', () => {
  const BAD: [string, string[], string | Buffer | undefined, string][] = [
    ['a missing file, near another', ['stroy.txt'], undefined, 'Did you mean story.txt?'],
    ['a folder', ['.'], undefined, 'is a folder'],
    ['an empty script', ['bad.txt'], '', 'bad.txt is empty'],
    ['a picture', ['bad.txt'], Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'cannot be read as text'],
    ['101 MB', ['bad.txt'], Buffer.alloc(101 * 1024 * 1024, 'a'), 'has 101.0 MB'],
    ['wrong JSON', ['bad.json'], '[{"prompt": ', 'bad.json'],
    ['a screenplay as .txt', ['bad.txt'], 'INT. KITCHEN - DAY\n\nANNA\nHello.\n\nEXT. ROOF - NIGHT\n\nBOB\nHi.\n', 'looks like a screenplay'],
    ['an unknown model', ['story.txt', '--model', '2.5-trubo'], undefined, 'There is no Kling model called "2.5-trubo"'],
    ['a length the model has not', ['story.txt', '--duration', '7'], undefined, 'Nothing was saved or spent'],
    ['a shot that is not there', ['story.txt', '--shots', '9'], undefined, 'There is no shot "9"'],
    ['an output that is no MP4', ['story.txt', '-o', 'film.mov'], undefined, 'films are MP4 files'],
    ['an output that is a folder', ['story.txt', '-o', 'folder.mp4'], undefined, 'that is a folder'],
    ['an output below a file', ['story.txt', '-o', 'story.txt/film.mp4'], undefined, 'part of that path is a file'],
    ['an output that cannot be written', ['story.txt', '-o', '/proc/film.mp4'], undefined, 'The film cannot go to /proc/film.mp4'],
    ['a clips folder that is a file', ['story.txt', '-o', 'taken.mp4'], undefined, 'there is a file of that name'],
    ['a mode that is none', ['story.txt', '--mode', 'hd'], undefined, 'Allowed choices are std, pro, 4k'],
    ['a cap that is none', ['story.txt', '--cap', '5$'], undefined, 'Write units (12)'],
    ['no takes', ['story.txt', '--takes', '0'], undefined, 'from 1 to 99'],
  ];

  it.each(BAD)('refuses %s with one message, exit 2, and leaves nothing behind', async (_, words, content, message) => {
    await mkdir(join(lab.folder, 'folder.mp4'));
    await writeFile(join(lab.folder, 'taken.clips'), '');
    if (content !== undefined) await lab.write(words[0] ?? '', content);
    const before = await readdir(lab.folder);
    const run = await lab.run(['film', ...words]);
    expect(run.exit).toBe(2);
    expect(run.err.match(/Error:/g)).toHaveLength(1);
    expect(run.err).toContain(message);
    expect((await readdir(lab.folder)).filter((name) => name !== 'home')).toEqual(before.filter((name) => name !== 'home'));
    expect((await lab.run(['project', 'list'])).out).toContain('There is no film');
  });

  it('refuses a half key pair, an unknown name and a base URL without a key, and makes no home', async () => {
    for (const env of [{ KLING_ACCESS_KEY: 'x'.repeat(20) }, { KLING_APIKEY: 'x' }, { KLING_BASE_URL: 'https://example.com' }]) {
      const run = await lab.run(['film', 'story.txt'], { env });
      expect({ exit: run.exit, errors: run.err.match(/Error:/g)?.length }, JSON.stringify(env)).toEqual({ exit: 2, errors: 1 });
    }
    expect(await readdir(lab.folder)).not.toContain('home');
  });

  it.each([
    ['a device', () => '/dev/null', 'The home /dev/null cannot be used: there is a file of that name.'],
    ['a file', () => join(lab.folder, 'story.txt'), 'story.txt cannot be used: there is a file of that name.'],
    ['below a file', () => join(lab.folder, 'story.txt', 'home'), 'cannot be used: part of that path is a file.'],
    ['where no folder can be made', () => '/proc/home', 'The home /proc/home cannot be used: '],
  ])('blames the home, and not a key, when it is %s', async (_, home, message) => {
    await lab.write('story.txt', scriptOf(1));
    const run = await lab.run(['film', 'story.txt'], { studio: { home: home() } });
    expect(run).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(message) });
    expect(run.err).toContain('Next: Name another folder with --home or DIRECTORSTUDIO_HOME.');
    expect((await lab.read('story.txt')).toString()).toBe(scriptOf(1));
  });

  it('refuses an empty --home, which would be the working folder', async () => {
    expect(await lab.run(['film', 'story.txt', '--home', ''])).toMatchObject({ exit: 2, err: expect.stringContaining("'--home <folder>' argument '' is invalid. Name a folder.") });
  });

  it('tells a wrong key by what Kling says, and which key it was, spends nothing, and could not run', async () => {
    const run = await filmAtKling(['--yes'], { env: { ...lab.klingEnv, KLING_API_KEY: 'api-key-kling-wrong-wrong-wrong' } });
    expect(run.exit).toBe(2);
    expect(run.err).toMatch(/^Kling refuses the API key from KLING_API_KEY in the environment \(http:[^]*^Error: Kling does not know this key: /m);
    expect(run.err + run.out).not.toContain('api-key-kling-wrong-wrong-wrong');
    expect(created()).toBe(0);
  });
});

describe('a film where the film of another script lies', () => {
  it('says what it replaces before anything is spent, and nothing when it is its own', async () => {
    await lab.run(['film', 'story.txt']);
    expect((await lab.run(['film', 'story.txt'])).out).not.toContain('in its place');
    await lab.run(['plan', 'story.txt', '-o', 'story.csv']);
    expect((await lab.run(['film', 'story.csv'])).out).toContain('story.mp4 is the film of story.txt; this film is written in its place. To keep both: -o another.mp4');
  });
});

describe('film with a file under it', () => {
  it('is remembered, cut again when the file changes, refused before any money is spent when it is gone, and taken away', async () => {
    const music = join(lab.folder, 'music.wav');
    const write = async (amplitude: number) => {
      const file = Buffer.alloc(44 + 16_000);
      file.write('RIFF', 0);
      file.writeUInt32LE(file.length - 8, 4);
      file.write('WAVEfmt ', 8);
      for (const [at, value] of [[16, 16], [24, 8000], [28, 16_000], [40, 16_000]] as const) file.writeUInt32LE(value, at);
      for (const [at, value] of [[20, 1], [22, 1], [32, 2], [34, 16]] as const) file.writeUInt16LE(value, at);
      file.write('data', 36);
      for (let at = 44; at < file.length; at += 2) file.writeInt16LE(at % 80 < 40 ? amplitude : -amplitude, at);
      await writeFile(music, file);
    };
    await write(5000);
    const first = await lab.run(['film', 'story.txt', '--under', 'music.wav', '--under-db', '-6']);
    expect(first.exit).toBe(0);
    expect(first.out).toContain('with sound');
    expect(first.out).toContain(`Under it: ${music}`);
    expect((await lab.run(['film', 'story.txt'])).out).toContain('nothing cut');
    await write(6000);
    const louder = await lab.run(['film', 'story.txt']);
    expect(louder.out).toContain('with sound; clips copied');
    // Another gain is another film; the same again is not.
    expect((await lab.run(['film', 'story.txt', '--under-db', '-20'])).out).toContain('with sound; clips copied');
    expect((await lab.run(['film', 'story.txt', '--under', 'music.wav', '--under-db', '-20'])).out).toContain('nothing cut');

    await rm(music);
    await lab.write('story.txt', `${scriptOf(3)}\n\nOne more shot.`);
    const gone = await lab.run(['film', 'story.txt']);
    expect({ exit: gone.exit, named: gone.err.includes(music), next: gone.err.includes('--under none') }).toEqual({ exit: 2, named: true, next: true });
    expect(gone.out).not.toContain('Made 1 clip');
    const without = await lab.run(['film', 'story.txt', '--under', 'none']);
    expect(without.exit).toBe(0);
    expect(without.out).toContain('without sound');
    expect((await lab.run(['film', 'story.txt', '--under-db', '-3'])).err).toContain('--under-db says how loud');
    expect((await lab.run(['film', 'story.txt', '--under', 'story.txt'])).exit).toBe(2);
    // A device or a pipe has no end to wait for.
    expect(await lab.run(['film', 'story.txt', '--under', '/dev/zero'])).toMatchObject({ exit: 2, err: expect.stringContaining('/dev/zero under the film') });
  });

  it('is not written over by the film', async () => {
    await lab.run(['film', 'story.txt']);
    const before = await readFile(join(lab.folder, 'story.mp4'));
    for (const file of ['story.mp4', 'same.mp4']) {
      if (file !== 'story.mp4') await link(join(lab.folder, 'story.mp4'), join(lab.folder, file));
      expect(await lab.run(['film', 'story.txt', '--under', file])).toMatchObject({ exit: 2, err: expect.stringContaining('the film itself would be written over it') });
    }
    expect(await readFile(join(lab.folder, 'story.mp4'))).toEqual(before);
  });
});
