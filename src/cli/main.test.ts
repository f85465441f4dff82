import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stayQuietWhenClosed } from './broken-pipe.ts';
import { noKeychain } from '../credentials/index.ts';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';
import { programVersion } from './program-version.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const WORDS = ['film', 'plan', 'animatic', 'generate', 'resume', 'stop', 'handoff', 'status', 'retake', 'select', 'history', 'project', 'cache', 'recover', 'doctor', 'keys', 'models', 'serve', 'sandbox'];

describe('help', () => {
  it('lists every word there is, and none that is not', async () => {
    const { exit, out, err } = await lab.run(['--help']);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    const listed = [...out.matchAll(/^ {2}([a-z]+) (?:\[options\]|<| {2})/gm)].map(([, word]) => word);
    expect(listed).toEqual(expect.arrayContaining(WORDS));
    expect((await lab.run([])).out).toBe(out);
  });

  it.each(WORDS.filter((word) => !['project', 'cache', 'keys'].includes(word)))('teaches %s by example', async (word) => {
    const { exit, out } = await lab.run([word, '--help']);
    expect(exit).toBe(0);
    expect(out).toMatch(new RegExp(`Examples:\\n {2}directorstudio ${word}`));
  });

  it('names every variable of the environment that is read', async () => {
    const { out } = await lab.run(['--help']);
    const names = ['KLING_API_KEY', 'KLING_ACCESS_KEY', 'KLING_SECRET_KEY', 'KLING_BASE_URL', 'DIRECTORSTUDIO_HOME', 'DIRECTORSTUDIO_KEYCHAIN=off', 'NO_COLOR', 'LC_ALL', 'LC_MESSAGES', 'LANG'];
    expect(names.filter((name) => !out.includes(name))).toEqual([]);
  });

  it.each([
    ['check', 'Exit codes: 0 Kling takes the key · 2 Kling refuses it, could not be asked, or there is no key'],
    ['list', 'Exit codes: 0 done · 1 done, but one of the places cannot be used'],
  ])('says what the exit code of keys %s tells a script', async (word, codes) => {
    expect((await lab.run(['keys', word, '--help'])).out).toContain(codes);
  });

  it('prints the version', async () => {
    expect(await lab.run(['--version'])).toMatchObject({ exit: 0, out: `${programVersion()}\n` });
  });
});

describe('words that do not parse', () => {
  it.each([
    [['flim', 'x'], "Unknown command 'flim'. Did you mean film?"],
    [['film'], "Missing required argument 'script'"],
    [['film', 'a.txt', 'b.txt'], 'Too many arguments'],
    [['status', '--projcet', 'x'], "Unknown option '--projcet'. Did you mean --project?"],
    [['film', 'x', '--concurrency', '0'], 'Allowed: a whole number from 1 to 1000'],
    [['film', 'x', '--cap'], 'argument missing'],
  ])('are answered with one sentence and exit 2: %j', async (words, message) => {
    const run = await lab.run(words);
    expect(run).toMatchObject({ exit: 2, out: '', err: expect.stringContaining(message) });
    expect(run.err.match(/Error:/g)).toHaveLength(1);
  });

  it('are answered in JSON Lines when those were asked for', async () => {
    const lines = (await lab.run(['flim', '--json'])).json();
    expect(lines).toMatchObject([{ v: 1, type: 'error', code: 'USAGE' }, { v: 1, type: 'summary', exit: 2, film: null }]);
  });

  it('show the words of a group whose word is missing', async () => {
    expect(await lab.run(['cache'])).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('verify') });
  });
});

describe('options of the program', () => {
  it('may stand before the word or after it', async () => {
    const before = await lab.run(['--json', 'cache', 'size']);
    expect(before.json()).toEqual((await lab.run(['cache', 'size', '--json'])).json());
    expect(before.json()[0]).toMatchObject({ type: 'cache', clips: 0 });
  });
});

describe('an error that is a bug', () => {
  it('keeps its stack, asks to be reported, and says 2', async () => {
    const run = await lab.run(['status'], {
      studio: {
        keychain: {
          ...noKeychain('a test'),
          read: async () => {
            throw new TypeError('of our own making');
          },
        },
      },
    });
    expect(run.exit).toBe(2);
    expect(run.err).toMatch(/TypeError: of our own making\n\s+at /);
    expect(run.err).toContain('Please report it');
  });
});

describe('a terminal', () => {
  const TERMINAL = { columns: 80, rows: 10 };

  it('gets live lines in colour, never more than it has room for, and none left behind', async () => {
    await lab.write('story.txt', scriptOf(30));
    const run = await lab.run(['film', 'story.txt'], { terminal: TERMINAL });
    expect(run.exit).toBe(0);
    expect(run.err).toContain('of 30 takes ready');
    const frames = run.err.split('\u001B[?2026h').map((frame) => frame.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, ''));
    const lines = frames.map((frame) => frame.split('\n').filter((line) => line !== ''));
    expect(Math.max(...lines.map((frame) => frame.filter((line) => !line.endsWith('Ready')).length))).toBeLessThan(TERMINAL.rows);
    expect(Math.max(...lines.flat().map((line) => line.length))).toBeLessThan(TERMINAL.columns + 1);
    expect(run.out).toContain('\u001B[32mFilm:');
  });

  it('gets no colour with NO_COLOR', async () => {
    await lab.write('story.txt', scriptOf(1));
    const run = await lab.run(['film', 'story.txt'], { terminal: TERMINAL, env: { NO_COLOR: '1' } });
    expect(run.out + run.err).not.toMatch(/\u001B\[\d+m/);
  });
});

describe('a reader that has gone away', () => {
  it('ends the printing quietly, and only that', () => {
    const closed = (code: string) =>
      new Writable({
        write(_chunk, _encoding, done) {
          done(Object.assign(new Error(code), { code }));
        },
      });
    const listenTo = (stream: Writable) => {
      stayQuietWhenClosed(stream);
      return stream.listeners('error')[0] as (error: Error) => void;
    };
    expect(() => listenTo(closed('EPIPE'))(Object.assign(new Error('x'), { code: 'EPIPE' }))).not.toThrow();
    expect(() => listenTo(closed('EIO'))(Object.assign(new Error('x'), { code: 'EIO' }))).toThrow('x');
  });
});
