import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

/** A Kling whose bill for every task of one shot is another one than its list says. */
function billing(units: string): typeof fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    if (!answer.headers.get('content-type')?.includes('json')) return answer;
    const dear = new Set(lab.kling.tasks().filter(({ prompt }) => prompt.includes('puddle number 2')).map(({ taskId }) => taskId));
    const text = await answer.text();
    const changed = JSON.stringify(JSON.parse(text), (_, value: unknown) => {
      if (typeof value !== 'object' || value === null) return value;
      const task = value as Record<string, unknown>;
      if (dear.has(String(task['task_id'])) && task['final_unit_deduction'] !== undefined) return { ...task, final_unit_deduction: units };
      if (dear.has(String(task['id'])) && Array.isArray(task['billing'])) return { ...task, billing: task['billing'].map((bill: object) => ({ ...bill, amount: units })) };
      return value;
    });
    return new Response(changed, { status: answer.status, headers: answer.headers });
  };
}

describe('the cost before', () => {
  it('is told per shot, per film and by the shooting ratio', async () => {
    await lab.write('long.txt', scriptOf(20));
    const { out } = await atKling('plan', 'long.txt', '--takes', '3');
    expect(out).toContain('Takes: 20 shots × 3 takes = 60 clips, shooting ratio 3:1.');
    expect(out).toContain('3 to make: $0.63 (4.5 units)');
    expect(out).toContain('Cost with every take made anew: $12.60 (90 units). Nothing was spent.');
    expect((await atKling('plan', 'long.txt')).out).not.toContain('ratio');
  });

  it('has a ratio also where shots want different numbers of takes', async () => {
    await lab.write('list.csv', 'prompt,takes\nA boat,1\nA lake,4\n');
    expect((await atKling('plan', 'list.csv')).out).toContain('Takes: 2 shots, 5 clips, shooting ratio 2.5:1.');
  });
});

describe('the bill after', () => {
  it.each([
    ['3.5', 'Kling charged 2 units more than listed for S01_SH02: $0.49 (3.5 units) instead of $0.21 (1.5 units).', 'Billed: $0.91 (6.5 units), +$0.28 against the estimate of $0.63 (4.5 units).'],
    ['0.5', 'Kling charged 1 unit less than listed for S01_SH02: $0.07 (0.5 units) instead of $0.21 (1.5 units).', 'Billed: $0.49 (3.5 units), -$0.14 against the estimate of $0.63 (4.5 units).'],
  ])('names every take that was billed otherwise than listed, and the total (%s units)', async (units, difference, total) => {
    const run = await lab.run(['film', 'story.txt', '--yes'], { env: lab.klingEnv, studio: { fetch: billing(units) } });
    expect(run.exit).toBe(0);
    expect(run.out).toContain(total);
    expect(run.out).toContain(difference);
    expect((await atKling('status')).out).toContain(difference);
  });

  it('is said of a run that made nothing and was charged all the same', async () => {
    lab.kling.failNext('task-failed-charged', { times: 3 });
    const run = await atKling('film', 'story.txt', '--yes');
    expect(run.exit).toBe(1);
    expect(run.out).toContain('Billed: $0.63 (4.5 units), as estimated.');
  });

  it('is said by the run that was charged, and by no later one: the runs add up to what Kling took', async () => {
    lab.kling.failNext('task-failed-charged', { prompt: 'puddle number 1' });
    lab.kling.failNext('download-404', { times: Number.POSITIVE_INFINITY, prompt: 'puddle number 2' });
    const billed: unknown[] = [];
    const filmed = async () => {
      const run = await atKling('film', 'story.txt', '--yes', '--json');
      billed.push(run.json().at(-1)?.['billedUnits']);
      return run.err;
    };
    expect(await filmed()).toContain('Billed: $0.63 (4.5 units), as estimated.');
    expect(await filmed()).not.toContain('Billed');
    await atKling('resume', '--yes');
    lab.kling.clearFaults();
    const last = await filmed();
    expect(last).toContain('Fetched 1 clip whose bill was known before; nothing was charged again.');
    expect(last).not.toContain('Billed');
    expect(billed).toEqual([4.5, 0, 0]);
    expect(lab.kling.charges().reduce((sum, { units }) => sum + units, 0)).toBe(4.5);
  });

  it('is not this run’s when Kling had made the clips for a home that was lost', async () => {
    await atKling('film', 'story.txt', '--yes');
    await rm(lab.home, { recursive: true });
    const run = await atKling('film', 'story.txt', '--yes');
    expect(run.exit).toBe(0);
    expect(run.out).toContain('Took over 3 clips that Kling had made before, for $0.63 (4.5 units) then; nothing was charged again.');
    expect(run.out).not.toMatch(/Made|Billed/);
    expect(lab.kling.charges()).toHaveLength(3);
    // It is the film's cost all the same.
    expect((await atKling('status')).out).toContain('Spent or set aside: $0.63 (4.5 units).');
  });

  it('is this run’s when the lost answer was our own', async () => {
    lab.kling.failNext('create-reset-after', { times: 3 });
    lab.kling.failNext('create-hidden', { times: 3, ms: 150 });
    const run = await atKling('film', 'story.txt', '--yes');
    expect(run.out).toContain('Made 3 clips. Billed: $0.63 (4.5 units), as estimated.');
    expect(run.out).not.toContain('Took over');
  });

  it('has no difference to tell of a failure that was free', async () => {
    lab.kling.failNext('task-failed-free', { prompt: 'puddle number 2' });
    const { out } = await atKling('film', 'story.txt', '--yes');
    expect(out).toContain('Billed: $0.42 (3 units), as estimated.');
    expect(out).not.toContain('than listed');
  });
});

