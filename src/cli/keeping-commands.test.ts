import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';

const KEY = 'api-key-kling-0123456789abcdef0123456789abcdef';
const TERMINAL = { columns: 100, rows: 20 };

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const film = async () => {
  await lab.write('story.txt', scriptOf(2));
  await lab.run(['film', 'story.txt']);
};

describe('cache', () => {
  it('tells its size, and keeps what films use on clear and prune', async () => {
    await film();
    expect((await lab.run(['cache', 'size'])).out).toMatch(/^2 clips, \d/);
    expect((await lab.run(['cache', 'clear'])).out).toContain('Removed 0 clips, 0 B given back; 2 clips kept');
    expect((await lab.run(['cache', 'prune', '--max-size', '0B'])).out).toContain('2 clips kept because films use them');
    await lab.run(['project', 'remove', 'story.txt', '--yes']);
    expect((await lab.run(['cache', 'clear'])).out).toContain('Removed 2 clips');
  });

  it('says before a forced clear what would be lost, and removes nothing where nobody can be asked', async () => {
    await film();
    const refused = await lab.run(['cache', 'clear', '--force']);
    expect(refused).toMatchObject({ exit: 2, out: expect.stringContaining('2 could be fetched again free of charge'), err: expect.stringContaining('Nothing was removed') });
    const no = await lab.run(['cache', 'clear', '--force'], { terminal: TERMINAL, keys: { when: /Remove clips that films use\?/, press: 'n\r' } });
    expect(no.exit).toBe(2);
    expect((await lab.run(['cache', 'clear', '--force', '--yes'])).out).toContain('Removed 2 clips');
  });

  it('finds a damaged clip, sets it aside, and says 1', async () => {
    await film();
    expect((await lab.run(['cache', 'verify'])).exit).toBe(0);
    const clips = (await readdir(join(lab.home, 'clips', 'clips'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const path = join(clips[0]!.parentPath, clips[0]!.name);
    await chmod(path, 0o600);
    const content = await readFile(path);
    content[content.length - 20] = (content[content.length - 20] ?? 0) ^ 1;
    await writeFile(path, content);
    const run = await lab.run(['cache', 'verify']);
    expect(run).toMatchObject({ exit: 1, out: expect.stringContaining('Damaged: ') });
    expect((await lab.run(['film', 'story.txt'])).exit).toBe(0);
  });

  it('misses clips that films use, also when the whole folder was taken away', async () => {
    await film();
    await rm(join(lab.home, 'clips'), { recursive: true });
    const run = await lab.run(['cache', 'verify', '--json']);
    expect(run).toMatchObject({ exit: 1, err: expect.stringContaining('Gone: 2 clips.') });
    expect(run.json().find(({ type }) => type === 'cache')).toMatchObject({ clips: 0, missing: [{ fingerprint: expect.any(String) }, { fingerprint: expect.any(String) }] });
    await lab.run(['film', 'story.txt']);
    expect((await lab.run(['cache', 'verify'])).exit).toBe(0);
  });

  it('wants to know what may stay', async () => {
    expect(await lab.run(['cache', 'prune'])).toMatchObject({ exit: 2, err: expect.stringContaining('--max-size 5GB') });
    expect(await lab.run(['cache', 'prune', '--max-age', 'old'])).toMatchObject({ exit: 2, err: expect.stringContaining('30d') });
  });
});

describe('project', () => {
  it('lists films, and forgets one only when told so', async () => {
    await film();
    expect((await lab.run(['project', 'list'])).out).toMatch(/^story\.txt {2}2 shots {2}sandbox {2}\$0\.42 play money \(3 units\)/);
    expect((await lab.run(['project', 'remove', 'story.txt'])).exit).toBe(2);
    expect((await lab.run(['project', 'remove', 'nothing'])).exit).toBe(2);
    expect((await lab.run(['project', 'remove', 'story.txt', '--yes'])).exit).toBe(0);
    expect((await lab.run(['project', 'list'])).out).toContain('There is no film');
  });
});

describe('keys', () => {
  it('keep a key from standard input in a file only its owner can read, and never show it', async () => {
    const set = await lab.run(['keys', 'set', '--where', 'file'], { stdin: `${KEY}\n` });
    expect(set.exit).toBe(0);
    expect((await stat(join(lab.home, 'keys.json'))).mode & 0o777).toBe(0o600);
    const list = await lab.run(['keys', 'list']);
    expect(list.out).toContain('api-key-kling-…cdef');
    const json = await lab.run(['keys', 'list', '--json']);
    expect([set, list, json].map(({ out, err }) => out + err).join('')).not.toContain(KEY);
    expect((await lab.run(['keys', 'remove'])).out).toContain('Removed from file');
    expect((await lab.run(['keys', 'list'])).out).toContain('No Kling key anywhere');
  });

  it('ask for a key on a terminal without showing it', async () => {
    const run = await lab.run(['keys', 'set'], { terminal: TERMINAL, keys: { when: /Kling API key/, press: `${KEY}\r` } });
    expect(run.exit).toBe(0);
    expect(run.out + run.err).not.toContain(KEY);
  });

  it('take a pair on two lines, and refuse what is neither', async () => {
    expect((await lab.run(['keys', 'set', '--pair'], { stdin: 'access-key-0123456789\nsecret-key-0123456789\n' })).exit).toBe(0);
    expect(await lab.run(['keys', 'set'], { stdin: '' })).toMatchObject({ exit: 2, err: expect.stringContaining('there was nothing') });
    expect(await lab.run(['keys', 'set'], { stdin: 'one\ntwo\n' })).toMatchObject({ exit: 2, err: expect.stringContaining('--pair') });
    expect(await lab.run(['keys', 'set'], { stdin: '"quoted"\n' })).toMatchObject({ exit: 2, err: expect.stringContaining('quotation marks') });
  });

  it('are checked with Kling, free of charge', async () => {
    expect(await lab.run(['keys', 'check'], { env: lab.klingEnv })).toMatchObject({ exit: 0, out: expect.stringContaining('The key works: Kling takes the API key from KLING_API_KEY in the environment (http://127.0.0.1:') });
    expect(await lab.run(['keys', 'check'], { env: { ...lab.klingEnv, KLING_API_KEY: KEY } })).toMatchObject({ exit: 2, err: expect.stringMatching(/^Kling refuses the API key from KLING_API_KEY in the environment \(http:.*\)\. To use another: set KLING_API_KEY anew, or unset it to use a stored key\.\nError: Kling does not know this key: .*\nNext: /) });
    const nobody = { KLING_API_KEY: KEY, KLING_BASE_URL: 'http://127.0.0.1:2' };
    expect(await lab.run(['keys', 'check'], { env: nobody })).toMatchObject({ exit: 2, err: expect.stringContaining('Kling could not be asked') });
    expect((await lab.run(['keys', 'check'])).exit).toBe(2);
    expect(lab.kling.charges()).toEqual([]);
  });
});

describe('doctor', () => {
  it('finds a sound machine, and says what it found', async () => {
    const run = await lab.run(['doctor'], { env: { KLING_API_KEY: KEY } });
    expect(run.exit).toBe(0);
    expect(run.out).toContain('H.264 works');
    expect(run.out).toContain('environment (in use): API key api-key-kling-…cdef');
    expect(run.out + run.err).not.toContain(KEY);
  });

  it('names what does not work, and what to do', async () => {
    const run = await lab.run(['doctor', '--json'], { env: { KLING_SECRET_KEY: KEY } });
    expect(run.exit).toBe(1);
    expect(run.json().filter(({ state }) => state === 'problem').map(({ what }) => what)).toEqual(['Kling key', 'Home']);
    expect(run.json().find(({ state }) => state === 'problem')).toMatchObject({ next: expect.stringContaining('KLING_ACCESS_KEY') });
  });
});

describe('models', () => {
  it('lists the living, and the shut ones with --all', async () => {
    const living = (await lab.run(['models'])).out;
    expect(living).toMatch(/2\.5-turbo +kling-v2-5-turbo +std, pro +5, 10 s\n {4}5 s: std \$0\.21 \(1\.5 units\)/);
    expect(living).not.toContain('kling-v1-6');
    expect((await lab.run(['models', '--all'])).out).toMatch(/kling-v1-6 .*\n(?: {4}.*\n)* {4}.*shut$/m);
  });

  it('has no line that a terminal of 80 columns would wrap', async () => {
    const { out } = await lab.run(['models', '--all'], { terminal: { columns: 80, rows: 24 } });
    expect((await lab.run(['models', '--all'])).out).toBe(out);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(81);
    expect(out).toMatch(/^2\.5-turbo +kling-v2-5-turbo +std, pro +5, 10 s\n {4}5 s: std \$0\.21/m);
  });
});

describe('sandbox', () => {
  it('serves a Kling of its own until Ctrl-C, on the address and key it prints', async () => {
    let films: Promise<{ exit: number; out: string }> | undefined;
    await lab.write('story.txt', scriptOf(1));
    const stop = new AbortController();
    const run = await lab.run(['sandbox', '--port', '0', '--units', '100'], {
      onPrint: (printed) => {
        const [, baseUrl] = /Base URL: (\S+)/.exec(printed) ?? [];
        const [, apiKey] = /API key: (\S+)/.exec(printed) ?? [];
        if (!baseUrl || !apiKey || !printed.includes('Ctrl-C ends it') || films) return;
        films = lab.run(['film', 'story.txt', '--yes'], { env: { KLING_BASE_URL: baseUrl, KLING_API_KEY: apiKey } });
        void films.then(() => stop.abort());
      },
      stopSignal: stop.signal,
    });
    expect(run.exit).toBe(0);
    expect(await films).toMatchObject({ exit: 0, out: expect.stringContaining('Made 1 clip.') });
    expect(run.out).toContain('SANDBOX, not Kling');
    expect(run.err).toContain('POST /v1/videos/text2video 200');
  });
});
