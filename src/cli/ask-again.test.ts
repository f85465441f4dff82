import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../sandbox/index.ts';
import { openCliLab, scriptOf, type CliLab, type CliRun, type CliRunOptions } from './cli-under-test.ts';

const LIST = '/v1/videos/text2video';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
  await lab.write('story.txt', scriptOf(1));
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

/** One start, and how often it asked the free first question. */
async function start(words: string[], options: CliRunOptions = {}): Promise<CliRun & { questions: number }> {
  let questions = 0;
  const listening: typeof fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (pathname === LIST && (init?.method ?? 'GET') === 'GET') questions += 1;
    return await fetch(input, init);
  };
  return { ...(await lab.run(words, { env: lab.klingEnv, ...options, studio: { fetch: listening, ...options.studio } })), questions };
}

describe('a Kling that cannot answer the first question of a start', () => {
  it.each<FaultKind>(['poll-502', 'poll-5xx', 'poll-1302', 'poll-half', 'poll-reset'])('is asked again, and the film is made: %s', async (kind) => {
    lab.kling.failNext(kind, { times: 2 });
    const run = await start(['film', 'story.txt', '--yes']);
    expect(run).toMatchObject({ exit: 0, questions: 3, err: expect.stringContaining('Kling is asked again in 1 s (2 of 4). Nothing is spent by that.') });
    expect(lab.kling.charges()).toHaveLength(1);
  });

  it('ends the start when it goes on, with nothing sent', async () => {
    lab.kling.failNext('poll-502', { times: Number.POSITIVE_INFINITY });
    const run = await start(['film', 'story.txt', '--yes', '--json']);
    expect(run).toMatchObject({ exit: 2, questions: 5 });
    expect(run.json().filter(({ type }) => type === 'notice')).toHaveLength(4);
    expect(lab.kling.tasks()).toEqual([]);
  });

  it('is asked once where it refuses the key', async () => {
    expect(await start(['film', 'story.txt', '--yes'], { env: { ...lab.klingEnv, KLING_API_KEY: 'api-key-kling-wrong-wrong-wrong' } })).toMatchObject({ exit: 2, questions: 1 });
  });

  it('does not keep whoever presses Ctrl-C', async () => {
    lab.kling.failNext('poll-502', { times: Number.POSITIVE_INFINITY });
    const run = await start(['film', 'story.txt', '--yes'], { interruptWhen: /asked again/, studio: { timings: { backoffFirstMs: 60_000, backoffLongestMs: 60_000 } } });
    expect(run).toMatchObject({ exit: 130, questions: 1, err: expect.stringContaining('Stopped. Nothing was under way that could be lost.') });
  });

  it('is asked again by keys check, and says so in German', async () => {
    lab.kling.failNext('poll-1302');
    const run = await start(['keys', 'check'], { env: { ...lab.klingEnv, LANG: 'de_DE.UTF-8' } });
    expect(run).toMatchObject({ exit: 0, err: expect.stringContaining('Kling wird in 1 s noch einmal gefragt (1 von 4).') });
  });
});