describe('the cost of a second of film', () => {
  it('counts every take that cost something, over the time that is kept', async () => {
    await lab.write('cut.csv', 'prompt,in,out\nA boat at dawn,1,3.5\nA lake at noon,0,2.5\n');
    const first = await atKling('film', 'cut.csv', '--yes');
    expect(first.out).toContain('The film has cost $0.42 (3 units) so far: $0.084 (0.6 units) for each of the 5 s it shows.');
    lab.kling.failNext('task-failed-charged');
    await atKling('retake', '1', '--yes');
    await atKling('retake', '2', '--yes');
    for (const words of [['status'], ['film', 'cut.csv']]) {
      expect((await atKling(...words)).out).toContain('The film has cost $0.84 (6 units) so far: $0.168 (1.2 units) for each of the 5 s it shows, with 2 takes that it does not show.');
    }
    const lines = (await atKling('status', '--json')).json();
    expect(lines.find(({ type }) => type === 'cost')).toMatchObject({ units: 6, keptSeconds: 5, unitsPerSecond: 1.2, takes: 4, keptTakes: 2 });
  });

  it('counts clips that another film paid for, and says so: they are not free because they were there', async () => {
    await atKling('film', 'story.txt', '--yes');
    await lab.write('longer.txt', scriptOf(4));
    const { out } = await atKling('film', 'longer.txt', '--yes');
    expect(out).toContain('The film has cost $0.21 (1.5 units) so far; 3 clips in it, $0.63 (4.5 units), were paid for by another film. Together: $0.042 (0.3 units) for each of the 20 s it shows.');
    expect((await atKling('status')).out).toContain('Spent or set aside: $0.21 (1.5 units).');
  });

  it('is that of the other film where every clip came from there', async () => {
    await atKling('film', 'story.txt', '--yes');
    expect((await atKling('film', 'story.txt', '--yes', '--project', 'again', '-o', 'again.mp4')).out).toContain('The film has cost $0.00 (0 units) so far; 3 clips in it, $0.63 (4.5 units), were paid for by another film.');
  });

  it('is play money in the sandbox, and is not told before something is kept', async () => {
    const { out } = await lab.run(['film', 'story.txt']);
    expect(out).toContain('The film has cost $0.63 play money (4.5 units) so far: $0.042 play money (0.3 units) for each of the 15 s it shows.');
    lab.kling.failNext('status-1301', { times: 3 });
    expect((await atKling('film', 'story.txt', '--yes', '--project', 'other')).out).not.toContain('The film has cost');
  });
});
