import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type FaultKind } from '../sandbox/index.ts';
import { openCliLab, scriptOf, type CliLab } from './cli-under-test.ts';

let lab: CliLab;
beforeEach(async () => {
  lab = await openCliLab();
  await lab.write('story.txt', scriptOf(3));
});
afterEach(async () => {
  await lab[Symbol.asyncDispose]();
});

const atKling = async (...words: string[]) => await lab.run(words, { env: lab.klingEnv });

interface OneShot {
  faults: FaultKind[];
  /** What Kling said, in its own words. */
  said: string;
  charged?: string;
  /** What to change. */
  next: string;
}

/** Failures of one shot, that stop no other. */
const ONE_SHOT: Record<string, OneShot> = {
  'its words are refused (1301)': { faults: ['status-1301'], said: 'The request was rejected by the content safety policy', charged: 'Nothing was charged.', next: 'Change the words or the pictures' },
  'it is against the policy (1300)': { faults: ['status-1300'], said: 'The request violates the platform policy', charged: 'Nothing was charged.', next: 'Change the prompt or the pictures' },
  'a value is bad (1200)': { faults: ['status-1200'], said: 'The request parameters are invalid', charged: 'Nothing was charged.', next: 'Change the request' },
  'its model is discontinued': { faults: ['model-retired'], said: "The model 'kling-v2-5-turbo' has been discontinued", charged: 'Nothing was charged.', next: 'Use a living one' },
  'the finished picture is moderated': { faults: ['task-failed-moderation'], said: 'Failure to pass the risk control system', charged: 'Whether it was charged is not known.', next: 'Change the words or the frame of this shot' },
  'its frame is no good': { faults: ['task-failed-image'], said: 'The resolution or aspect ratio of the input image is invalid', charged: 'Whether it was charged is not known.', next: 'Use another start or end frame' },
  'Kling breaks': { faults: ['task-failed-internal'], said: 'Internal error, please try again later', charged: 'Whether it was charged is not known.', next: 'directorstudio retake' },
  'Kling breaks and charges nothing': { faults: ['task-failed-free'], said: 'Internal error, please try again later', charged: 'Nothing was charged.', next: 'directorstudio retake' },
  'Kling breaks and charges': { faults: ['task-failed-charged'], said: 'Internal error, please try again later', charged: 'It was charged: $0.21 (1.5 units).', next: 'directorstudio retake' },
  'its clip cannot be had': { faults: ['download-404'], said: 'The clip could not be downloaded: HTTP 404.', next: 'directorstudio resume tries again, free of charge, until' },
  'what is downloaded does not play': { faults: ['download-garbage'], said: 'Cannot use what was downloaded as a clip: it is not an MP4 file.', next: 'A new take costs $0.21 (1.5 units)' },
  'Kling names no video': { faults: ['succeed-without-videos'], said: 'succeeded and names no video', next: 'directorstudio resume tries again, free of charge, until' },
  'what became of it cannot be known': { faults: ['create-reset-after', 'create-hidden'], said: 'exists and cannot show it', next: 'Look for it in the Kling console' },
};

describe('when one shot fails because', () => {
  it.each(Object.entries(ONE_SHOT))('%s: the others are made, and run and status say which shot, what Kling said and what to change', async (_, { faults, said, charged, next }) => {
    for (const fault of faults) lab.kling.failNext(fault, { prompt: 'puddle number 2', times: Number.POSITIVE_INFINITY });
    const run = await atKling('film', 'story.txt', '--yes');
    expect(run.exit).toBe(1);
    expect(run.out).toContain('Failed: 1 take of 3.');
    const status = await atKling('status');
    expect(status.exit).toBe(0);
    for (const { out } of [run, status]) {
      const [told, advice] = linesAfter(out, /^ {2}S01_SH02: /m);
      expect(told).toContain(said);
      if (charged !== undefined) expect(told).toContain(charged);
      expect(advice).toMatch(/^ {4}Next: /);
      expect(advice).toContain(next);
    }
    expect(status.out).toContain('2 of 3 shots ready, 1 failed.');
    const lines = (await atKling('status', '--json')).json();
    expect(lines.find(({ type, shot }) => type === 'take' && shot === 'S01_SH02')).toMatchObject({ status: 'failed', detail: { words: expect.stringContaining(said) as string } });
  });
});

