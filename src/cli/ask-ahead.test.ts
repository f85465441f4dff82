import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProjectFileManager } from '../store/project-file-manager.ts';
import { openCliLab, scriptOf, type CliLab, type CliRun, type CliRunOptions } from './cli-under-test.ts';

const BOTH_AT_KLING = /SH01 {2}At Kling[^]*SH02 {2}At Kling|SH02 {2}At Kling[^]*SH01 {2}At Kling/;
const LIST = '/v1/videos/text2video';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab({ speed: 1 });
  await lab.write('story.txt', scriptOf(2));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await lab[Symbol.asyncDispose]();
});

const keyPair = () => ({ KLING_ACCESS_KEY: lab.kling.accessKey, KLING_SECRET_KEY: lab.kling.secretKey, KLING_BASE_URL: lab.kling.baseUrl });
const wrongKey = () => ({ ...lab.klingEnv, KLING_API_KEY: 'api-key-kling-wrong-wrong-wrong' });

/** One start, and what it asked Kling in order, clips left out. */
async function start(words: string[], options: CliRunOptions & { onAsk?: () => void } = {}): Promise<CliRun & { asked: string[] }> {
  const { onAsk, ...more } = options;
  const asked: string[] = [];
  const listening: typeof fetch = async (input, init) => {
    const { origin, pathname } = new URL(input instanceof Request ? input.url : input);
    if (origin === lab.kling.baseUrl && !pathname.startsWith('/clips/')) {
      asked.push(pathname);
      onAsk?.();
    }
    return await fetch(input, init);
  };
  return { ...(await lab.run(words, { env: lab.klingEnv, studio: { fetch: listening }, ...more })), asked };
}

const leaveAtKling = async (options: CliRunOptions = {}) => await start(['film', 'story.txt', '--yes'], { interruptWhen: BOTH_AT_KLING, ...options });

describe('a start after takes were left at Kling', () => {
  it.each([['resume', '--yes'], ['film', 'story.txt', '--yes'], ['generate', '--yes']])('asks about them before it reads the film (%s)', async (...words) => {
    await leaveAtKling();
    lab.letKlingFinish();
    const readFilm = vi.spyOn(ProjectFileManager.prototype, 'loadPromptList');
    const readBefore: boolean[] = [];
    const run = await start(words, { onAsk: () => readBefore.push(readFilm.mock.calls.length > 0) });
    expect(run).toMatchObject({ exit: 0, asked: ['/tasks'] });
    expect(readBefore).toEqual([false]);
    expect(readFilm).toHaveBeenCalled();
  });

  it('brings in what it heard with that one question, which proves the key as well', async () => {
    await leaveAtKling();
    lab.letKlingFinish();
    expect(await start(['resume', '--yes'])).toMatchObject({ exit: 0, asked: ['/tasks'] });
    expect(lab.kling.charges()).toHaveLength(2);
  });

  it('does so with a key pair too, whose first question is a page of the list', async () => {
    await leaveAtKling({ env: keyPair() });
    lab.letKlingFinish();
    // Twice, because the hour that has passed at Kling makes the first token too old.
    expect(await start(['resume', '--yes'], { env: keyPair() })).toMatchObject({ exit: 0, asked: [LIST, LIST] });
  });

  it('asks as any start does when that question went wrong, and again for what had no news', async () => {
    await leaveAtKling();
    lab.kling.failNext('poll-502');
    const { exit, asked } = await start(['resume', '--yes'], { onPrint: (printed) => void (/SH01 {2}At Kling/.test(printed) && lab.letKlingFinish()) });
    expect(exit).toBe(0);
    expect(asked.slice(0, 3)).toEqual(['/tasks', LIST, '/tasks']);
    expect(lab.kling.tasks()).toHaveLength(2);
    expect(lab.kling.charges()).toHaveLength(2);
  });

  it('could not run with a wrong key, in the words of any start, and does nothing', async () => {
    await leaveAtKling();
    const run = await start(['resume', '--yes'], { env: wrongKey() });
    expect(run).toMatchObject({ exit: 2, err: expect.stringContaining(`GET ${LIST}, HTTP 401, code 1002`) });
    expect(run.out).not.toContain('At Kling');
    lab.letKlingFinish();
    expect((await start(['resume', '--yes'])).exit).toBe(0);
    expect(lab.kling.tasks()).toHaveLength(2);
  });

  it('needs no key that Kling takes for another film that is all there, and asks nothing for practice', async () => {
    await lab.write('other.txt', 'A fox sleeps under a bench.');
    await start(['film', 'other.txt', '--yes'], { onPrint: () => lab.letKlingFinish() });
    await leaveAtKling();
    expect(await start(['film', 'other.txt', '--yes'], { env: wrongKey() })).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing generated') });
    expect(await start(['film', 'other.txt', '--sandbox'])).toMatchObject({ exit: 0, asked: [] });
  });

  it('is not kept by an answer that never comes and that it does not need', async () => {
    await lab.write('other.txt', 'A fox sleeps under a bench.');
    await start(['film', 'other.txt', '--yes'], { onPrint: () => lab.letKlingFinish() });
    await leaveAtKling();
    const silent: typeof fetch = async (_, init) => await new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)));
    expect(await start(['film', 'other.txt', '--yes'], { studio: { fetch: silent } })).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing generated') });
  });

  it('asks nothing when nothing is at Kling', async () => {
    await start(['film', 'story.txt', '--yes'], { onPrint: () => lab.letKlingFinish() });
    expect(await start(['resume'])).toMatchObject({ exit: 0, asked: [] });
  });

  it('shares them with another start at the same time: both end well, nothing is paid twice', async () => {
    await leaveAtKling();
    const resume = async () => await start(['resume', '--yes'], { onPrint: () => lab.letKlingFinish() });
    expect((await Promise.all([resume(), resume()])).map(({ exit }) => exit)).toEqual([0, 0]);
    expect(lab.kling.tasks()).toHaveLength(2);
    expect(lab.kling.charges()).toHaveLength(2);
  });
});