/** Failures of the account: nothing more is sent, each is said once, and nothing is lost. */
const WHOLE_ACCOUNT: Record<string, { fault: FaultKind; waits: string; said: string; next: string }> = {
  'the balance is empty (1102)': { fault: 'status-1102', waits: 'budget', said: 'Account balance not enough', next: 'Buy an API resource pack' },
  'the account is in arrears (1101)': { fault: 'status-1101', waits: 'budget', said: 'The account is in arrears', next: 'Pay the open bill' },
  'the key is refused (1002)': { fault: 'status-1002', waits: 'key', said: 'api key not found', next: 'Check that it is whole' },
  'the account may not (1103)': { fault: 'status-1103', waits: 'key', said: 'No permission for this API or model', next: 'Ask for it in Kling’s console or use another model' },
};

describe('when no shot can be made because', () => {
  it.each(Object.entries(WHOLE_ACCOUNT))('%s: one POST, one notice, and run and status say what to do', async (_, { fault, waits, said, next }) => {
    lab.kling.failNext(fault, { times: Number.POSITIVE_INFINITY });
    const run = await atKling('film', 'story.txt', '--yes', '--concurrency', '1');
    expect(run.exit).toBe(1);
    expect(run.out).toContain(`Waiting: ${waits}: S01_SH01, S01_SH02, S01_SH03.`);
    expect(run.err.split(said)).toHaveLength(2);
    expect(run.err).toMatch(new RegExp(`^Notice: .*${said}`, 'm'));
    expect(lab.kling.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
    const status = await atKling('status');
    expect(status.out).toMatch(/^ {2}S01_SH01, S01_SH02, S01_SH03: /m);
    for (const { out } of [run, status]) {
      expect(out).toContain(said);
      expect(out).toContain(`Next: ${next}`);
    }
    expect(status.out).toContain('Spent or set aside: $0.00 (0 units).');
  });

  it('the money ends in the middle: what is at Kling is finished and the rest says so', async () => {
    await using poor = await openCliLab({ balanceUnits: 3 });
    await poor.write('story.txt', scriptOf(3));
    const run = await poor.run(['film', 'story.txt', '--yes'], { env: poor.klingEnv });
    expect(run.exit).toBe(1);
    expect(run.out).toContain('Made 2 clips. Billed: $0.42 (3 units), as estimated.');
    expect(run.out).toMatch(/^Waiting: budget: S01_SH\d\d\.$/m);
    expect(run.err.match(/^Notice: /gm)).toHaveLength(1);
    poor.kling.addUnits(10);
    expect((await poor.run(['resume', '--yes'], { env: poor.klingEnv })).exit).toBe(0);
    expect(poor.kling.charges()).toHaveLength(3);
  });

  it('the cap is reached: the rest waits, and raising it is what to do', async () => {
    const run = await atKling('film', 'story.txt', '--yes', '--cap', '3');
    expect(run.exit).toBe(1);
    for (const { out } of [run, await atKling('status')]) {
      expect(out).toMatch(/The cap of \$0\.42 \(3 units\) leaves no room for this take, \$0\.21 \(1\.5 units\)/);
      expect(out).toContain('Next: directorstudio resume --cap UNITS (or --cap none) goes on with a higher cap.');
    }
  });

  it('the takes are at Kling under another account’s key: nothing is sent, and it says whose key is needed', async () => {
    lab.kling.failNext('poll-502', { times: Number.POSITIVE_INFINITY, only: 'tasks' });
    await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv, interruptWhen: /(?:At Kling[^]*){3}/ });
    lab.kling.clearFaults();
    await using other = await startSandbox({ tasksIn: 'memory', apiKey: 'another-account', clips: 'tiny' });
    const env = { KLING_API_KEY: other.apiKey, KLING_BASE_URL: other.baseUrl };
    const run = await lab.run(['resume', '--yes'], { env });
    expect(run.exit).toBe(1);
    for (const { out } of [run, await lab.run(['status'], { env })]) {
      expect(out).toMatch(/Kling does not know task \d+ under this key\./);
      expect(out).toContain('Next: Use the key this take was sent with, then directorstudio resume.');
    }
    expect(other.tasks()).toEqual([]);
    expect((await atKling('resume')).exit).toBe(0);
    expect(lab.kling.charges()).toHaveLength(3);
  });
});

/** The first line that matches and the one after it. */
function linesAfter(text: string, first: RegExp): [string, string] {
  const at = text.search(first);
  expect(at, `no line ${first} in:\n${text}`).toBeGreaterThanOrEqual(0);
  const [line = '', next = ''] = text.slice(at).split('\n');
  return [line, next];
}
